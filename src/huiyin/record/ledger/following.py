"""What is written together with an event, in its transaction: wired on one page, like the effects of moves.

The pen calls it for every event, so that nobody who appends one can forget what
must follow. ``config/effects.py`` says which function follows which kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from huiyin.record.ledger.chains import ChainRef


@dataclass(frozen=True, slots=True)
class Told:
    """An event that was just appended; ``by`` is the kind of its actor, ``side`` its number where it is
    another side of a dispute, ``about`` the number of the side that the event names."""

    chain: ChainRef
    kind: str
    seq: int
    by: str
    side: int = 0
    about: int = 0


Follower = Callable[[Sequence[Told]], None]


def follow(told: Iterable[Told]) -> None:
    """Let each follower write what belongs to its events; any failure undoes the events with it."""
    wired: Mapping[str, Follower] = import_string(settings.HUIYIN_FOLLOWERS)
    theirs: dict[Follower, list[Told]] = {}
    for each in told:
        if each.kind in wired:
            theirs.setdefault(wired[each.kind], []).append(each)
    for follower, events in theirs.items():
        follower(events)
