"""``huiyin lost_factor USERNAME``: the way back where no two administrators are left; the history tells of it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huiyin.record.entry.recovery import reset_by_operator
from huiyin.rules.refusal import Refusal


class Command(BaseCommand):
    """Whoever runs the machine could do this anyway; done here, it stands in the chain of the officer's body."""

    help = (
        "End all second factors and sessions of an officer, and print a code that lets them in once, within 24 hours."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what to do with the code."""
        try:
            code = reset_by_operator(options["username"])
        except Refusal:
            raise CommandError(f"No officer signs in as {options['username']}.") from None
        self.stdout.write(f"{code}\nHand it over face to face. It works once, within 24 hours, with the password.")
