"""What must be true before the doors open; each refusal says what to do about it.

Called by ``huiyin serve``. Nothing here repairs anything: a weak setting that is
quietly corrected is found out on the day it matters.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from huiyin.config import environment as env

SHORTEST_SECRET = 40
FEWEST_LETTERS = 12  # different characters in a secret that was drawn and not typed
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
DURABLE = frozenset({"on", "local", "remote_write", "remote_apply"})  # each waits for the local disk
DRAW_ONE = 'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'


def refusals() -> list[str]:
    """Everything that stands in the way of serving, in sentences; empty when all is well."""
    found = [*weak_secret(), *weak_address(), *database_pair(), *open_keys(), *missing_law()]
    for alias in connections:
        found += unreachable(alias) or [*unsafe_postgres(alias), *pending_migrations(alias)]
    return found


def weak_secret() -> Iterator[str]:
    """The key that signs sessions and tokens."""
    secret = os.environ.get("HUIYIN_SECRET_KEY", "")
    if not secret:
        yield f"HUIYIN_SECRET_KEY is not set. {DRAW_ONE}"
    elif len(secret) < SHORTEST_SECRET:
        yield f"HUIYIN_SECRET_KEY has {len(secret)} characters; at least {SHORTEST_SECRET} are needed. {DRAW_ONE}"
    elif len(set(secret)) < FEWEST_LETTERS or "insecure" in secret.lower() or "change" in secret.lower():
        yield f"HUIYIN_SECRET_KEY looks like an example, not like a drawn secret. {DRAW_ONE}"
    elif secret == _demo_secret():
        yield f"HUIYIN_SECRET_KEY is the demo's. {DRAW_ONE}"


def _demo_secret() -> str:
    file = Path(settings.HUIYIN_HOME).parent / "demo" / "demo-secret"
    return file.read_text(encoding="ascii") if file.is_file() else ""


def weak_address() -> Iterator[str]:
    """How residents reach the service: over TLS, under a known name."""
    address = urlsplit(settings.HUIYIN_BASE_URL)
    if address.scheme not in {"http", "https"} or not address.hostname:
        yield f"HUIYIN_BASE_URL must be like https://complaints.example.org, not {settings.HUIYIN_BASE_URL!r}."
    elif address.scheme == "http" and address.hostname not in HERE and not env.flag("HUIYIN_ALLOW_HTTP"):
        yield (
            f"HUIYIN_BASE_URL is {settings.HUIYIN_BASE_URL}: names and receipt codes would cross the network in clear."
            " Use https:// behind a proxy that speaks TLS, or set HUIYIN_ALLOW_HTTP=1 for a closed test network."
        )
    if settings.DEBUG:
        yield "DEBUG is on: an error page would show what residents wrote."
    if "*" in settings.ALLOWED_HOSTS:
        yield "HUIYIN_ALLOWED_HOSTS may not be *: write the host names, separated by commas."


def database_pair() -> Iterator[str]:
    """Names and matters live apart."""
    main, vault = os.environ.get("DATABASE_URL"), os.environ.get("VAULT_DATABASE_URL")
    if main and not vault:
        yield "DATABASE_URL is set but VAULT_DATABASE_URL is not: sealed names need a database of their own."
    elif vault and not main:
        yield "VAULT_DATABASE_URL is set but DATABASE_URL is not: set both, or neither."
    elif _place("default") == _place("vault"):
        yield "DATABASE_URL and VAULT_DATABASE_URL name the same database: sealed names must lie apart from the matters."


def _place(alias: str) -> tuple[str, ...]:
    values = connections[alias].settings_dict
    return tuple(str(values.get(part, "")) for part in ("ENGINE", "HOST", "PORT", "NAME"))


def open_keys() -> Iterator[str]:
    """The keys: present, and readable by their owner alone."""
    folder = Path(settings.HUIYIN_KEYS_DIR)
    if not folder.is_dir() or not any(folder.iterdir()):
        yield f"There are no keys in {folder}. Make them once: ./run huiyin init"
        return
    open_to_others = [file for file in (folder, *sorted(folder.iterdir())) if file.stat().st_mode & 0o077]
    if open_to_others:
        names = ", ".join(str(file) for file in open_to_others)
        yield f"Other users of this machine can reach {names}. Close it: chmod -R go= {folder}"


def missing_law() -> Iterator[str]:
    """The procedure and its calendar: without them no due date can be told."""
    folder = Path(settings.HUIYIN_PROCEDURES_DIR)
    if not (folder / f"{settings.HUIYIN_PROCEDURE}.toml").is_file():
        yield f"The procedure {settings.HUIYIN_PROCEDURE} is not in {folder}: check HUIYIN_PROCEDURE and HUIYIN_PROCEDURES_DIR."
    if not any((folder / "workdays").glob("*.toml")):
        yield f"There is no calendar in {folder / 'workdays'}: without one no due date can be computed."


def unreachable(alias: str) -> list[str]:
    """The database answers."""
    try:
        connections[alias].ensure_connection()
    except OperationalError as problem:
        first_line = str(problem).strip().splitlines()[0] if str(problem).strip() else type(problem).__name__
        return [f"The {_called(alias)} cannot be reached: {first_line}"]
    return []


def unsafe_postgres(alias: str) -> Iterator[str]:
    """What is acknowledged must be on the disk: asked as our own role, in a session like every other."""
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for name, allowed in (("fsync", {"on"}), ("full_page_writes", {"on"}), ("synchronous_commit", DURABLE)):
            cursor.execute(f"SHOW {name}")
            value = cursor.fetchone()[0]
            if value not in allowed:
                yield (
                    f"PostgreSQL says {name} = {value} for the {_called(alias)}: a complaint that was acknowledged could"
                    f" be lost in a power cut. Set {name} = on, for the server, the database and this role."
                )


def pending_migrations(alias: str) -> Iterator[str]:
    """Tables and triggers are those of this version."""
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not executor.loader.applied_migrations:
        yield f"The {_called(alias)} is empty. Set up once: ./run huiyin init"
    elif plan:
        first = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _ in plan[:3])
        yield f"The {_called(alias)} is older than the program ({first} ...). After a backup: ./run huiyin upgrade"


def _called(alias: str) -> str:
    return {"default": "main database", "vault": "vault database"}[alias]
