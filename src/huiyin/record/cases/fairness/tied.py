"""Ties an officer declares: what names those they are to is kept from the officer, from that moment on and before every right."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from huiyin.record import clock
from huiyin.record.bodies.models import Officer, Tie, Unit
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.fairness.keeping_away import keep_away
from huiyin.record.cases.models import About, Barred
from huiyin.record.cases.who import scope
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class TieView:
    """One tie as its own officer sees it."""

    key: int
    name: Words


def ties_of(reader: Reader) -> tuple[TieView, ...]:
    """The ties one has declared that have not ended; nobody else reads them."""
    rows = Tie.objects.select_related("unit", "to_officer").filter(officer=reader.officer_id, ended_at=None)
    return tuple(TieView(row.pk, _name(row)) for row in rows.order_by("id"))


def declare(reader: Reader, *, unit: str = "", officer: str = "") -> None:
    """Declare a tie to a unit or an officer; open matters that name them are lost at once.

    Raises Refusal("unknown_choice") for one that does not exist or is oneself, "repeated", and "no_desk" where
    nobody else could take a matter.
    """
    to_unit = Unit.objects.filter(code=unit).first() if unit else None
    to_officer = Officer.objects.filter(code=officer).exclude(pk=reader.officer_id).first() if officer else None
    if (to_unit is None) == (to_officer is None):
        raise Refusal("unknown_choice", field="officer" if officer else "unit")
    to = {"unit": to_unit, "to_officer": to_officer}
    with transaction.atomic():
        if Tie.objects.filter(officer=reader.officer_id, ended_at=None, **to).exists():
            raise Refusal("repeated")
        Tie.objects.create(officer_id=reader.officer_id, declared_at=clock.now(), **to)
        if reader.body_codes:
            append_event(ChainRef.body(reader.body_codes[0]), "tie_declared", actor=reader.actor(), details={})
        named = Q(unit=to_unit) if to_unit else Q(officer=to_officer)
        known = Barred.objects.filter(officer=reader.officer_id).values("case")
        open_ones = About.objects.filter(named, case__is_open=True).exclude(case__in=known)
        for key in sorted(set(open_ones.values_list("case", flat=True))):
            keep_away(scope.locked(key), officers=[reader.officer_id], actor=Actor.system())


def end(reader: Reader, key: int) -> None:
    """End a tie of one's own; what was kept away stays away. Raises Refusal("not_found")."""
    with transaction.atomic():
        ended = Tie.objects.filter(pk=key, officer=reader.officer_id, ended_at=None).update(ended_at=clock.now())
        if not ended:
            raise Refusal("not_found")
        if reader.body_codes:
            append_event(ChainRef.body(reader.body_codes[0]), "tie_ended", actor=reader.actor(), details={})


def _name(row: Tie) -> Words:
    named = row.unit or row.to_officer
    assert named is not None  # a constraint of the table
    return named.name
