"""An accusation of misconduct that proved unfounded is closed to view when its matter ends.

From then on the desk outside, those who review it and the complainant read it, and nobody else; the officer and the
officer's leaders never could.
"""

from __future__ import annotations

import datetime

from huiyin.record.bodies import queries as bodies
from huiyin.record.cases.conflict import away_from
from huiyin.record.cases.models import Case, Grant, StaffComplaint
from huiyin.record.cases.outside import outside_post
from huiyin.record.cases.scope import OUTSIDE
from huiyin.record.cases.staff import class_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules import fairness
from huiyin.rules.chain import Json

REVIEWING = ("reviewer", "earlier_file", OUTSIDE)  # capacities of those who look again


def close_to_view(case: Case, now: datetime.datetime) -> None:
    """End every right to read an ended matter that was unfounded, but those of the desk outside and of a review."""
    if not case.is_restricted:
        return
    row = StaffComplaint.objects.filter(case=case).first()
    if not fairness.is_closed_to_view(class_of(row), case.outcome, is_open=case.is_open):
        return
    current = Grant.objects.filter(case=case, until_at=None)
    current.exclude(capacity__in=REVIEWING).exclude(post__unit__is_outside_desk=True).update(until_at=now)
    details: dict[str, Json] = {}
    if not current.filter(post__unit__is_outside_desk=True).exists():
        desk = outside_post([bodies.receiving_body() or case.body, case.body], away_from(case))
        if desk is not None:
            Grant.objects.create(case=case, post=desk, capacity=OUTSIDE, from_at=now, why="closed to view")
            details = {"to": desk.code, "to_zh": desk.unit.name_zh, "to_en": desk.unit.name_en}
    append_event(ChainRef.case(case.number), "closed_to_view", actor=Actor.system(), details=details)
