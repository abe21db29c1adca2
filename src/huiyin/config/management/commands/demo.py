"""``huiyin demo``: an invented county town to try things in; ``--check`` walks one complaint by itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from huiyin.config.preparation import prepare_static, prepare_tables
from huiyin.config.serve import is_answering, let_go_of_databases, serve
from huiyin.demo import county, story, walk
from huiyin.record import keyring

PATIENCE = 60.0  # seconds for the checked server to answer


class Command(BaseCommand):
    """Set up, tell the story, serve it."""

    help = "An invented county town, with cases in every state, at http://localhost:8000/."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The same words as in ``config.cli``, which has acted on them already."""
        parser.add_argument("port", nargs="?", type=int)
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--fresh", action="store_true")
        parser.add_argument("--county", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare what is missing, then serve or check."""
        home, port = Path(settings.HUIYIN_HOME), int(os.environ["HUIYIN_PORT"])
        serving_the_check = "HUIYIN_CHECKED" in os.environ
        if (options["check"] and not serving_the_check) or options["fresh"]:
            clear(home)
        self.set_up(home, is_county=options["county"])
        if options["check"] and not serving_the_check:
            sys.exit(self.run_check(port))
        when_ready = None if serving_the_check else self.introduce
        sys.exit(serve(address="127.0.0.1", port=port, workers=2, when_ready=when_ready))

    def set_up(self, home: Path, *, is_county: bool = False) -> None:
        """Keys, tables, style sheets, story: each only when missing."""
        home.mkdir(parents=True, exist_ok=True)
        begun, told = home / "story-begun", home / "story-told"
        if begun.is_file() and not told.is_file():
            self.say("The story was broken off the last time: it begins anew.")
            clear(home)
        keys = Path(settings.HUIYIN_KEYS_DIR)
        if not keys.is_dir():
            self.say("Making the keys of the demo.")
            keyring.create(keys)
        if not keyring.recovery_set():
            keyring.create_recovery_set(keys)  # of an invented town: the three files stay where they are
        prepare_tables(self.say)
        prepare_static(self.say)
        if not told.is_file():
            what = (
                "a whole invented county (under a minute" if is_county else "an invented county town (some ten seconds"
            )
            self.say(f"Telling the story of {what}, only the first time).")
            begun.touch()
            self.tell_story(county.load if is_county else story.load)
            told.write_text(settings.HUIYIN_VERSION, encoding="ascii")

    def tell_story(self, load: story.Load) -> None:
        """In a process of its own: a letter starts the typesetter's threads, and a web worker forked after that would wait for them for ever."""
        let_go_of_databases()
        telling = get_context("fork").Process(target=load, args=(self.say,), daemon=True)
        telling.start()
        telling.join()
        if telling.exitcode:
            raise CommandError("The story could not be told; the lines above say why.")

    def introduce(self) -> None:
        """What a visitor needs to begin: the address, logins, tokens, receipts."""
        self.say(story.introduction(settings.HUIYIN_BASE_URL))

    def run_check(self, port: int) -> int:
        """Serve in a process of its own, walk one complaint to its answer over HTTP, stop; 0 when all went well."""
        let_go_of_databases()
        server = subprocess.Popen(
            [sys.executable, "-m", "huiyin.config.cli", "demo", str(port)],
            env={**os.environ, "HUIYIN_CHECKED": "1"},
        )
        try:
            if not is_answering("127.0.0.1", port, patience=PATIENCE):
                self.stderr.write(f"The demo did not answer within {PATIENCE:.0f} seconds.")
                return 1
            walked = walk.one_complaint(settings.HUIYIN_BASE_URL, self.say)
        finally:
            server.terminate()
            code = server.wait(60)
        if code:
            self.stderr.write(f"The demo stopped with exit code {code}.")
        return 1 if code or not walked else 0

    def say(self, sentence: str) -> None:
        """One line of progress, at once."""
        self.stdout.write(sentence)
        self.stdout.flush()


def clear(home: Path) -> None:
    """Empty the demo's home; anything that is no demo is left alone."""
    if (home / "demo-secret").is_file():
        for entry in home.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry)
            elif entry.name != "demo-secret":
                entry.unlink()
