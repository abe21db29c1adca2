"""What must always hold (``rights/invariants.toml``), as values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from huiyin.rules.procedure import Words

KEYS = frozenset({"id", "zh", "en", "law", "stands", "waits_zh", "waits_en", "tests"})


class RightsError(Exception):
    """A mistake in the file; the message names the right."""


@dataclass(frozen=True, slots=True)
class Right:
    """One sentence, whether it is built, and the tests that show it."""

    id: str
    sentence: Words
    law: str  # read in a source; empty where it is the program's own promise
    stands: bool
    waits: Words | None  # what will bring it, where it is not built
    tests: tuple[str, ...]


def load_rights(text: str) -> tuple[Right, ...]:
    """The rights in their order. Raises RightsError for an incomplete one: a promise is whole or it is none."""
    return tuple(_right(table) for table in tomllib.loads(text).get("rights", []))


def _right(table: dict[str, object]) -> Right:
    name = str(table.get("id", "without id"))
    if unknown := set(table) - KEYS:
        raise RightsError(f"{name}: unknown key {sorted(unknown)[0]!r}")
    if missing := {"id", "zh", "en", "law", "stands", "tests"} - set(table):
        raise RightsError(f"{name}: {sorted(missing)[0]!r} is missing")
    stands, tests = table["stands"] is True, table["tests"]
    waits = Words(zh=str(table.get("waits_zh", "")), en=str(table.get("waits_en", "")))
    if stands == bool(waits.zh and waits.en):
        raise RightsError(f"{name}: either it stands, or it says in both languages what will bring it")
    if not isinstance(tests, list) or (stands and not tests):
        raise RightsError(f"{name}: what stands is shown by a test")
    return Right(
        id=name,
        sentence=Words(zh=str(table["zh"]), en=str(table["en"])),
        law=str(table["law"]),
        stands=stands,
        waits=None if stands else waits,
        tests=tuple(str(each) for each in tests),
    )
