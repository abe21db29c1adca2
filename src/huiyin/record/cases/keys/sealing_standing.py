"""Whether what is filed confidentially, or against staff, is sealed here; where not, the public pages say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from huiyin.record import keyring
from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Unit
from huiyin.record.sealing import desks
from huiyin.rules.procedure import Words
from huiyin.rules.sealing import ENOUGH_HOLDERS


@dataclass(frozen=True, slots=True)
class DeskStanding:
    """A desk that takes matters in: does it seal, and would one forgotten passphrase shut it?"""

    unit: Words
    seals: bool
    has_enough: bool


@dataclass(frozen=True, slots=True)
class SealingStanding:
    """What of the promise of sealing is met at this office now."""

    has_recovery: bool
    desks: tuple[DeskStanding, ...]

    @property
    def seals_all(self) -> bool:
        """Whether whatever is to be sealed is sealed, at whichever desk of the body it comes in."""
        return self.has_recovery and bool(self.desks) and all(desk.seals for desk in self.desks)

    @property
    def without(self) -> Words | None:
        """The desks that do not seal yet, in one line; None where all do."""
        return _named(desk for desk in self.desks if not desk.seals)

    @property
    def with_one(self) -> Words | None:
        """The desks where a single person holds the key, in one line; None where there is none."""
        return _named(desk for desk in self.desks if desk.seals and not desk.has_enough)


def _named(found: Iterable[DeskStanding]) -> Words | None:
    units = [desk.unit for desk in found]
    return Words(zh="、".join(each.zh for each in units), en=", ".join(each.en for each in units)) if units else None


def sealing_standing() -> SealingStanding:
    """How the desks stand at which matters come in."""
    body = bodies.receiving_body()
    units = Unit.objects.filter(Q(is_intake=True) | Q(is_outside_desk=True), body=body).order_by("id") if body else ()
    holding = desks.holders_of([unit.pk for unit in units])
    there = {unit.pk: {each.pk for each in desks.members_of(unit.pk)} & holding.get(unit.pk, set()) for unit in units}
    counted = tuple(
        DeskStanding(unit.name, bool(there[unit.pk]), len(there[unit.pk]) >= ENOUGH_HOLDERS) for unit in units
    )
    return SealingStanding(bool(keyring.recovery_set()), counted)
