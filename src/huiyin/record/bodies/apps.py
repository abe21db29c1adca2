"""The Django app of this room."""

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Bodies, units, posts and who holds them."""

    name = "huiyin.record.bodies"
    label = "bodies"
