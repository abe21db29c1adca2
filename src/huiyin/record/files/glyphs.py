"""Which characters can be set: the letter must not fail because somebody wrote an emoji.

PDF/A forbids characters without a picture and those of private use. What cannot be set becomes a square; the
words as typed stay on the tracking page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

SQUARE = "□"
PICTURELESS = frozenset({"Cn", "Co", "Cs"})  # unassigned, private use, half of a pair
TURNING = frozenset("\ufeff\u202d\u202e")  # a mark of byte order; orders to print words back to front
INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Me"})  # control, format, marks that stand on another character
MOST_TRIED = 400
"""So many rare characters are tried one by one; where there are more, all of them become squares."""

CanSet = Callable[[tuple[str, ...]], bool]


def readings(text: str, can_set: CanSet) -> Iterator[str]:
    """The text, and if that cannot be set the same with squares, and at the last only what surely can."""
    first = _without({each for each in set(text) if _is_pictureless(each)}, text)
    yield first
    doubtful = sorted(each for each in set(first) if not each.isascii())
    rare = [each for each in doubtful if not _is_everyday(each)]
    missing = set(rare) if len(rare) > MOST_TRIED else _missing(tuple(doubtful), can_set)
    second = _without(missing - {SQUARE}, first)
    yield second
    yield _without({each for each in set(second) if not (each.isascii() or _is_everyday(each))} - {SQUARE}, second)


def _is_pictureless(character: str) -> bool:
    return unicodedata.category(character) in PICTURELESS or character in TURNING


def _is_everyday(character: str) -> bool:
    """Chinese characters and their punctuation, Latin letters: what every Chinese font has."""
    code = ord(character)
    return 0x4E00 <= code <= 0x9FA5 or 0x3000 <= code <= 0x3029 or 0xFF01 <= code <= 0xFF5E or 0xA0 <= code <= 0xFF


def _missing(characters: tuple[str, ...], can_set: CanSet) -> set[str]:
    """Those among the characters that cannot be set, found by halving."""
    if not characters or can_set(characters):
        return set()
    if len(characters) == 1:
        return set(characters)
    half = len(characters) // 2
    return _missing(characters[:half], can_set) | _missing(characters[half:], can_set)


def _without(characters: set[str], text: str) -> str:
    """The text with a square for each of the characters; marks and invisible signs simply fall away."""
    if not characters:
        return text
    return text.translate(
        {ord(each): None if unicodedata.category(each) in INVISIBLE else SQUARE for each in characters}
    )
