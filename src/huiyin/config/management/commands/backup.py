"""``huiyin backup FILE``: everything in one file that only the offline backup key opens."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huiyin.config.backup import BackupError, write_backup
from huiyin.record import clock, keyring

KEPT_DAYS = 35


class Command(BaseCommand):
    """Write a sealed backup of both databases, while the office goes on working."""

    help = "Write both databases and the attachments into one sealed file. Keys and search index are not in it: keep the key folder apart."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and whether the files of attachments are kept some other way."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--without-files",
            action="store_true",
            help="leave out the sealed attachments (HUIYIN_FILES_DIR is copied by other means)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, and say what the operator has to do with it."""
        try:
            summary = write_backup(
                options["file"], lambda line: self.stdout.write("  " + line), with_files=not options["without_files"]
            )
        except (BackupError, keyring.KeyringError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        until = clock.now().date() + timedelta(days=KEPT_DAYS)
        self.stdout.write(
            f"{options['file']}: {summary.rows:,} rows of {summary.tables} tables and {summary.files:,} files as of {summary.made_at}."
        )
        self.stdout.write(f"Delete it after {until:%Y-%m-%d}: what was erased here must not live on in a backup.")
