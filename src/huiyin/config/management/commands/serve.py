"""``huiyin serve``: web server and worker on real data, after the start-up checks."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from huiyin.config.preparation import prepare_static
from huiyin.config.serve import serve
from huiyin.config.startup import refusals, remarks

REFUSED = 2


class Command(BaseCommand):
    """Serve until told to stop."""

    help = "Web server and worker, without demo data; settings come from the environment."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The same words as in ``config.cli``, which has acted on them already."""
        parser.add_argument("--port", type=int)
        parser.add_argument("--address")
        parser.add_argument("--workers", type=int)
        parser.add_argument("--without-worker", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, say what is wrong, or open the doors."""
        found = refusals()
        if found:
            self.stderr.write("Huiyin does not start, because:")
            for number, sentence in enumerate(found, start=1):
                self.stderr.write(f"  {number}. {sentence}")
            sys.exit(REFUSED)
        for remark in remarks():
            self.stderr.write(f"To be seen to: {remark}")
        prepare_static(self.say)
        address, port = os.environ["HUIYIN_ADDRESS"], int(os.environ["HUIYIN_PORT"])
        workers = int(os.environ.get("HUIYIN_WORKERS", "2"))
        has_worker = not options["without_worker"]
        ready = partial(self.ready, address, port)
        sys.exit(serve(address=address, port=port, workers=workers, has_worker=has_worker, when_ready=ready))

    def ready(self, address: str, port: int) -> None:
        """Where it listens and under which name it is reached."""
        self.say(f"Huiyin listens on {address}:{port}; residents reach it at {settings.HUIYIN_BASE_URL}/")
        if not settings.HUIYIN_MAIL_IS_SET_UP:
            self.say("Mail is not set up (EMAIL_URL): notices to complainants wait.")

    def say(self, sentence: str) -> None:
        """One line of progress, at once."""
        self.stdout.write(sentence)
        self.stdout.flush()
