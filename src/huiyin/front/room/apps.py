"""The Django app of this room."""

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """The room in which a dispute is mediated: sessions, what is said, agreements, papers."""

    name = "huiyin.front.room"
    label = "room"
