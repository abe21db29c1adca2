"""The Django app of this room."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Intake."""

    name = "huiyin.stages.intake"
    label = "intake"
