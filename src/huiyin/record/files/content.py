"""What stands in a letter: plain frozen words, no case, no name of the person it goes to."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled part of a letter: the outcome, the law, the way to have it looked at again."""

    id: str
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayCount:
    """How one date came about: days in a row of the same sort, one line each."""

    title: str
    rule: str
    rows: tuple[tuple[str, str, str], ...]  # days, number of the days used up, why


@dataclass(frozen=True, slots=True)
class Signature:
    """Who answers for the letter."""

    body: str
    date: str
    officer: str
    seal: str


@dataclass(frozen=True, slots=True)
class LetterContent:
    """Everything on the paper, in the letter's own language.

    ``on`` is the day of the letter in the time zone of its body; with equal content the bytes are equal.
    """

    kind: str
    procedure: str
    language: str
    on: datetime.date
    number: str
    case_number: str
    letterhead: str
    title: str
    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    parts: tuple[Part, ...]
    signature: Signature
    counts: tuple[DayCount, ...]
    counts_title: str
    count_heads: tuple[str, str, str]
    number_line: str
    tracking_url: str
    tracking_words: str
    squares_words: str
    page_words: str
    proof_words: str = ""  # the fingerprint of the registration in the public history; letters of before have none

    @property
    def is_chinese(self) -> bool:
        """Whether the letter is written in Chinese."""
        return self.language.lower().startswith("zh")

    def as_json(self) -> str:
        """The content as text, for the typesetter and for keeping."""
        return json.dumps(self, ensure_ascii=False, default=_plain)

    @classmethod
    def from_json(cls, text: str) -> LetterContent:
        """The content back from ``as_json``."""
        values: dict[str, Any] = json.loads(text)
        return cls(
            **values
            | {
                "on": datetime.date.fromisoformat(values["on"]),
                "paragraphs": tuple(values["paragraphs"]),
                "parts": tuple(Part(part["id"], part["label"], tuple(part["lines"])) for part in values["parts"]),
                "signature": Signature(**values["signature"]),
                "counts": tuple(
                    DayCount(each["title"], each["rule"], tuple((a, b, c) for a, b, c in each["rows"]))
                    for each in values["counts"]
                ),
                "count_heads": tuple(values["count_heads"]),
            }
        )


def _plain(value: Any) -> object:
    """What JSON knows no form for: a day as text, a group of words by its names."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return {each.name: getattr(value, each.name) for each in fields(value)}
