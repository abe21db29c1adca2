"""The Django app of this room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from huiyin.record.ledger.triggers import reinstall


class LedgerConfig(AppConfig):
    """The append-only history of every case and every body."""

    name = "huiyin.record.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Bring the triggers back after every migration: SQLite drops them with any ALTER."""
        post_migrate.connect(reinstall, sender=self, dispatch_uid="ledger-triggers")
