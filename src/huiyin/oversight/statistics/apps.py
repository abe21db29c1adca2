"""The Django app of this room."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """Statistics."""

    name = "huiyin.oversight.statistics"
    label = "statistics"
