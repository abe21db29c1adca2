"""``huiyin init``: keys, tables, the law, the first body and its first two administrators."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from huiyin.config.founding import found, is_founded
from huiyin.config.preparation import prepare_static, prepare_tables
from huiyin.record import keyring
from huiyin.record.law.versions import adopt_missing

NEEDED = 2


class Command(BaseCommand):
    """Set up an empty installation; asked again, it does only what is still missing."""

    help = "Set up: keys, tables, procedures, the first body and its first two administrators."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Everything can be said at once, for set-up without a keyboard."""
        parser.add_argument(
            "--admin", action="append", default=[], metavar="NAME", help="an administrator's name, twice"
        )
        parser.add_argument("--body", default="", metavar="NAME", help="the name of the office")
        parser.add_argument("--calendar", default="CN", help="whose working days: CN, GB or IN")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is missing, in the order in which one thing needs the other."""
        Path(settings.HUIYIN_HOME).mkdir(parents=True, exist_ok=True)
        self.make_keys(Path(settings.HUIYIN_KEYS_DIR))
        prepare_tables(self.say)
        prepare_static(self.say)
        adopted = adopt_missing(with_own=not is_founded())
        if adopted:
            self.say("Put into force: " + ", ".join(f"{row.procedure} {row.version}" for row in adopted))
        if is_founded():
            self.say("There are accounts already; nobody was appointed.")
            return
        names = list(options["admin"]) or [self.ask(f"Name of administrator {number}") for number in (1, 2)]
        if len(names) != NEEDED or not all(names) or len(set(names)) != NEEDED:
            raise CommandError("Two administrators with two names are needed: --admin NAME --admin NAME")
        body = options["body"] or self.ask("Name of the office")
        founders = found(body, names, time_zone=settings.TIME_ZONE, calendar=options["calendar"])
        self.say("\nHand these over on paper, each to its owner. They are not shown again:")
        for founder in founders:
            self.say(f"  {founder.name}: user {founder.username}, password {founder.password}")
        self.say("\nThe doors open with: ./run serve")

    def make_keys(self, folder: Path) -> None:
        """Keys, unless there are some: a new key would shut what the old one sealed."""
        leaving = []
        if folder.is_dir() and any(folder.iterdir()):
            self.say(f"The keys in {folder} are kept.")
        else:
            leaving = keyring.create(folder)
            self.say(f"Keys were made in {folder}.")
        if not keyring.recovery_set(folder):
            bodies = keyring.create_recovery_set(folder)
            self.say(
                "Print these three and give each to another body, then delete them here. Two of them together open"
            )
            self.say("sealed matters whose desk has lost its keys (huiyin recover); one alone opens nothing:")
            for file in bodies:
                self.say(f"  {file}")
        if not leaving:
            return
        self.say("Carry these off this machine now, two copies in two places, then delete them here:")
        for file in leaving:
            self.say(f"  {file}")

    def ask(self, question: str) -> str:
        """An answer from the keyboard, where there is one."""
        if not sys.stdin.isatty():
            raise CommandError(
                f"{question}: nobody is here to answer. Say it with --admin NAME --admin NAME --body NAME"
            )
        return input(f"{question}: ").strip()

    def say(self, sentence: str) -> None:
        """One line, at once."""
        self.stdout.write(sentence)
        self.stdout.flush()
