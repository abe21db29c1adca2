"""Tables made once: what the migrations build is kept, and copied for every worker, installation and town of the tests.

Building them takes ten seconds of a processor; copying a file, or a database of PostgreSQL, takes a tenth of one. What
is kept goes by the content of every migration, so a changed one builds anew. Django then migrates the copy as ever and
finds nothing to do. That the migrations themselves build an installation, ``demo --check`` and ``tests/config`` see.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import django
import psycopg
from django.apps import apps
from psycopg import sql

from tools.bench.installation import Installation, postgres_url

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "tables"
FILES = {"default": "huiyin.sqlite3", "vault": "vault.sqlite3"}
PARTS = {"default": "", "vault": "_vault"}
NAME = "huiyin_tables_"
KEPT_AT_MOST = 4  # generations: other branches on this machine have tables of their own
DOOR = 7_290_417  # PostgreSQL's lock while a generation is made; any number
OURS = ("HUIYIN_", "DJANGO_", "VAULT_DATABASE_URL", "DATABASE_URL")

# The vault of an installation knows the migrations of its own apps; that of the tests is migrated by Django, which
# would work through all the others to find that they build nothing there: so they are noted as applied.
BUILD = """
import django; django.setup()
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from huiyin.config.preparation import migrate_all
migrate_all()
vault = MigrationRecorder(connections["vault"])
known = vault.applied_migrations()
for app, name in MigrationRecorder(connections["default"]).applied_migrations():
    if (app, name) not in known:
        vault.record_applied(app, name)
for each in connections.all():
    if each.vendor == "sqlite":
        each.cursor().execute("PRAGMA journal_mode=DELETE")
"""


def generation() -> str:
    """The name of these tables: every migration, ours and Django's, by its content."""
    digest = hashlib.sha256(f"{django.VERSION} {BUILD}".encode())
    for config in sorted(apps.get_app_configs(), key=lambda each: each.label):
        for file in sorted((Path(config.path) / "migrations").glob("*.py")):
            digest.update(f"{config.label}/{file.name}".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _build(home: str, **databases: str) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(OURS)}
    environment |= {
        "HUIYIN_HOME": home,
        "HUIYIN_PROFILE": "test",
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "huiyin.config.settings",
        **databases,
    }
    subprocess.run([sys.executable, "-c", BUILD], env=environment, cwd=ROOT, check=True)


def made_files() -> dict[str, Path]:
    """SQLite files with all tables and no row of ours, by alias."""
    KEPT.mkdir(parents=True, exist_ok=True)
    folder = KEPT / generation()
    with (KEPT / "door").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        if not folder.is_dir():
            with tempfile.TemporaryDirectory(dir=KEPT) as home:
                _build(home)
                older = sorted(KEPT.glob("[0-9a-f]" * 16), key=lambda each: each.stat().st_mtime)
                for each in older[: 1 - KEPT_AT_MOST]:
                    for file in each.iterdir():
                        file.unlink()
                    each.rmdir()
                draft = Path(home) / "made"
                draft.mkdir()
                for name in FILES.values():
                    (Path(home) / name).rename(draft / name)
                draft.rename(folder)
    return {alias: folder / name for alias, name in FILES.items()}


def made_databases(url: str) -> dict[str, str]:
    """Databases of the server at ``url`` to copy with TEMPLATE, by alias."""
    names = {alias: f"{NAME}{generation()}{part}" for alias, part in PARTS.items()}
    with _door(url) as door:
        standing = [row[0] for row in door.execute("SELECT datname FROM pg_database ORDER BY oid")]
        if not set(names.values()) <= set(standing):
            drafts = {alias: f"{NAME}draft{part}" for alias, part in PARTS.items()}
            older = [each for each in standing if each.startswith(NAME) and each not in drafts.values()]
            for name in (*drafts.values(), *names.values(), *older[: 2 * (1 - KEPT_AT_MOST)]):
                door.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            for name in drafts.values():
                door.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            with tempfile.TemporaryDirectory() as home:
                _build(
                    home,
                    DATABASE_URL=address(url, drafts["default"]),
                    VAULT_DATABASE_URL=address(url, drafts["vault"]),
                )
            for alias in ("vault", "default"):
                rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                door.execute(rename.format(sql.Identifier(drafts[alias]), sql.Identifier(names[alias])))
    return names


@contextmanager
def _door(url: str) -> Iterator[psycopg.Connection[tuple[str]]]:
    """The server, while nobody else makes tables on it."""
    with psycopg.connect(address(url, "postgres"), autocommit=True) as door:
        door.execute("SELECT pg_advisory_lock(%s)", [DOOR])
        yield door


def address(url: str, database: str) -> str:
    """The same server, another database."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def lay_files(home: Path) -> None:
    """Lay the tables into the home of a new installation, which will find them up to date."""
    home.mkdir(parents=True, exist_ok=True)
    for alias, file in made_files().items():
        place = home / FILES[alias]
        place.write_bytes(file.read_bytes())
        place.chmod(0o600)


def lay_databases(url: str, main: str, vault: str) -> None:
    """Make the two databases of a new installation on PostgreSQL anew, with their tables."""
    made = made_databases(url)
    with psycopg.connect(address(url, "postgres"), autocommit=True) as door:
        for name, template in ((main, made["default"]), (vault, made["vault"])):
            door.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            words = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            door.execute(words.format(sql.Identifier(name), sql.Identifier(template)))


def lay_tables(place: Installation) -> None:
    """The same for an installation of the bench's."""
    if place.databases:
        lay_databases(postgres_url(), place.databases[0], place.databases[1])
    else:
        lay_files(place.home)


def filled(name: str, alias: str) -> sqlite3.Connection:
    """A database in memory with the tables; it lasts as long as somebody holds a connection to it."""
    held = sqlite3.connect(name, uri=True, check_same_thread=False)
    with closing(sqlite3.connect(made_files()[alias])) as file:
        file.backup(held)
    return held
