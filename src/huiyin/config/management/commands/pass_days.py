"""``huiyin pass_days 30``: let days go by in the demo, to see what the clock does then."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from huiyin.record import clock


class Command(BaseCommand):
    """Moves the story of the demo on."""

    help = "Let days pass in the demo: dates come due, reminders go out, windows close. Real service has no such step."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many days."""
        parser.add_argument("days", type=int, help="how many days, at least 1; a story never goes back")

    def handle(self, *args: Any, **options: Any) -> None:
        """Move on; a running demo sees it at once, its worker within seconds."""
        try:
            clock.let_days_pass(options["days"])
        except (ImproperlyConfigured, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"It is now {clock.now():%d %B %Y} in the demo, {clock.days_passed()} days from today.")
