"""What an agreement says, kind by kind of dispute: what to ask for each part, a sentence to begin with, words to look at twice.

Read out of a file, with every mistake named. Suggestions alone: nothing here refuses a word (``agreeing`` does).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huiyin.rules.faults import Fault, not_toml
from huiyin.rules.procedure import Words
from huiyin.rules.toml_lines import Lines, error_line
from huiyin.rules.toml_table import Problems, Table

PARTS = ("facts", "issues", "responsibility", "terms", "manner", "time")
CALCULATORS = ("wages", "instalments")
BLANK = "____"
"""What a suggested sentence leaves open: to be filled in or taken out."""


class KindsError(ValueError):
    """A file of kinds that cannot be used; each fault names its line."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class PartOf:
    """One part: what to ask, and a sentence to begin with, or None."""

    ask: Words
    say: Words | None


@dataclass(frozen=True, slots=True)
class Warned:
    """Words to look at twice, and why; ``source`` is where that stands."""

    words: tuple[str, ...]
    why: Words
    source: str


@dataclass(frozen=True, slots=True)
class AgreementKind:
    """How an agreement about one kind of dispute is written."""

    id: str
    about: Words
    calculator: str
    has_picture: bool
    parts: Mapping[str, PartOf]
    warned: tuple[Warned, ...]


def read(text: str, file: str = "") -> dict[str, AgreementKind]:
    """The kinds of a file by their ids. Raises ``KindsError`` naming every mistake."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KindsError([Fault(file, error_line(error, text), not_toml(error))]) from error
    problems: Problems = []
    kinds = [_kind(Table(entry, (name,), problems)) for name, entry in data.items()]
    if problems:
        lines = Lines(text)
        raise KindsError([Fault(file, lines.find(path), message) for path, message in problems])
    return {kind.id: kind for kind in kinds}


def _kind(table: Table) -> AgreementKind:
    parts = {}
    for name in PARTS:
        part = table.table_or_none(name)
        if part is None:
            table.problem(name, Words(f"缺少 {name}", f"{name} is missing"))
            continue
        parts[name] = PartOf(part.words("ask"), part.words_or_none("say"))
        part.nothing_else()
    found = AgreementKind(
        table.id, table.words("about"), table.one_of_or_none("calculator", CALCULATORS) or "",
        table.flag("picture", False), parts, tuple(map(_warned, table.list_of_tables("warned"))),
    )  # fmt: skip
    table.nothing_else()
    return found


def _warned(table: Table) -> Warned:
    found = Warned(table.names("words", required=True), table.words("why"), table.text("source", ""))
    table.nothing_else()
    return found


def to_look_at(kind: AgreementKind | None, texts: Iterable[str]) -> tuple[Warned, ...]:
    """What in the words of an agreement is to be looked at twice, by its kind."""
    plain = "".join("".join(texts).split()).lower()
    warned = kind.warned if kind else ()
    return tuple(each for each in warned if any("".join(word.split()).lower() in plain for word in each.words))


def has_blanks(texts: Iterable[str]) -> bool:
    """Whether a suggested sentence still holds a blank."""
    return any(BLANK in text for text in texts)
