"""What every walk of chance is: so many steps, what must hold after each, and a history that holds at the end.

Which walk failed is in its name; run it again with the same one.
"""

from __future__ import annotations

import datetime
import os
import random
from collections.abc import Callable, Collection
from typing import Protocol

from huiyin.record import clock
from huiyin.record.cases.held.checking import verify_everything
from huiyin.record.ledger.sequencer import sequence_pending

START = datetime.datetime(2026, 2, 2, 2, tzinfo=datetime.UTC)
STEPS = 12
IN_CI, IN_FULL, FIRST_IN_FULL = 200, 2_000, 1_000
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")


class Walker(Protocol):
    """One matter on its way."""

    def step(self) -> None:
        """Days pass, and somebody does something."""

    def check(self) -> None:
        """What must hold at any time."""


def seeds(packs: Collection[str]) -> range:
    """For each pack, so that all make two hundred: every other one on SQLite, the rest on PostgreSQL."""
    return range(ON_POSTGRES, -(-IN_CI // len(packs)), 2)


def seeds_in_full(packs: Collection[str]) -> range:
    """For each pack, so that all make two thousand: every one on both engines."""
    return range(FIRST_IN_FULL, FIRST_IN_FULL + -(-IN_FULL // len(packs)))


def walk(name: str, begin: Callable[[random.Random], Walker], *, steps: int = STEPS) -> None:
    """One walk from its beginning to a history that holds."""
    with clock.story(START):
        walker = begin(random.Random(name))
        for _ in range(steps):
            walker.step()
            walker.check()
        while sequence_pending():
            pass
        assert verify_everything() == []
