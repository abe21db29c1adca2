"""The Django app of this room."""

from django.apps import AppConfig


class LawConfig(AppConfig):
    """Pinned procedures, calendars and categories."""

    name = "huiyin.record.law"
    label = "law"
