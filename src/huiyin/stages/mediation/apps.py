"""The Django app of this room."""

from importlib import import_module

from django.apps import AppConfig

from huiyin.record.cases.held import as_stored_by_stages
from huiyin.record.cases.opening import checks_by_stages


class MediationConfig(AppConfig):
    """Mediation."""

    name = "huiyin.stages.mediation"
    label = "mediation"

    def ready(self) -> None:
        """What lies on the table of a dispute is held against its history too, and who may mediate is read off it."""
        as_stored_by_stages.also(lambda keys: import_module("huiyin.stages.mediation.binding").stored(keys))
        checks_by_stages.also(
            lambda number, post: import_module("huiyin.stages.mediation.choosing").checks_of(number, post)
        )
