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
    def percent(self) -> int | None:
        """Rounded; None where there are too few for a percentage to say anything."""
        return round(100 * self.part / self.whole) if self.whole >= FEWEST_FOR_A_RATE else None


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
