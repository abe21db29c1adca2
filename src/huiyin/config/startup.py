"""What must be true before the doors open; each refusal says what to do about it.

Called by ``huiyin serve``. Nothing here repairs anything: a weak setting that is
quietly corrected is found out on the day it matters.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from huiyin.config import environment as env
from huiyin.config.databases import VAULT, VAULT_APPS
from huiyin.record.bodies.queries import body_calendars
from huiyin.record.law import folders
from huiyin.record.law.calendars import calendar
from huiyin.record.law.versions import current_version, waiting_in_folders
from huiyin.record.ledger.witnesses import witnesses
from huiyin.rules.notes import NoteBroken
from huiyin.rules.procedure import ROLES
from huiyin.rules.refusal import Refusal
from huiyin.rules.workdays import CalendarError

SHORTEST_SECRET = 40
LONGEST_IDLE = 600  # minutes
FEWEST_LETTERS = 12  # different characters in a secret that was drawn and not typed
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
DURABLE = frozenset({"on", "local", "remote_write", "remote_apply"})  # each waits for the local disk
LARGEST_FILE = 50  # megabytes
DRAW_ONE = 'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'


def refusals() -> list[str]:
    """Everything that stands in the way of serving, in sentences; empty when all is well."""
    found = [
        *weak_secret(),
        *weak_address(),
        *weak_mail(),
        *weak_doors(),
        *unusable_files(),
        *database_pair(),
        *open_keys(),
        *missing_law(),
        *strange_witnesses(),
    ]
    for alias in connections:
        found += unreachable(alias) or [*unsafe_postgres(alias), *pending_migrations(alias)]
    return found or list(law_out_of_force())


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


def weak_mail() -> Iterator[str]:
    """How notices leave the house: with a sender, and under TLS to any other machine."""
    mail = settings.MAIL
    if not mail.is_set_up:
        return
    if "@" not in parseaddr(settings.DEFAULT_FROM_EMAIL)[1]:
        yield "EMAIL_URL is set but HUIYIN_MAIL_FROM is not: say which address notices come from."
    if not mail.host:
        yield "EMAIL_URL is console: it would print the addresses of residents into the log. Name a mail server, or none."
    elif not (mail.starts_tls or mail.is_tls or mail.host in HERE):
        yield (
            f"EMAIL_URL sends in clear to {mail.host}: the addresses of residents would cross the network."
            " Write smtp+tls:// or smtps://, or use a mail server on this machine."
        )


def weak_doors() -> Iterator[str]:
    """How officers come in: whom a second factor is asked of, and which other house may vouch for them."""
    asked = settings.HUIYIN_SECOND_FACTOR
    unknown = sorted(asked - {*ROLES, "all", "none"})
    if unknown or not asked or (len(asked) > 1 and asked & {"all", "none"}):
        yield (
            "HUIYIN_SECOND_FACTOR must be all, none, or roles separated by commas,"
            f" not {', '.join(unknown or sorted(asked))!r}. The roles are: {', '.join(sorted(ROLES))}."
        )
    if not 1 <= settings.HUIYIN_IDLE_MINUTES <= LONGEST_IDLE:
        yield f"HUIYIN_IDLE_MINUTES must be from 1 to {LONGEST_IDLE}: an open desk on an empty chair is anybody's."
    issuer = urlsplit(settings.HUIYIN_OIDC_ISSUER)
    if not settings.HUIYIN_OIDC_ISSUER:
        return
    if issuer.scheme != "https" and not (issuer.scheme == "http" and issuer.hostname in HERE):
        yield "HUIYIN_OIDC_ISSUER must begin with https://: whoever stands between could sign in as anybody."
    if not (settings.HUIYIN_OIDC_CLIENT_ID and settings.HUIYIN_OIDC_CLIENT_SECRET):
        yield "HUIYIN_OIDC_ISSUER is set, but HUIYIN_OIDC_CLIENT_ID or HUIYIN_OIDC_CLIENT_SECRET is not: set all three."


def unusable_files() -> Iterator[str]:
    """Attachments: limits that can hold a file, a scanner that can be asked."""
    for name in ("HUIYIN_FILE_MEGABYTES", "HUIYIN_FILES", "HUIYIN_FILES_MEGABYTES"):
        if getattr(settings, name) < 1:
            yield f"{name} is {getattr(settings, name)}: at least 1 is needed, or nobody could hand in anything."
    if settings.HUIYIN_RETENTION_YEARS < 1:
        yield "HUIYIN_RETENTION_YEARS is below 1: the words of a matter are not erased in the year in which it ended."
    if settings.HUIYIN_FILE_MEGABYTES > LARGEST_FILE:
        yield f"HUIYIN_FILE_MEGABYTES is over {LARGEST_FILE}: a file is held in memory while it is taken in."
    where = urlsplit(settings.HUIYIN_CLAMD)
    if settings.HUIYIN_CLAMD and not (
        (where.scheme == "unix" and where.path) or (where.scheme == "tcp" and where.hostname)
    ):
        yield "HUIYIN_CLAMD must be like unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310."


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
    shipped, own = settings.PROCEDURES_SHIPPED, settings.HUIYIN_PROCEDURES_DIR
    if settings.HUIYIN_PROCEDURE not in folders.bases():
        yield f"The procedure {settings.HUIYIN_PROCEDURE} lies neither in {shipped} nor in {own}: check HUIYIN_PROCEDURE and HUIYIN_PROCEDURES_DIR."
    if not folders.countries():
        yield f"There is no calendar in {shipped / 'workdays'}: without one no due date can be computed."


def strange_witnesses() -> Iterator[str]:
    """The keys of witnesses: readable, and each with a name of its own."""
    try:
        witnesses()
    except NoteBroken as problem:
        yield f"HUIYIN_WITNESSES cannot be used: {problem}. Write what `huiyin witness` prints, separated by commas."


def law_out_of_force() -> Iterator[str]:
    """The procedure of new matters is in force, and every body has a calendar that can be read."""
    try:
        current_version(settings.HUIYIN_PROCEDURE)
    except Refusal:
        yield (
            f"The procedure {settings.HUIYIN_PROCEDURE} is not in force. The program's own are put into force by"
            " ./run huiyin upgrade; one of yours is switched on by two people at the page of the procedures, and until"
            " then HUIYIN_PROCEDURE names another."
        )
    for country in body_calendars():
        try:
            calendar(country)
        except Refusal:
            yield f"A body counts its days by the calendar {country}, and there is none of this name."
        except CalendarError as problem:
            yield f"A body counts its days by the calendar {country}, and its file is wrong: {problem}"


def remarks() -> list[str]:
    """What somebody should see to, though the doors open: mistakes in the office's folder, texts not in force."""
    found = [f"{fault} (it is not used; what is in force stays)" for fault in folders.faults()]
    if "none" in settings.HUIYIN_SECOND_FACTOR:
        found.append(
            "Nobody of the staff is asked for a second factor (HUIYIN_SECOND_FACTOR=none): one stolen password opens a desk."
        )
    waiting = waiting_in_folders()
    if waiting:
        found.append(
            f"Texts lie in the folders that are not in force: {', '.join(waiting)}. Two people switch them on at the"
            " page of the procedures; matters already filed keep theirs."
        )
    return found


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
    wanted = [node for node in executor.loader.graph.leaf_nodes() if alias != VAULT or node[0] in VAULT_APPS]
    plan = executor.migration_plan(wanted)
    if not executor.loader.applied_migrations:
        yield f"The {_called(alias)} is empty. Set up once: ./run huiyin init"
    elif plan:
        first = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _ in plan[:3])
        yield f"The {_called(alias)} is older than the program ({first} ...). After a backup: ./run huiyin upgrade"


def _called(alias: str) -> str:
    return {"default": "main database", "vault": "vault database"}[alias]
