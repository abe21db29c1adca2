"""``huiyin verify``: recompute the whole ledger and hold every matter against it; exit 1 and name what does not hold."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huiyin.record.cases.held.checking import verify_everything

STEP = 50_000


class Command(BaseCommand):
    """Check every chain, the tree, its signed roots, the walls in the database, and every matter against its chain."""

    help = "Recompute every chain, the tree and its signed roots, and hold every matter against its history."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Print progress, then what was found."""
        reached = {"events": 0, "leaves": 0, "matters": 0}

        def show(what: str, count: int) -> None:
            if count // STEP > reached[what] // STEP:
                self.stdout.write(f"  {count:,} {what} checked")
            reached[what] = count

        findings = verify_everything(show)
        for finding in findings:
            self.stdout.write(str(finding))
        if findings:
            raise CommandError(
                f"The ledger does not hold: {len(findings)} finding(s), the first at {findings[0].where}."
            )
        self.stdout.write(
            f"The ledger holds: {reached['events']:,} events, {reached['leaves']:,} of them in the signed tree;"
            f" {reached['matters']:,} matters say what it says."
        )
