"""The Django app of this room."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Portal."""

    name = "huiyin.front.portal"
    label = "portal"
