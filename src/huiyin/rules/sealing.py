"""Which matters are sealed, and who gets a key to one: values in, values out.

A key goes to a desk as a whole while nobody in it must stay away; where one of its people must, the
others get it one by one; a unit that is kept away gets none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

ACCUSATION = "accusation"
ENOUGH_HOLDERS = 2
"""Key holders a desk needs so that one forgotten passphrase shuts nothing."""


@dataclass(frozen=True, slots=True, order=True)
class Reader:
    """Who gets a key: a ``desk`` (a unit) or one officer of the ``staff``, by its key."""

    kind: Literal["desk", "staff"]
    id: int


def is_to_be_sealed(*, confidentiality: str, is_restricted: bool, matter_class: str = "") -> bool:
    """Whether the words of a matter are to be sealed: filed as confidential, or against staff."""
    return confidentiality == "confidential" or is_restricted or matter_class == ACCUSATION


def who_gets(
    desks: Mapping[int, Collection[int]], *, away_units: Collection[int], away_officers: Collection[int]
) -> frozenset[Reader]:
    """Who gets a key of a matter. ``desks``: the units that may read it, each with the officers who hold its desk key.

    A desk key opens for all who hold it: it gets nothing while one of them must stay away.
    """
    found: set[Reader] = set()
    for unit, holders in desks.items():
        if unit in away_units:
            continue
        staying = [officer for officer in holders if officer not in away_officers]
        if len(staying) == len(holders):
            found.add(Reader("desk", unit))
        else:
            found.update(Reader("staff", officer) for officer in staying)
    return frozenset(found)
