"""The Django app of this room."""

from django.apps import AppConfig


class HandlingConfig(AppConfig):
    """Handling."""

    name = "huiyin.stages.handling"
    label = "handling"
