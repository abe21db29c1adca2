"""``huiyin witness``: watch the history of another installation, and sign its roots while nothing before them changes."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huiyin.config.witness import Alarm, Unreachable, Witness, look, over_http
from huiyin.rules.notes import ED25519, NoteBroken, VerifierKey

ALARM = 3


class Command(BaseCommand):
    """Look once, or again and again; exit 3 with an alarm when the history is not the one that was seen."""

    help = "Watch the history of another installation and cosign its roots; no database and no account needed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the history is, its key, who watches, and where that is kept."""
        parser.add_argument("folder", type=Path, help="the witness's own folder: its key, and what it saw")
        parser.add_argument(
            "--name", required=True, help="the name under which it signs, such as bar.example.org/huiyin"
        )
        parser.add_argument("--log", help="address of the public history (https://.../transparency)")
        parser.add_argument("--key", help="verifier key of the history, from paper or another trusted place")
        parser.add_argument("--every", type=int, default=0, help="seconds between two looks; without it one look")
        parser.add_argument("--print", action="store_true", help="print the signed root instead of leaving it there")

    def handle(self, *args: Any, **options: Any) -> None:
        """Without an address: make the key and print what the office writes into its settings."""
        try:
            log = VerifierKey.read(options["key"]) if options["key"] else None
        except NoteBroken as broken:
            raise CommandError(f"--key: {broken}") from broken
        watching = Witness(options["folder"], options["name"], log or VerifierKey("", ED25519, bytes(32)))
        if options["log"] is None or log is None:
            self.stdout.write(f"The office writes this into HUIYIN_WITNESSES: {watching.verifier()}")
            return
        while True:
            self._look(watching, options)
            if not options["every"]:
                return
            time.sleep(options["every"])

    def _look(self, watching: Witness, options: dict[str, Any]) -> None:
        fetch, post = over_http(options["log"])
        try:
            signed = look(watching, fetch, None if options["print"] else post)
        except Alarm as alarm:
            raise CommandError(f"ALARM. Nothing was signed. {alarm}", returncode=ALARM) from alarm
        except (Unreachable, NoteBroken, UnicodeDecodeError) as problem:
            if not options["every"]:
                raise CommandError(str(problem)) from problem
            self.stderr.write(f"{problem}; trying again")
            return
        seen = watching.seen()
        self.stdout.write(signed if options["print"] else f"Signed the root over {seen.size if seen else 0} lines.")
