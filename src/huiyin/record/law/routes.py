"""The directory of routes: where a matter that is not ours can be taken, with address, telephone and hours.

Packs name a route's place by a key; the office fills it in. An entry is never overwritten: the old one stays in
the table, and each change is an event of the body's chain.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from huiyin.record import clock
from huiyin.record.law.models import ProcedureVersion, RouteAddress
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.remembered import forget, remembered
from huiyin.rules.chain import Json
from huiyin.rules.procedure import Choice, Procedure, Words
from huiyin.rules.refusal import Refusal

FIELDS = ("name_zh", "name_en", "address_zh", "address_en", "hours_zh", "hours_en", "telephone", "web")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a route leads, as it is told to residents."""

    key: str
    name: Words
    address: Words
    hours: Words
    telephone: str
    web: str
    since: datetime.date


@dataclass(frozen=True, slots=True)
class Named:
    """A route of a pack in force that names a key of the directory."""

    procedure: Procedure
    route: Choice


@dataclass(frozen=True, slots=True)
class Entered:
    """One entry as it was, for the history: until when it held, and who entered it."""

    place: Place
    entered_at: datetime.datetime
    entered_by: Words | None
    is_current: bool


def place(key: str) -> Place | None:
    """Where the route with this key leads; None where nobody has filled it in."""
    return places().get(key) if key else None


@remembered
def places() -> dict[str, Place]:
    """The whole directory by its keys."""
    return {row.key: _place(row) for row in RouteAddress.objects.filter(is_current=True).order_by("key")}


def named_by_packs() -> dict[str, list[Named]]:
    """The keys that packs in force name, with the routes that name them."""
    found: dict[str, list[Named]] = {}
    for key in ProcedureVersion.objects.filter(is_current=True).order_by("procedure").values_list("pk", flat=True):
        procedure = procedure_of(key)
        for route in procedure.routes.values():
            if route.address:
                found.setdefault(route.address, []).append(Named(procedure, route))
    return found


def history(key: str) -> list[Entered]:
    """Every entry under a key, newest first."""
    rows = RouteAddress.objects.filter(key=key).select_related("entered_by").order_by("-id")
    return [
        Entered(_place(row), row.entered_at, row.entered_by.name if row.entered_by else None, row.is_current)
        for row in rows
    ]


def enter(key: str, values: Mapping[str, str], *, since: datetime.date, body_code: str, by: Actor) -> None:
    """Write an entry in the place of the one before; one person is enough, and it stands in the body's chain.

    Raises Refusal("input_missing", field=...), Refusal("repeated") where nothing is new.
    """
    kept = {name: values.get(name, "").strip() for name in FIELDS}
    for name in ("name_zh", "name_en"):
        if not kept[name]:
            raise Refusal("input_missing", field="name")
    with transaction.atomic():
        before = RouteAddress.objects.select_for_update().filter(key=key, is_current=True).first()
        if before is not None:
            if all(getattr(before, name) == value for name, value in kept.items()) and before.since == since:
                raise Refusal("repeated")
            before.is_current = False
            before.save(update_fields=["is_current"])
        RouteAddress.objects.create(key=key, **kept, since=since, entered_at=clock.now(), entered_by_id=by.officer_id)
        details: dict[str, Json] = {"key": key, "since": since.isoformat(), **kept}
        append_event(ChainRef.body(body_code), "route_entered", actor=by, details=details)
    forget()


def _place(row: RouteAddress) -> Place:
    return Place(
        key=row.key,
        name=Words(row.name_zh, row.name_en),
        address=Words(row.address_zh, row.address_en),
        hours=Words(row.hours_zh, row.hours_en),
        telephone=row.telephone,
        web=row.web,
        since=row.since,
    )
