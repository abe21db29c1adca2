"""The Django app of this room."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """What an office keeps: procedures, calendars, routes, letters."""

    name = "huiyin.front.office"
    label = "office"
