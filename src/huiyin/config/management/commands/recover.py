"""``huiyin recover FILE FILE``: two of three bodies give the desks their sealed matters back."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huiyin.record import keyring
from huiyin.record.cases.keys.recovering import bodies_of, recover_all
from huiyin.rules.receipt import parse_case_number
from huiyin.rules.refusal import Refusal


class Command(BaseCommand):
    """No word is printed: the matters open at their desks again, and the history of each says so."""

    help = "With the recovery keys of two bodies, wrap sealed matters anew to the desks that have them."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files of two bodies; one matter, or all."""
        parser.add_argument("file", nargs=2, help="the recovery key of a body, brought back from paper or a stick")
        parser.add_argument("--case", default="", metavar="NUMBER", help="one matter alone")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open with two, wrap, say how many."""
        number = parse_case_number(options["case"]) if options["case"] else ""
        if number is None:
            raise CommandError(f"{options['case']} is no number of a matter.")
        try:
            halves = bodies_of([keyring.read_private(file) for file in options["file"]])
            done = recover_all(halves, only=number)
        except keyring.KeyringError as wrong:
            raise CommandError(str(wrong)) from wrong
        except keyring.SealBroken:
            raise CommandError("These keys do not open what was sealed here.") from None
        except Refusal:
            raise CommandError("Two keys of two different recovery bodies of this installation are needed.") from None
        self.stdout.write(f"{len(done)} sealed matter(s) are wrapped anew to the desks that have them.")
        if len(done) == 0:
            self.stdout.write("Nothing was changed.")
        self.stdout.write("Take the key files off this machine again.")
