"""Rates as they are published: one decimal, beside the numbers they are made of, never over fewer than ten.

Reckoned in whole numbers, so that the same figure comes out everywhere: 41 of 42 is 97.6 %, 246 of 271 is 90.8 %.
"""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.rules.counting import FEWEST_FOR_A_RATE
from huiyin.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many, as a share with one decimal; ``tenths`` are tenths of a percent, half rounded up."""

    part: int
    whole: int

    @property
    def tenths(self) -> int:
        """The share in tenths of a percent."""
        return (2000 * self.part + self.whole) // (2 * self.whole)

    def __str__(self) -> str:
        return f"{self.tenths // 10}.{self.tenths % 10} %"


def ratio(part: int, whole: int) -> Ratio:
    """The rate of ``part`` in ``whole``.

    Raises Refusal("too_few", least=10) where the whole is smaller, ValueError for numbers that are no part and whole.
    """
    if not 0 <= part <= whole:
        raise ValueError("A part is at least nothing and at most the whole.")
    if whole < FEWEST_FOR_A_RATE:
        raise Refusal("too_few", least=FEWEST_FOR_A_RATE)
    return Ratio(part, whole)


def agrees(published: str, part: int, whole: int) -> bool:
    """Whether a published rate (``97.6 %``, ``97.6%``) is what its own numbers give."""
    return published.replace(" ", "").rstrip("%") == str(ratio(part, whole)).removesuffix(" %")
