"""The Django app of this room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Api."""

    name = "huiyin.front.api"
    label = "api"
