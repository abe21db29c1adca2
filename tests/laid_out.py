"""The same rows once more: what a test built by the real services is kept, and laid out again for the next test.

Building the office of the cast takes some seventy milliseconds, and two thousand tests begin with it. Rows are read as
the database holds them and written back the same way, keys and times included.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection

State = dict[str, dict[Any, tuple[Any, ...]]]


@dataclass(frozen=True)
class Rows:
    """Rows of one table, and the keys of those among them that were there in another form."""

    table: str
    key: str
    columns: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]
    changed: tuple[Any, ...]


def state() -> State:
    """Every row, table by table."""
    with connection.cursor() as cursor:
        return {table: _rows(cursor, table, key)[1] for table, key in _tables()}


def changes_since(before: State) -> list[Rows]:
    """The rows that came or changed since, of every table of the main database."""
    found = []
    with connection.cursor() as cursor:
        for table, key in _tables():
            columns, rows = _rows(cursor, table, key)
            new = {own: row for own, row in rows.items() if before[table].get(own) != row}
            if new:
                found.append(
                    Rows(table, key, columns, tuple(new.values()), tuple(own for own in new if own in before[table]))
                )
    return found


def lay_out(kept: list[Rows]) -> None:
    """Write the rows; foreign keys are looked at when the transaction ends."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for rows in kept:
            for own in rows.changed:
                cursor.execute(f"DELETE FROM {quote(rows.table)} WHERE {quote(rows.key)} = %s", [own])
            columns = ", ".join(map(quote, rows.columns))
            row = "(" + ", ".join(["%s"] * len(rows.columns)) + ")"
            values = [value for each in rows.values for value in each]
            places = ", ".join([row] * len(rows.values))
            cursor.execute(f"INSERT INTO {quote(rows.table)} ({columns}) VALUES {places}", values)


def _count_on(cursor: Any, rows: Rows) -> None:
    """The next key follows those laid out: PostgreSQL does not see that they were given."""
    last = max(row[rows.columns.index(rows.key)] for row in rows.values)
    cursor.execute(
        "SELECT setval(found, GREATEST(%s, nextval(found))) FROM pg_get_serial_sequence(%s, %s) AS found"
        " WHERE found IS NOT NULL",
        [last, rows.table, rows.key],
    )


def _tables() -> list[tuple[str, str]]:
    return [
        (model._meta.db_table, str(model._meta.pk.column))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and _is_here(model)
    ]


def _is_here(model: Any) -> bool:
    return model._meta.app_label not in {"identity", "contenttypes"}


def _rows(cursor: Any, table: str, key: str) -> tuple[tuple[str, ...], dict[Any, tuple[Any, ...]]]:
    quote = connection.ops.quote_name
    columns = tuple(each.name for each in connection.introspection.get_table_description(cursor, table))
    cursor.execute(f"SELECT {', '.join(map(quote, columns))} FROM {quote(table)}")
    place = columns.index(key)
    return columns, {row[place]: tuple(row) for row in cursor.fetchall()}
