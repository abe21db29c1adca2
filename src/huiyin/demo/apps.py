"""The Django app of this room."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Demo."""

    name = "huiyin.demo"
    label = "demo"
