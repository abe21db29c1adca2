"""Whom and what a matter names, looked up; and who must stay away because of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Body, Officer, Unit
from huiyin.record.cases.models import About
from huiyin.record.remembered import remembered
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable


@dataclass(frozen=True, slots=True)
class Named:
    """Whom or what a complaint names: ``id`` is the code of an officer, unit or body."""

    kind: str
    id: str = ""
    text: str = ""


@remembered
def chosen(model: Any, code: str, name: str) -> Any:
    """A row of a list by its code; None for no code. Raises Refusal("unknown_choice") for the field ``name``."""
    if not code:
        return None
    row = model.objects.filter(code=code).first()
    if row is None:
        raise Refusal("unknown_choice", field=name)
    return row


@dataclass(slots=True)
class WhomItNames:
    """Whom and what a matter names, as rows not yet saved, and who must stay away because of it."""

    rows: list[About] = field(default_factory=list)
    officers: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()

    @property
    def is_restricted(self) -> bool:
        """Whether an officer or a unit is named: then grants on the case alone open it."""
        return any(row.kind in {"officer", "unit"} for row in self.rows)


def whom_it_names(named: Iterable[Named], *, with_units: bool = True) -> WhomItNames:
    """Look up those whom a matter names, and who has a tie to them; ``with_units``: an officer's whole unit stays away too.

    Who heads a body stands above every unit of it, so that all of them stay away. Raises
    Refusal("unknown_choice", field="about").
    """
    rows, officers, units = [], set(), set()
    for each in named:
        row = About(kind=each.kind, words=storable(each.text)[:200])
        if each.kind == "officer" and each.id:
            row.officer = chosen(Officer, each.id, "about")
            officers.add(row.officer.pk)
            units |= bodies.units_below_officer(row.officer.pk) if with_units else set()
        elif each.kind == "unit" and each.id:
            row.unit = chosen(Unit, each.id, "about")
            units.add(row.unit.pk)
        elif each.kind == "body" and each.id:
            row.body = chosen(Body, each.id, "about")
            units |= bodies.units_of_bodies([row.body.pk])
        elif each.kind not in {"officer", "unit", "body", "other"}:
            raise Refusal("unknown_choice", field="about")
        rows.append(row)
    return WhomItNames(rows, frozenset(officers | bodies.tied_to(officers, units)), frozenset(units))
