"""Our own tables as rows that any database engine takes."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connections, models, router
from django.db.migrations.recorder import MigrationRecorder

from huiyin.config.databases import VAULT, VAULT_APPS

CHUNK = 2000
CHUNK_OF_FILES = 8  # rows that hold a scan of ten megabytes
OURS = "huiyin."
LEFT_OUT = frozenset({"entry.desksession"})  # who is signed in dies with the machine


@dataclass(frozen=True)
class Table:
    """One table in one database."""

    model: type[models.Model]
    alias: str

    @property
    def name(self) -> str:
        """The table's name in the database."""
        return self.model._meta.db_table

    @property
    def columns(self) -> list[str]:
        """The columns that hold something of their own, in order."""
        return [str(field.column) for field in self._fields()]

    def rows(self) -> Iterator[list[Any]]:
        """Every row, ready for JSON, in the order of its key."""
        names = [field.attname for field in self._fields()]
        chunk = CHUNK_OF_FILES if self.model._meta.app_label == "files" else CHUNK
        for values in self._all().order_by("pk").values_list(*names).iterator(chunk):
            yield [_plain(value) for value in values]

    def is_empty(self) -> bool:
        """Is there no row?"""
        return not self._all().exists()

    def insert(self, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Put rows back exactly as they were, past defaults and time stamps."""
        if not rows:
            return
        connection = connections[self.alias]
        by_column = {field.column: field for field in self._fields()}
        fields = [by_column[column] for column in columns]
        quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
        places = ", ".join(["%s"] * len(columns))
        values = [
            [field.get_db_prep_save(_back(field, value), connection) for field, value in zip(fields, row, strict=True)]
            for row in rows
        ]
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(self.name)
            cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({places})", values)  # noqa: S608 - names of our models

    def _fields(self) -> list[models.Field[Any, Any]]:
        return [field for field in self.model._meta.concrete_fields if not field.generated]

    def _all(self) -> models.QuerySet[models.Model]:
        """All rows: no manager of the model narrows this."""
        return models.QuerySet(model=self.model, using=self.alias)


def our_tables() -> list[Table]:
    """The tables of our own apps, those that others point at first where the apps say so."""
    found: list[Table] = []
    for config in apps.get_app_configs():
        if config.name.startswith(OURS):
            for model in config.get_models(include_auto_created=True):
                if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT:
                    found.append(Table(model, router.db_for_write(model)))
    return found


def applied_migrations(alias: str) -> list[str]:
    """Which of our migrations made the tables of a database."""
    labels = {config.label for config in apps.get_app_configs() if config.name.startswith(OURS)}
    ours = labels & VAULT_APPS if alias == VAULT else labels
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app in ours)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    return value


def _back(field: models.Field[Any, Any], value: Any) -> Any:
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if value is None or isinstance(target, models.JSONField):
        return value
    if isinstance(target, models.BinaryField):
        return base64.b64decode(value)
    return target.to_python(value)
