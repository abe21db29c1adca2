"""The Django app of this room."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Outreach."""

    name = "huiyin.stages.outreach"
    label = "outreach"
