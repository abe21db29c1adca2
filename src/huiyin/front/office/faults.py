"""What is wrong in a text, line by line, as a reader finds it: the place, the line itself, the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from huiyin.rules import faults
from huiyin.ui.languages import page_tag


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake. ``file`` is empty for the text that was typed; ``excerpt`` is the line it stands on."""

    file: str
    line: int
    message: str
    excerpt: str


def faults_in(text: str, found: Iterable[faults.Fault]) -> list[Fault]:
    """Every mistake in the page's language; ``text`` is what was checked under no file's name."""
    lines = text.splitlines()
    shown = []
    for each in found:
        is_typed = not each.file and 0 < each.line <= len(lines)
        excerpt = lines[each.line - 1].strip()[:160] if is_typed else ""
        shown.append(Fault(each.file, each.line, each.message.in_language(page_tag()), excerpt))
    return shown


def lines_of(found: Iterable[faults.Fault]) -> list[str]:
    """Mistakes in files, a line each, in the page's language."""
    return [each.said(page_tag()) for each in found]
