"""Every address stands in the one permission table, and the table names no address that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from huiyin.record.bodies.gates import GATES


def names(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, str]]:
    """(name with its space, route) of every address."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            for name, route in names(entry, inner):
                yield name, f"{entry.pattern}{route}"
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name or ''}", str(entry.pattern)


def test_every_address_is_in_the_permission_table():
    strays = [f"{name or '(no name)'} at /{route}" for name, route in names(get_resolver()) if name not in GATES]
    assert strays == [], "write these into record/bodies/gates.py, with who may come in"


def test_the_permission_table_names_no_address_that_is_gone():
    assert sorted(set(GATES) - {name for name, _ in names(get_resolver())}) == []
