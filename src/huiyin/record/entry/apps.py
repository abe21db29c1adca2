"""The Django app of this room."""

from django.apps import AppConfig


class EntryConfig(AppConfig):
    """How an officer comes in."""

    name = "huiyin.record.entry"
    label = "entry"
