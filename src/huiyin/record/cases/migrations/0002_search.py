"""The search index: a set of character pairs per case, on either engine."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

POSTGRES = (
    "CREATE TABLE cases_search (case_id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
    "CREATE INDEX cases_search_tokens ON cases_search USING gin (tokens) WITH (fastupdate = on)",
)
SQLITE = (
    "CREATE VIRTUAL TABLE cases_search USING fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii')",
)


def create(apps: Any, schema_editor: Any) -> None:
    """Make the index of this engine."""
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    """Take the index away; it can always be made again from the cases."""
    schema_editor.execute("DROP TABLE cases_search")


class Migration(migrations.Migration):
    """Adds the search index."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("cases", "0001_initial")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [migrations.RunPython(create, drop)]
