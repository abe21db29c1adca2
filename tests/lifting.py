"""Taking the ledger's walls down, which only a test may do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from huiyin.record.ledger.triggers import install_triggers, remove_triggers


@contextmanager
def lifted_triggers() -> Iterator[None]:
    """Inside, the database lets an insider do anything; afterwards the walls stand again."""
    remove_triggers(connection)
    try:
        yield
    finally:
        install_triggers(connection)
