"""A whole installation for one measurement: home, keys, databases, server; thrown away at the end.

The server is started as an operator starts it: ``huiyin serve``, production rules,
two web workers and the background worker.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = "postgres://postgres@127.0.0.1:5432/test"
PARTS = ("", "_vault", "_floor")
PATIENCE = 60.0  # seconds until a server must answer


@dataclass(frozen=True)
class Installation:
    """Where everything of one run lives, and the environment that says so."""

    engine: str
    home: Path
    environment: dict[str, str]
    databases: tuple[str, ...] = ()
    root: Path = ROOT  # whose program it runs

    def run(self, *words: str, story: bool = False) -> str:
        """Run ``python -m`` with these words in this installation; what it printed."""
        environment = self.environment | ({"HUIYIN_STORY": "1"} if story else {})
        done = subprocess.run(
            [sys.executable, "-m", *words],
            env=environment,
            cwd=self.root,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def set_up(self) -> None:
        """What an operator does once: keys, tables, procedures, the first office."""
        names = ("--admin", "何平", "--admin", "郑安", "--body", "临县信访局")
        self.run("huiyin.config.cli", "init", *names)


def postgres_url() -> str:
    """The server that may be used; databases of our own are made there."""
    return os.environ.get("HUIYIN_TEST_POSTGRES_URL") or POSTGRES


def can_reach_postgres() -> bool:
    """Whether PostgreSQL answers."""
    try:
        psycopg.connect(postgres_url(), connect_timeout=5).close()
    except psycopg.Error:
        return False
    return True


@contextlib.contextmanager
def installation(engine: str, name: str, parent: Path | None = None, *, root: Path = ROOT) -> Iterator[Installation]:
    """An installation on ``sqlite`` or ``postgres``; ``name`` is the first part of its databases' names.

    ``root`` is the tree whose program runs in it.
    """
    if parent is not None:
        parent.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=parent))
    databases = tuple(name + part for part in PARTS) if engine == "postgres" else ()
    try:
        for database in databases:
            _replace_database(database, make=True)
        yield Installation(engine, home, _environment(home, databases, root), databases, root)
    finally:
        for database in databases:
            _replace_database(database, make=False)
        shutil.rmtree(home, ignore_errors=True)


def _environment(home: Path, databases: tuple[str, ...], root: Path) -> dict[str, str]:
    ours = ("HUIYIN_", "EMAIL_URL", "DATABASE_URL", "VAULT_DATABASE_URL", "DJANGO_", "FLOOR_")
    values = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    values |= {
        "HUIYIN_HOME": str(home),
        "HUIYIN_PROFILE": "production",
        "HUIYIN_PROCEDURE": "generic",
        "HUIYIN_SECRET_KEY": secrets.token_urlsafe(48),
        "HUIYIN_ORIGIN": "bench.example/huiyin",
        "HUIYIN_LOG_LEVEL": "WARNING",
        "PYTHONPATH": os.pathsep.join((str(root / "src"), str(root))),
        "FLOOR_FILE": str(home / "floor.sqlite3"),
    }
    names = ("DATABASE_URL", "VAULT_DATABASE_URL", "FLOOR_DATABASE_URL")
    values |= {variable: url_of(database) for variable, database in zip(names, databases, strict=False)}
    return values


def url_of(database: str) -> str:
    """The address of one of our databases."""
    return urlsplit(postgres_url())._replace(path=f"/{database}").geturl()


def _replace_database(database: str, *, make: bool) -> None:
    with psycopg.connect(postgres_url(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))
        if make:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(database))
            )


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A server with all its processes: one process group, so that it can be ended as a whole."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def stop(self) -> None:
        """Ask it to end; insist after a while."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def kill(self) -> None:
        """SIGKILL to every process of it at once, as when the power goes."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def start(words: list[str], environment: Mapping[str, str], port: int, log: Path, root: Path = ROOT) -> Server:
    """Start a program of the tree ``root`` that serves on ``port`` and wait until it takes connections."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *words],
            env=dict(environment),
            cwd=root,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    server = Server(process, port, log)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return server
    server.stop()
    raise RuntimeError(f"{' '.join(words)} did not answer:\n{log.read_text('utf-8', 'replace')[-4000:]}")


def start_product(place: Installation, port: int | None = None) -> Server:
    """``huiyin serve``, as in production."""
    chosen = port or free_port()
    environment = place.environment | {"HUIYIN_BASE_URL": f"http://127.0.0.1:{chosen}"}
    words = ["huiyin.config.cli", "serve", "--port", str(chosen)]
    return start(words, environment, chosen, place.home / "serve.log", place.root)


def start_floor(place: Installation) -> Server:
    """Bare Django beside it."""
    port = free_port()
    return start(["tools.bench.floor", str(port)], place.environment, port, place.home / "floor.log")
