"""Walls inside the database: what was written stays written.

They protect the complainant from a slip in our own code and from the hurried
hand of someone with a database prompt. Whoever owns the database can take
them down; that is why ``verify`` looks for them and recomputes every hash.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

FUNCTION: Final = "ledger_refuse"
REFUSED: Final = "The ledger is append-only."

NEVER: Final = "1 = 1"
EVENT_CHANGED: Final = (
    "NOT (NEW.nonce IS NULL AND NEW.private IS NULL AND OLD.id = NEW.id AND OLD.chain_id = NEW.chain_id"
    " AND OLD.seq = NEW.seq AND OLD.kind = NEW.kind AND OLD.at = NEW.at"
    " AND OLD.commitment = NEW.commitment AND OLD.hash = NEW.hash)"
)
CHAIN_REWOUND: Final = "NOT (OLD.id = NEW.id AND OLD.kind = NEW.kind AND OLD.key = NEW.key AND NEW.length > OLD.length)"

TRIGGERS: Final[dict[str, tuple[str, str, str]]] = {
    "ledger_event_no_delete": ("ledger_event", "DELETE", NEVER),
    "ledger_event_no_update": ("ledger_event", "UPDATE", EVENT_CHANGED),
    "ledger_chain_no_delete": ("ledger_chain", "DELETE", NEVER),
    "ledger_chain_no_rewind": ("ledger_chain", "UPDATE", CHAIN_REWOUND),
    "ledger_leaf_no_delete": ("ledger_leaf", "DELETE", NEVER),
    "ledger_leaf_no_update": ("ledger_leaf", "UPDATE", NEVER),
    "ledger_checkpoint_no_delete": ("ledger_checkpoint", "DELETE", NEVER),
    "ledger_checkpoint_no_update": ("ledger_checkpoint", "UPDATE", NEVER),
}
"""Name of each trigger: table, deed, and when the deed is refused."""

TABLES: Final = tuple(dict.fromkeys(table for table, _, _ in TRIGGERS.values()))


def install_triggers(connection: BaseDatabaseWrapper) -> None:
    """Put up every wall anew; safe to call again."""
    remove_triggers(connection)
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def remove_triggers(connection: BaseDatabaseWrapper) -> None:
    """Take the walls down. Only for emptying a test database."""
    with connection.cursor() as cursor:
        for name, (table, _, _) in TRIGGERS.items():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        if connection.vendor == "postgresql":
            for table in TABLES:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")


def missing_triggers(connection: BaseDatabaseWrapper | None = None) -> list[str]:
    """The walls that do not stand as they were built."""
    connection = connection or connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')")
            standing = {row[0] for row in cursor.fetchall()}
            wanted = [*TRIGGERS, *(f"{table}_no_truncate" for table in TABLES)]
            return [name for name in wanted if name not in standing]
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        built = dict(cursor.fetchall())
    return [name for name in TRIGGERS if built.get(name) != _sqlite_trigger(name)]


def reinstall(sender: object, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """After a migration: SQLite rebuilds a table on any ALTER and drops its triggers silently."""
    connection = connections[using]
    if set(TABLES) <= set(connection.introspection.table_names()):
        install_triggers(connection)


def _statements(vendor: str) -> list[str]:
    if vendor != "postgresql":
        return [_sqlite_trigger(name) for name in TRIGGERS]
    function = (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
    )
    rows = [
        f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW"
        + ("" if when == NEVER else f" WHEN ({when})")
        + f" EXECUTE FUNCTION {FUNCTION}()"
        for name, (table, deed, when) in TRIGGERS.items()
    ]
    whole = [
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
        for table in TABLES
    ]
    return [function, *rows, *whole]


def _sqlite_trigger(name: str) -> str:
    table, deed, when = TRIGGERS[name]
    return f"CREATE TRIGGER {name} BEFORE {deed} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
