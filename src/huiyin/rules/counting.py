"""Figures about offices: rates with their parts, and small numbers that are withheld.

Whoever reads a figure must not learn about one complaint from it. In a breakdown, where the total is
known, no part of 1 to 9 is shown, the others are rounded to five, and so many parts are withheld
that each could be at least five different numbers. Where even that protects nobody, the breakdown is
not shown at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from huiyin.rules.refusal import Refusal

SMALLEST_SHOWN = 10
ROUNDED_TO = 5
NARROWEST = 5  # a withheld part can be at least so many more than its least
FEWEST_FOR_A_RATE = 10

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> str | None:
        """With one decimal, half rounded up (``97.6``); None where there are too few for a percentage to say anything.

        Reckoned in whole numbers, so that the same figure comes out everywhere.
        """
        if self.whole < FEWEST_FOR_A_RATE:
            return None
        tenths = (2000 * self.part + self.whole) // (2 * self.whole)
        return f"{tenths // 10}.{tenths % 10}"


def rate(part: int, whole: int) -> Rate:
    """The rate of ``part`` in ``whole`` where it must be one: 41 of 42 is 97.6 %, 246 of 271 is 90.8 %.

    Raises Refusal("too_few", least=10) where the whole is smaller, ValueError for numbers that are no part and whole.
    """
    if not 0 <= part <= whole:
        raise ValueError("A part is at least nothing and at most the whole.")
    if whole < FEWEST_FOR_A_RATE:
        raise Refusal("too_few", least=FEWEST_FOR_A_RATE)
    return Rate(part, whole)


def protected(parts: Mapping[K, int], total: int) -> dict[K, int | None] | None:
    """The parts as they may be shown beside their exact total; None for a part that is withheld.

    Gives None in the place of all when no choice of withheld parts protects them.
    """
    if sum(parts.values()) != total:
        raise ValueError("The parts of a breakdown make up its total.")
    withheld = {key for key, count in parts.items() if 0 < count < SMALLEST_SHOWN}
    if not withheld:
        return {key: rounded(count) for key, count in parts.items()}
    others = sorted((key for key, count in parts.items() if count >= SMALLEST_SHOWN), key=lambda key: parts[key])
    while True:
        shown = {key: None if key in withheld else rounded(count) for key, count in parts.items()}
        if narrowest(shown, total) >= NARROWEST:
            return shown
        if not others:
            return None
        withheld.add(others.pop(0))


def rounded(count: int) -> int:
    """To the nearest five; a count of ten or more stays ten or more."""
    return ROUNDED_TO * ((count + ROUNDED_TO // 2) // ROUNDED_TO)


def small(count: int) -> int | None:
    """A count that stands alone and is nobody's own act: none of 1 to 9 is shown, the others are rounded."""
    return None if 0 < count < SMALLEST_SHOWN else rounded(count)


def narrowest(shown: Mapping[K, int | None], total: int) -> int:
    """How far the narrowest withheld part can still be guessed wrong by somebody who knows total and rules."""
    hidden = sum(1 for count in shown.values() if count is None)
    least = sum(max(count - 2, SMALLEST_SHOWN) for count in shown.values() if count)
    most = sum(count + 2 for count in shown.values() if count)
    if hidden == 1:
        return total - least - max(1, total - most)
    # The others take at least one each; those shown take at least their least.
    return (total - least - (hidden - 1)) - 1
