"""One sealed file with everything this installation must not lose, and the way back.

In it: every table of ours from both databases, as rows that any engine takes,
each database read at one moment, and the sealed files of attachments unless
they are kept apart. Not in it: the search index (made anew from
the cases), sessions, and the keys: a stolen backup opens nothing, and a
restore needs the key folder from its own safe place.

The main database is held still first and the vault after it, because a name
goes into the vault before its case is written: no case in the backup lacks
its name.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.core.management.color import no_style
from django.db import connections, transaction

from huiyin.config.databases import VAULT
from huiyin.config.sealed_file import SealedFileError, SealedReader, SealedWriter
from huiyin.config.tables import Table, applied_migrations, our_tables
from huiyin.record import clock, keyring
from huiyin.record.cases.lists import search
from huiyin.record.cases.papers import identity_files
from huiyin.record.files import attachments, depot
from huiyin.record.ledger.findings import Finding
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.record.ledger.snapshot import snapshot
from huiyin.record.ledger.verify import verify_ledger

FORMAT: Final = 2
READ: Final = frozenset({1, 2})  # without files, and with them
BATCH: Final = 1000
HEAVIEST: Final = 32 * 1024 * 1024  # characters of a batch: scans are large, and a restore must fit into memory
ALIASES: Final = ("default", VAULT)
Say = Callable[[str], None]


class BackupError(Exception):
    """Why no backup was written, or none restored; nothing was changed."""


@dataclass(frozen=True)
class Summary:
    """What is in a backup."""

    made_at: str
    tables: int
    rows: int
    files: int = 0


def write_backup(path: Path, say: Say, *, with_files: bool = True) -> Summary:
    """Write a new sealed file; a half-written one never bears the name.

    ``with_files``: the sealed files of attachments too. One that is missing is said and stops nothing.
    """
    if path.exists():
        raise BackupError(f"{path} exists already. A backup never overwrites another.")
    draft = path.with_name(path.name + ".partial")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        summary = _write(cast(BinaryIO, file), say, with_files)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    return summary


def _write(file: BinaryIO, say: Say, with_files: bool) -> Summary:
    sealed = SealedWriter(file, keyring.load().backup_public)
    with sealed, gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=4, mtime=0) as packed, ExitStack() as held:
        made_at, rows, tables = clock.now().isoformat(), 0, our_tables()
        for alias in ALIASES:
            held.enter_context(snapshot(alias))
        head = {
            "format": FORMAT,
            "version": settings.HUIYIN_VERSION,
            "origin": settings.HUIYIN_ORIGIN,
            "made_at": made_at,
        }
        _line(packed, {**head, "migrations": [applied_migrations(alias) for alias in ALIASES]})
        for table in tables:
            count = 0
            _line(packed, {"table": table.name, "database": table.alias, "columns": table.columns})
            for row in table.rows():
                _line(packed, row)
                count += 1
            _line(packed, {"rows": count})
            say(f"{table.name}: {count:,}")
            rows += count
        files = _write_files(packed, say) if with_files else 0
        _line(packed, {"end": True})
    return Summary(made_at, len(tables), rows, files)


def _write_files(packed: gzip.GzipFile, say: Say) -> int:
    """A file is there before its row, so that all that the rows name can be read now."""
    count = 0
    for name in chain(attachments.stored_names(), identity_files.stored_names()):
        try:
            pieces = depot.pieces(name)
            first = next(pieces, b"")
        except FileNotFoundError:
            say(f"MISSING: the sealed file {name} is not where it was put")
            continue
        _line(packed, {"file": name})
        for piece in chain([first], pieces):
            _line(packed, base64.b64encode(piece).decode())
        count += 1
    if count:
        say(f"files: {count:,}")
    return count


def restore_backup(path: Path, key: X25519PrivateKey, say: Say) -> tuple[Summary, list[Finding]]:
    """Fill the empty databases from a backup, make the index anew, and check every proof."""
    keyring.load()
    with path.open("rb") as file, gzip.GzipFile(fileobj=SealedReader(cast(BinaryIO, file), key), mode="rb") as packed:
        summary = _restore(cast(BinaryIO, packed), say)
    say(f"search index: {search.rebuild():,} cases")
    while count := sequence_pending(whole=True):
        say(f"events given their place in the tree: {count:,}")
    return summary, verify_ledger(lambda what, count: None)


def _restore(packed: BinaryIO, say: Say) -> Summary:
    lines = _lines(packed)
    head = _section(lines)
    _must_fit(head)
    tables = {(table.alias, table.name): table for table in our_tables()}
    taken = next((table.name for table in tables.values() if not table.is_empty()), None)
    if taken:
        raise BackupError(f"The table {taken} is not empty. A backup is restored into new databases only.")
    done, rows, files = 0, 0, 0
    with transaction.atomic(using="default"), transaction.atomic(using=VAULT):
        section = _section(lines)
        while "end" not in section:
            if "file" in section:
                section = _put_back(section["file"], lines)
                files += 1
                continue
            table = tables[section["database"], section["table"]]
            count = _fill(table, section["columns"], lines)
            say(f"{table.name}: {count:,}")
            done, rows = done + 1, rows + count
            section = _section(lines)
        _reset_sequences(list(tables.values()))
    if files:
        say(f"files: {files:,}")
    return Summary(head["made_at"], done, rows, files)


def _put_back(name: str, lines: Iterator[Any]) -> dict[str, Any]:
    """Lay one sealed file where it was; gives the line that opens what comes next.

    Files are laid down before the rows are committed: a restore that is broken off leaves files without rows, which
    open nothing, and can be begun again.
    """
    sealed = bytearray()
    for line in lines:
        if isinstance(line, dict):
            try:
                depot.put_back(name, bytes(sealed))
            except OSError as problem:
                raise BackupError(f"The file {name} could not be put back: {problem}") from problem
            return line
        sealed += base64.b64decode(line, validate=True)
    raise BackupError(f"The backup ends inside the file {name}.")


def _fill(table: Table, columns: list[str], lines: Iterator[Any]) -> int:
    batch: list[list[Any]] = []
    count, weight = 0, 0
    for line in lines:
        if isinstance(line, dict):
            break
        batch.append(line)
        count += 1
        weight += sum(len(value) for value in line if isinstance(value, str))
        if len(batch) == BATCH or weight > HEAVIEST:
            table.insert(columns, batch)
            batch, weight = [], 0
    else:
        raise BackupError(f"The backup ends inside the table {table.name}.")
    table.insert(columns, batch)
    if line != {"rows": count}:
        raise BackupError(f"The table {table.name} does not have as many rows in this backup as it says.")
    return count


def _must_fit(head: dict[str, Any]) -> None:
    if head["format"] not in READ:
        raise BackupError(f"This backup has format {head['format']}; this version reads up to format {FORMAT}.")
    if head["origin"] != settings.HUIYIN_ORIGIN:
        raise BackupError(
            f"The backup was made under HUIYIN_ORIGIN={head['origin']}: set the same here, its signatures name it."
        )
    if head["migrations"] != [applied_migrations(alias) for alias in ALIASES]:
        raise BackupError(
            f"The tables differ from those of the backup. Restore with version {head['version']} and then upgrade."
        )


def _reset_sequences(tables: list[Table]) -> None:
    """New rows are numbered after the restored ones (PostgreSQL counts apart from the tables)."""
    for alias in ALIASES:
        connection = connections[alias]
        models = [table.model for table in tables if table.alias == alias]
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)


def _line(file: gzip.GzipFile, value: object) -> None:
    file.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def _lines(file: BinaryIO) -> Iterator[Any]:
    try:
        for line in file:
            yield json.loads(line)
    except (gzip.BadGzipFile, EOFError, ValueError) as broken:
        raise SealedFileError("The file was changed or cut short.") from broken


def _section(lines: Iterator[Any]) -> dict[str, Any]:
    """The next line, which opens a part of the backup."""
    section = next(lines, None)
    if not isinstance(section, dict):
        raise BackupError("The backup is not complete.")
    return section
