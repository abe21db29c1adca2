"""The words of letters: from ``letters/words.toml``, by pack and language; where a pack says nothing, the default."""

from __future__ import annotations

import datetime
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "letters" / "words.toml"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@lru_cache(maxsize=1)
def _all() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def families(procedure: str) -> list[str]:
    """The pack's name and what it begins with, longest first; ``default`` at the end."""
    words = procedure.split("-")
    return ["-".join(words[:count]) for count in range(len(words), 0, -1)] + ["default"]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one pack in one language."""

    procedure: str
    language: str

    @property
    def tongue(self) -> str:
        """``zh`` or ``en``."""
        return "zh" if self.language.lower().startswith("zh") else "en"

    def say(self, path: str, /, **places: object) -> str:
        """The sentence at ``path`` (``openings.reply``), filled; empty when a place it needs is empty."""
        text = self.text(path)
        needed = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        if any(not str(places.get(name, "")) for name in needed):
            return ""
        return text.format_map(places)

    def text(self, path: str) -> str:
        """The words at ``path`` as they stand in the file; empty when there are none."""
        for family in families(self.procedure):
            found: Any = _all().get(family, {})
            for name in path.split("."):
                found = found.get(name, {})
            if found:
                return str(found[self.tongue])
        return ""

    def date(self, day: datetime.date) -> str:
        """``2026年1月27日`` or ``27 January 2026``."""
        if self.tongue == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def span(self, first: datetime.date, last: datetime.date) -> str:
        """A day, or the days from one to another."""
        if first == last:
            return self.date(first)
        return (
            f"{self.date(first)}至{self.date(last)}"
            if self.tongue == "zh"
            else f"{self.date(first)} to {self.date(last)}"
        )
