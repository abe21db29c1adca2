"""The Django app of this room."""

from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    """What anybody may fetch and check: signed roots, tiles, witnesses, programs to keep."""

    name = "huiyin.front.transparency"
    label = "transparency"
