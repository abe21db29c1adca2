"""What is owed in a case, as its reader sees it, and what that reader may say about it."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast
from zoneinfo import ZoneInfo

from django.db.models import Q

from huiyin.record.bodies.queries import HeldPost, Reader
from huiyin.record.cases.keys import texts
from huiyin.record.cases.models import Case, Duty, DutyStep
from huiyin.record.cases.shown.case_view import DutyStepView, DutyView
from huiyin.record.prepared import Place, Prepared
from huiyin.rules import duties
from huiyin.rules.duties import Deed
from huiyin.rules.procedure import Words

FINDERS = frozenset({"reviewer", "supervisor"})
RELATED = ("case", "document", "owed_by__unit")
_CASE = Place("case")
_DUTIES = Prepared(
    lambda: (
        Duty.objects.select_related(*RELATED).filter(Q(case=_CASE) | Q(document__case=_CASE)).order_by("due_on", "id")
    )
)
_STEPS = Prepared(lambda: DutyStep.objects.filter(Q(duty__case=_CASE) | Q(duty__document__case=_CASE)).order_by("id"))


def duties_of(case: Case, *, reader: Reader | None, posts: Collection[int]) -> tuple[DutyView, ...]:
    """What is owed in a case, nearest day first; in a review also what it decided for the original.

    ``posts`` are those through which the reader may act in this case.
    """
    rows = _DUTIES.all(case=case.pk)
    steps: dict[int, list[DutyStep]] = {}
    for step in _STEPS.all(case=case.pk) if rows else ():
        steps.setdefault(step.duty_id, []).append(step)
    return tuple(_view(row, case, steps.get(row.pk, ()), deeds_of(row, reader, posts)) for row in rows)


def deeds_of(duty: Duty, reader: Reader | None, posts: Collection[int]) -> frozenset[Deed]:
    """What may be said about a duty now. None is the complainant."""
    state = cast("duties.State", duty.state)
    if reader is None:
        return duties.possible(state, duty.kind, duties.COMPLAINANT_DEEDS)
    mine = [rights_of(post, duty) for post in reader.posts if post.id in posts]
    return duties.possible(state, duty.kind, frozenset[Deed]().union(*mine))


def rights_of(post: HeldPost, duty: Duty) -> frozenset[Deed]:
    """What a post may say about a duty: who owes it, or heads that unit, says it is done; who finds so sits elsewhere."""
    if post.unit_id != duty.owed_by.unit_id:
        return frozenset({"find"}) if post.roles & FINDERS else frozenset()
    return duties.OFFICE_DEEDS if post.id == duty.owed_by_id or "unit_head" in post.roles else frozenset()


def _view(row: Duty, case: Case, steps: Collection[DutyStep], deeds: frozenset[Deed]) -> DutyView:
    zone = ZoneInfo(case.body.time_zone)
    return DutyView(
        number=row.number,
        kind=row.kind,
        name=duties.name_of(row.kind),
        text=texts.read(row.case, "cases_duty.text", row.text),
        language=row.case.language,
        due_on=row.due_on,
        first_due_on=row.first_due_on,
        state=cast("duties.State", row.state),
        owed_by=row.owed_by.unit.name,
        document=row.document.number,
        is_of_review=row.document.case_id != row.case_id,
        ended_on=row.ended_at.astimezone(zone).date() if row.ended_at else None,
        steps=tuple(_step(row.case, step) for step in steps),
        deeds=deeds,
    )


def _step(case: Case, row: DutyStep) -> DutyStepView:
    name = Words(zh=row.officer_name_zh, en=row.officer_name_en)
    text = texts.read(case, "cases_dutystep.text", row.text)
    return DutyStepView(row.deed, text, row.at, name if name.zh or name.en else None, row.before_on)
