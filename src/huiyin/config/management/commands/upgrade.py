"""``huiyin upgrade``: after a new version was put in place, before it serves."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from huiyin.config.preparation import collect_static, migrate_all
from huiyin.config.startup import remarks
from huiyin.record.law.versions import adopt_missing


class Command(BaseCommand):
    """Bring tables, style sheets and procedures to this version. Make a backup first."""

    help = "Bring both databases, the style sheets and the procedures to this version. Make a backup first."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Tables, then what browsers fetch, then packs that are new; what the office switched on stays as it is."""
        migrate_all()
        collect_static()
        adopted = adopt_missing(with_own=False)
        if adopted:
            self.stdout.write("New in force: " + ", ".join(f"{row.procedure} {row.version}" for row in adopted))
        for remark in remarks():
            self.stdout.write(f"To be seen to: {remark}")
