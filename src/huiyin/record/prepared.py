"""Statements that the ORM writes once: later calls only fill in the values.

On the ways that everybody walks (filing, following, answering) compiling the
same query again and again costs several times what running it costs. A
``Prepared`` query is written like any other, with a ``Place`` wherever a value
comes in, and gives ordinary rows. ``insert`` and ``update`` write a row as
``save`` does, less the signals, which nobody here listens to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators

R = TypeVar("R")


class Place(Expression):
    """Where a value will stand; it is given later under this name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A parameter that stands for itself until the value takes its place."""
        return "%s", [self]


@dataclass(frozen=True, slots=True)
class _Statement:
    """What is left of a query once it is compiled; ``instance`` makes a row of a table out of a row of values."""

    sql: str
    params: tuple[Any, ...]
    convert: Callable[[list[Any]], list[Any]]
    instance: Callable[[Any], Any]


class Prepared(Generic[R]):
    """A query compiled once for each connection.

    ``build`` makes the queryset; it may join, sort, cut and lock, but its shape
    must not depend on a value, and a value may not be None. A queryset of
    ``values_list`` gives tuples.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, R]]) -> None:
        self._build = build
        self._alias = ""

    def all(self, **values: object) -> list[R]:
        """Every row, with the values in the places of their names."""
        if not self._alias:
            self._alias = self._build().db
        connection = connections[self._alias]
        kept = _kept(connection)
        statement: _Statement | None = kept.get(self)
        if statement is None:
            statement = kept[self] = _compiled(self._build(), connection)
        adapt = connection.ops.adapt_unknown_value
        params = [adapt(values[each.name]) if isinstance(each, Place) else each for each in statement.params]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, params)
            rows = cursor.fetchall()
        return [statement.instance(row) for row in statement.convert(rows)] if rows else []

    def first(self, **values: object) -> R | None:
        """The first row, if there is one; the query itself is cut to one."""
        return next(iter(self.all(**values)), None)


def insert(*rows: Model) -> None:
    """Write new rows of one table in one statement, and give each its key."""
    model = type(rows[0])
    connection, fields, sql = _insertion_of(model, len(rows), returns_key=True)
    params = [value for row in rows for value in _new(row, fields, connection)]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        made = cursor.fetchall() if model._meta.auto_field else []
    for row, key in zip(rows, made, strict=False):
        row.pk = key[0]
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def insert_each(rows: Sequence[Model]) -> None:
    """Write many new rows of one table in one go; they do not learn their keys."""
    if not rows:
        return
    connection, fields, sql = _insertion_of(type(rows[0]), 1, returns_key=False)
    with connection.cursor() as cursor:
        cursor.executemany(sql, [_new(row, fields, connection) for row in rows])


def update(row: Model, *names: str) -> None:
    """Write these fields of a row back, by its key."""
    connection, fields, sql = _update_of(type(row), names)
    with connection.cursor() as cursor:
        cursor.execute(sql, _changed(row, fields, connection))


def update_each(rows: Sequence[Model], *names: str) -> None:
    """Write these fields of many rows of one table back, by their keys, in one go."""
    if not rows:
        return
    connection, fields, sql = _update_of(type(rows[0]), names)
    with connection.cursor() as cursor:
        cursor.executemany(sql, [_changed(row, fields, connection) for row in rows])


def _update_of(model: type[Model], names: tuple[str, ...]) -> tuple[BaseDatabaseWrapper, list[Field[Any, Any]], str]:
    """The connection, the fields and the statement that write these fields of one row."""
    connection = connections[router.db_for_write(model)]
    kept, name = _kept(connection), (model, "update", names)
    if name not in kept:
        fields = [field for field in model._meta.concrete_fields if field.name in names]
        quoted = ", ".join(f"{connection.ops.quote_name(str(field.column))} = %s" for field in fields)
        table, key = (connection.ops.quote_name(each) for each in (model._meta.db_table, str(model._meta.pk.column)))
        kept[name] = fields, f"UPDATE {table} SET {quoted} WHERE {key} = %s"  # noqa: S608 - names of our own tables
    fields, sql = kept[name]
    return connection, fields, sql


def _insertion_of(
    model: type[Model], count: int, *, returns_key: bool
) -> tuple[BaseDatabaseWrapper, list[Field[Any, Any]], str]:
    """The connection, the fields and the statement that write so many new rows."""
    connection = connections[router.db_for_write(model)]
    kept, name = _kept(connection), (model, "insert", count, returns_key)
    if name not in kept:
        fields = [field for field in model._meta.concrete_fields if field is not model._meta.auto_field]
        kept[name] = fields, _insertion(model, fields, count, connection, returns_key=returns_key)
    fields, sql = kept[name]
    return connection, fields, sql


def _new(row: Model, fields: list[Field[Any, Any]], connection: BaseDatabaseWrapper) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]


def _changed(row: Model, fields: list[Field[Any, Any]], connection: BaseDatabaseWrapper) -> list[Any]:
    return [*(field.get_db_prep_save(field.pre_save(row, False), connection) for field in fields), row.pk]


def _kept(connection: BaseDatabaseWrapper) -> dict[object, Any]:
    """The statements of a connection: it belongs to one thread, and so do they."""
    kept: dict[object, Any] = vars(connection).setdefault("huiyin_statements", {})
    return kept


def _compiled(queryset: QuerySet[Any, Any], connection: BaseDatabaseWrapper) -> _Statement:
    compiler = queryset.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    converters = compiler.get_converters([each[0] for each in compiler.select[: compiler.col_count]])

    def convert(rows: list[Any]) -> list[Any]:
        return list(compiler.apply_converters(rows, converters)) if converters else rows

    if not issubclass(queryset._iterable_class, ModelIterable):
        return _Statement(sql, tuple(params), convert, tuple)
    info = compiler.klass_info
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [each[0].target.attname for each in compiler.select[first:last]]
    populators = get_related_populators(info, compiler.select, connection.alias)  # type: ignore[call-arg]  # later Djangos ask for more
    model = info["model"]

    def instance(row: Any) -> Any:
        made = model.from_db(connection.alias, names, row[first:last])
        for populator in populators:
            populator.populate(row, made)
        return made

    return _Statement(sql, tuple(params), convert, instance)


def _insertion(
    model: type[Model],
    fields: list[Field[Any, Any]],
    count: int,
    connection: BaseDatabaseWrapper,
    *,
    returns_key: bool,
) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["(" + ", ".join(["%s"] * len(fields)) + ")"] * count)
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES {places}"  # noqa: S608 - names of our own tables
    key = model._meta.auto_field
    return f"{sql} RETURNING {quote(str(key.column))}" if key and returns_key else sql
