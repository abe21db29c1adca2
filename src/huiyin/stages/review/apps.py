"""The Django app of this room."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Review."""

    name = "huiyin.stages.review"
    label = "review"
