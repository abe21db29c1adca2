"""The Django app of this room."""

from django.apps import AppConfig


class MediationConfig(AppConfig):
    """Mediation."""

    name = "huiyin.stages.mediation"
    label = "mediation"
