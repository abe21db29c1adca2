"""Passages covered in a text: what stands there instead, and how often."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

MARKS = {"zh": "［已隐去］", "en": "[covered]"}
LONGEST = 400  # characters of one passage
MOST = 60  # passages of one matter


@dataclass(frozen=True, slots=True)
class Covered:
    """A text with marks in it; ``count`` is how many."""

    text: str
    count: int


def cover(text: str, passages: Collection[str]) -> Covered:
    """Cover every occurrence of every passage, exactly as written; what overlaps or touches becomes one mark.

    Of a covered passage nothing is left, not even its length.
    """
    spans = sorted(_spans(text, passages))
    mark = MARKS["zh" if any("\u4e00" <= sign <= "\u9fff" for sign in text) else "en"]
    parts: list[str] = []
    last = count = 0
    for start, end in _joined(spans):
        parts += [text[last:start], mark]
        last, count = end, count + 1
    return Covered("".join(parts) + text[last:], count)


def covered_in(original: str, shown: str) -> list[str]:
    """The passages that were covered in a text, each once: what stands in the original where its copy has a mark."""
    pieces = [shown]
    for mark in MARKS.values():
        pieces = [part for piece in pieces for part in piece.split(mark)]
    found: list[str] = []
    at = 0
    for before, after in pairwise(pieces):
        start = original.find(before, at) + len(before)
        end = original.find(after, start + 1) if after else len(original)
        if start < len(before) or end < 0:
            return list(dict.fromkeys(found))  # another text than the copy was made of
        found.append(original[start:end])
        at = end
    return list(dict.fromkeys(found))


def _spans(text: str, passages: Collection[str]) -> set[tuple[int, int]]:
    """Where the passages stand, also where one begins inside another."""
    found = set()
    for passage in passages:
        at = text.find(passage) if passage.strip() else -1
        while at >= 0:
            found.add((at, at + len(passage)))
            at = text.find(passage, at + 1)
    return found


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
