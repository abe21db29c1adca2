"""The Django app of this room."""

from django.apps import AppConfig


class SealingConfig(AppConfig):
    """The keys of officers and desks."""

    name = "huiyin.record.sealing"
    label = "sealing"
