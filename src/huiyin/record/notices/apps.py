"""The Django app of this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices: written with their event, sent by the worker."""

    name = "huiyin.record.notices"
    label = "notices"
