"""When somebody may be told by a machine that there is something new: as they wished, never against their words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

WISHES = ("any", "day", "evening", "never")
HOURS = {"day": (8, 18), "evening": (18, 22)}
"""From the first hour on, before the second, at the place of the body."""


@dataclass(frozen=True, slots=True)
class Leave:
    """From when on a machine may send; None: it may not, and with ``by_people`` somebody must reach the person instead."""

    at: datetime | None
    by_people: bool = False


def leave(wish: str, conditions: str, local: datetime) -> Leave:
    """What a machine may do now, by the wish that was chosen and the words about safe times.

    Words without a chosen wish are read by people alone: no machine understands
    "not while my husband is at home", and a mistake could put somebody in danger.
    """
    if wish == "never":
        return Leave(None)
    if wish in HOURS:
        return Leave(_next_in(HOURS[wish], local))
    if wish != "any" and conditions.strip():
        return Leave(None, by_people=True)
    return Leave(local)


def _next_in(hours: tuple[int, int], local: datetime) -> datetime:
    first, end = hours
    if first <= local.hour < end:
        return local
    day = local.date() if local.hour < first else local.date() + timedelta(days=1)
    return datetime.combine(day, time(first), tzinfo=local.tzinfo)
