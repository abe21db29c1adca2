"""What is wrong with a procedure or a calendar: the file, the line, and one sentence in both languages.

Whoever writes a pack reads their own language; a program that compares faults reads the English one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huiyin.rules.procedure import Words


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake, at its place. ``str`` gives the English line: ``file:line: what is wrong``."""

    file: str
    line: int
    message: Words

    def said(self, language: str) -> str:
        """The line in a language; the place is the same in each."""
        return f"{self.file}:{self.line}: {self.message.in_language(language)}"

    def __str__(self) -> str:
        return self.said("en")


def listed(words: Iterable[object]) -> Words:
    """Names that are the same in both languages, one after the other: ``a、b`` / ``a, b``."""
    each = [str(word) for word in words]
    return Words("、".join(each), ", ".join(each))


def all_said(faults: Sequence[Fault]) -> Words:
    """Every fault on a line of its own."""
    return Words("\n".join(fault.said("zh") for fault in faults), "\n".join(map(str, faults)))


TOO_DEEP = Words("列表和表嵌套得太深", "lists and tables lie too deep in one another")


def not_toml(error: Exception) -> Words:
    """A text that is no TOML; the reader's own words say where."""
    return Words(f"不符合 TOML 的写法：{error}", str(error))
