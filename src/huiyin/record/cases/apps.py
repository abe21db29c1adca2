"""The Django app of this room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Matters: the one thing every stage shares."""

    name = "huiyin.record.cases"
    label = "cases"
