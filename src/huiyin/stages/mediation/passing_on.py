"""Up to the next level, over to the competent body, or joined with a mediation that runs elsewhere."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.lists import queries
from huiyin.record.cases.table import side_deeds
from huiyin.record.cases.table.side_view import SideView
from huiyin.rules.chain import Json
from huiyin.rules.procedure import Level
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable
from huiyin.stages.mediation import binding
from huiyin.stages.mediation.models import PassedOn

PARALLEL = ("peoples", "administrative", "judicial")
NAME_LIMIT, NUMBER_LIMIT = 200, 80  # characters
MOST = 10


@dataclass(frozen=True, slots=True)
class PassedView:
    """A hand-over with its answer, or a mediation that runs elsewhere and is held here too."""

    id: int
    kind: str
    body_name: str
    number: str
    at: datetime.datetime
    answered_at: datetime.datetime | None
    is_accepted: bool | None


def offered_level(view: SideView, today: datetime.date) -> Level | None:
    """The next level, where the time of this one is over and the pack offers it; going there takes the consent of all."""
    here = view.level
    if here is None or not here.offers_next or not view.is_open:
        return None
    running = [term for term in view.terms if term.state == "running" and term.owed_by == "mediator"]
    if not running or any(term.due_on >= today for term in running):
        return None
    above = view.levels[view.levels.index(here) + 1 :]
    return above[0] if above else None


def hand_over(case_number: str, body_name: str, *, number: str = "", by: Reader) -> None:
    """Hand a dispute over to the body that is competent; it counts once that body has accepted.

    Raises Refusal("empty") or "too_long" naming the field, "too_many", "repeated" while an answer is awaited, and what
    ``side_deeds.note_by_office`` refuses.
    """
    _keep(case_number, "hand_over", body_name, number, by)


def join_parallel(case_number: str, kind: str, body_name: str, *, number: str = "", by: Reader) -> None:
    """A people's, administrative or judicial mediation of the same matter goes on here, at one table. Raises as above."""
    if kind not in PARALLEL:
        raise Refusal("unknown_choice", field="kind")
    _keep(case_number, kind, body_name, number, by)


def note_answer(case_number: str, key: int, *, is_accepted: bool, by: Reader) -> None:
    """Write down whether the body accepted. Raises Refusal("not_found") or "repeated"."""
    with transaction.atomic():
        row = PassedOn.objects.filter(pk=key, kind="hand_over", case=queries.case_id_of(case_number)).first()
        if row is None:
            raise Refusal("not_found")
        if row.answered_at is not None:
            raise Refusal("repeated")
        kind = "body_accepted" if is_accepted else "body_declined"

        def write(key: int, _office: int) -> dict[str, Json]:
            row.answered_at, row.is_accepted = clock.now(), is_accepted
            row.save(update_fields=["answered_at", "is_accepted"])
            return _named(row.body_name) | binding.way(key)

        side_deeds.note_by_office(case_number, kind, by=by, may_have_ended=True, told=write)


def passed_on(case_number: str) -> tuple[PassedView, ...]:
    """Where a dispute was handed over to, and what was joined with it."""
    rows = PassedOn.objects.filter(case=queries.case_id_of(case_number)).order_by("id")
    return tuple(
        PassedView(row.pk, row.kind, row.body_name, row.number, row.at, row.answered_at, row.is_accepted)
        for row in rows
    )


def _keep(case_number: str, kind: str, body_name: str, number: str, by: Reader) -> None:
    name, number = storable(body_name).strip(), storable(number).strip()
    if not name:
        raise Refusal("empty", field="body_name")
    for field, value, limit in (("body_name", name, NAME_LIMIT), ("number", number, NUMBER_LIMIT)):
        if len(value) > limit:
            raise Refusal("too_long", field=field, maximum=limit)
    event = "handed_over_to_body" if kind == "hand_over" else "parallel_joined"

    def write(key: int, _office: int) -> dict[str, Json]:
        there = PassedOn.objects.filter(case=key)
        if there.count() >= MOST:
            raise Refusal("too_many", field="body_name", maximum=MOST)
        if kind == "hand_over" and there.filter(kind=kind, answered_at=None).exists():
            raise Refusal("repeated")
        PassedOn.objects.create(case_id=key, kind=kind, body_name=name, number=number, at=clock.now())
        return _named(name) | binding.way(key)

    with transaction.atomic():
        side_deeds.note_by_office(case_number, event, by=by, told=write)


def _named(name: str) -> dict[str, Json]:
    return {"to_zh": name, "to_en": name}
