"""``huiyin restore FILE --key KEYFILE``: a backup into empty databases, then every proof checked."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huiyin.config.backup import BackupError, restore_backup
from huiyin.config.preparation import migrate_all
from huiyin.config.sealed_file import SealedFileError
from huiyin.record import keyring


class Command(BaseCommand):
    """Fill new databases from a sealed backup and verify the ledger in them."""

    help = "Restore a sealed backup into empty databases and check every chain, the tree and its signed roots."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What, and the key that opens it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, required=True, help="the offline private key (backup.x25519.OFFLINE)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, then say whether everything holds."""
        try:
            migrate_all()
            private = keyring.read_private(options["key"])
            summary, findings = restore_backup(options["file"], private, lambda line: self.stdout.write("  " + line))
        except (BackupError, SealedFileError, keyring.KeyringError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{summary.rows:,} rows of {summary.tables} tables restored, as of {summary.made_at}.")
        for finding in findings:
            self.stdout.write(str(finding))
        if findings:
            raise CommandError(f"The restored ledger does not hold: {len(findings)} finding(s).")
        self.stdout.write("Every chain, the tree and its signed roots hold.")
