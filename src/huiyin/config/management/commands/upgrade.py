"""``huiyin upgrade``: after a new version was put in place, before it serves."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from huiyin.config.preparation import collect_static, migrate_all
from huiyin.record.law.versions import adopt_folder


class Command(BaseCommand):
    """Bring tables, style sheets and procedures to this version. Make a backup first."""

    help = "Bring both databases, the style sheets and the procedures to this version. Make a backup first."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Tables, then what browsers fetch, then the law; cases keep the law they were filed under."""
        migrate_all()
        collect_static()
        adopted = adopt_folder()
        self.stdout.write("Procedures in force: " + ", ".join(f"{row.procedure} {row.version}" for row in adopted))
