"""A test that really commits is cleaned up after: the rows go, and only from the tables that have any.

Django's own way empties all hundred tables and has the types of content, the permissions and the ledger's walls made
anew, for every test: on PostgreSQL seconds of waiting for the disk.
"""

from __future__ import annotations

from typing import Any

from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from huiyin.record.ledger.triggers import TABLES, install_triggers, remove_triggers

STAY = frozenset({"django_migrations", "django_content_type", "auth_permission"})
"""What a migration leaves behind and no test changes."""


def full_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables that have rows."""
    quote = connection.ops.quote_name
    there = sorted(set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - STAY)
    if not there:
        return []
    asked = " UNION ALL ".join(
        f"SELECT {number} WHERE EXISTS (SELECT 1 FROM {quote(name)})" for number, name in enumerate(there)
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [there[row[0]] for row in cursor.fetchall()]


def empty(command: Any, *, database: str, **_: Any) -> None:
    """In the place of Django's command ``flush``: no walls and no foreign keys stand in the way of this alone."""
    connection = connections[database]
    full = full_tables(connection)
    if not full:
        return
    if connection.vendor == "postgresql":
        with transaction.atomic(using=database), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for name in full:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")
        return
    has_walls = set(full) & set(TABLES)
    if has_walls:
        remove_triggers(connection)
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), full))
    if has_walls:
        install_triggers(connection)
