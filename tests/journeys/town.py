"""The invented town, really running: one server of its own, the story told once, nothing shared with other tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from huiyin.config.ports import free_port
from huiyin.config.serve import is_answering
from tests.made_tables import lay_databases, lay_files

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180.0  # seconds for tables, story and the first answer, on a machine that is busy
OURS = ("HUIYIN_", "DJANGO_", "VAULT_DATABASE_URL", "DATABASE_URL")


@dataclass(frozen=True)
class Town:
    """Where the town is reached, and what its start screen tells."""

    url: str
    home: Path
    environment: dict[str, str]

    @property
    def exit(self) -> str:
        """Where the quick exit leads: to our own server, but under another name, so another site for a browser."""
        return self.environment["HUIYIN_EXIT_URL"]

    @property
    def introduction(self) -> dict[str, list[dict[str, str]]]:
        """Receipts and tokens to try, as the start screen prints them."""
        found: dict[str, list[dict[str, str]]] = json.loads((self.home / "introduction.json").read_text("utf-8"))
        return found

    def command(self, *words: str) -> str:
        """What the program's own command line answers."""
        done = subprocess.run(
            [sys.executable, "-m", "huiyin.config.cli", *words],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextmanager
def running_town(home: Path, name: str, **settings: str) -> Iterator[Town]:
    """The demo on a free port and in ``home``; on PostgreSQL where this run of the tests is."""
    port = free_port("127.0.0.1")
    with databases(name, home) as addresses:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(OURS)}
        environment = {
            **kept, **addresses,
            "HUIYIN_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), "HUIYIN_LOG_LEVEL": "WARNING",
            "HUIYIN_EXIT_URL": f"http://127.0.0.1:{port}/healthz",
            **settings,
        }  # fmt: skip
        said = home.with_suffix(".log")
        with said.open("w", encoding="utf-8") as log:
            server = subprocess.Popen(
                [sys.executable, "-m", "huiyin.config.cli", "demo", str(port)],
                env=environment, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        try:
            wait_for(server, port, said)
            yield Town(f"http://localhost:{port}", home, environment)
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()


def wait_for(server: subprocess.Popen[bytes], port: int, said: Path) -> None:
    """Until the town answers; what the program said is shown when it does not."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        if is_answering("127.0.0.1", port, patience=1.0):
            return
    raise AssertionError("The town did not open:\n" + said.read_text("utf-8")[-4000:])


@contextmanager
def databases(name: str, home: Path) -> Iterator[dict[str, str]]:
    """Two fresh databases where the tests run on PostgreSQL; SQLite files in the home otherwise."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        lay_files(home)
        yield {}
        return
    own = f"huiyin_journeys_{name}_{os.getpid()}"  # two runs beside each other never meet
    names = [own, f"{own}_vault"]
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    lay_databases(url, *names)
    places = [urlsplit(url)._replace(path=f"/{each}").geturl() for each in names]
    try:
        yield dict(zip(("DATABASE_URL", "VAULT_DATABASE_URL"), places, strict=True))
    finally:
        with psycopg.connect(url, autocommit=True) as door:
            for each in names:
                door.execute(drop.format(sql.Identifier(each)))
