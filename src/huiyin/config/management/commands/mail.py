"""``huiyin mail``: is mail set up, what waits; with ``--to ADDRESS`` a mail to try it."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huiyin.record.notices.channels import ChannelDown, NotAccepted, Words
from huiyin.record.notices.mail import Mail
from huiyin.record.notices.queries import standing


@dataclass(frozen=True, slots=True)
class Operator:
    """Where a trial goes."""

    email: str
    phone: str = ""


class Command(BaseCommand):
    """Say how the outbox stands, or try the mail server."""

    help = "Is mail set up, and how many notices wait; --to ADDRESS sends a trial."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """An address of the operator's own."""
        parser.add_argument("--to", default="", metavar="ADDRESS", help="send a trial mail to this address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say, and try."""
        now = standing()
        since = f", the oldest since {now.oldest:%Y-%m-%d %H:%M} UTC" if now.oldest else ""
        self.stdout.write("Mail is set up." if now.is_set_up else "Mail is not set up (EMAIL_URL): notices wait.")
        self.stdout.write(f"{now.waiting:,} notices wait{since}; {now.undelivered:,} reached nobody.")
        if not options["to"]:
            return
        if not now.is_set_up:
            raise CommandError("Nothing can be sent before EMAIL_URL and HUIYIN_MAIL_FROM are set.")
        trial = Words(secrets.token_hex(20), "Huiyin", "The mail server works. / 邮件服务器可以使用。\n")
        try:
            with Mail().line() as line:
                line.send(Operator(options["to"]), trial)
        except (ChannelDown, NotAccepted) as problem:
            raise CommandError(f"The trial was not sent: {problem}") from None
        self.stdout.write("The mail server took the trial.")
