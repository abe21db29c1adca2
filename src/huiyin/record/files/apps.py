"""The Django app of this room."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Letters, and how they were served."""

    name = "huiyin.record.files"
    label = "files"
