"""``huiyin worker``: the repeated jobs. ``serve`` and ``demo`` start it by themselves."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from huiyin.config.jobs import JOBS
from huiyin.config.worker import work


class Command(BaseCommand):
    """Run the repeated jobs until told to stop."""

    help = "Run the repeated jobs (tree positions, terms, purges) until told to stop."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Given by ``serve``, so that the worker ends when the server is gone, however early that was."""
        parser.add_argument("--supervisor", type=int, help="process id of the server that started it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work; then end with the worker's exit code."""
        sys.exit(work(JOBS, supervisor=options["supervisor"]))
