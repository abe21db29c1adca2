"""The Django app of this room."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Config."""

    name = "huiyin.config"
    label = "config"
