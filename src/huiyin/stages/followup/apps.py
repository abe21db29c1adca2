"""The Django app of this room."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """Followup."""

    name = "huiyin.stages.followup"
    label = "followup"
