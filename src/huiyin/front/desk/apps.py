"""The Django app of this room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Desk."""

    name = "huiyin.front.desk"
    label = "desk"
