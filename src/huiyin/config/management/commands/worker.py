"""``huiyin worker``: the repeated jobs. ``serve`` and ``demo`` start it by themselves."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from huiyin.config.jobs import JOBS
from huiyin.config.worker import work


class Command(BaseCommand):
    """Run the repeated jobs until told to stop."""

    help = "Run the repeated jobs (tree positions, terms, purges) until told to stop."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Work; then end with the worker's exit code."""
        sys.exit(work(JOBS))
