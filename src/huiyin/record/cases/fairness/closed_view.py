"""An accusation of misconduct that proved unfounded is closed to view when its matter ends.

From then on the desk outside, those who review it and the complainant read it, and nobody else; the officer and the
officer's leaders never could.
"""

from __future__ import annotations

import datetime

from huiyin.record.cases.fairness.staff import DESK, class_of
from huiyin.record.cases.models import Case, Grant, StaffComplaint
from huiyin.record.cases.who.scope import OUTSIDE
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules import fairness

STAYING = ("reviewer", "earlier_file", OUTSIDE, DESK)  # capacities of those who look again, and of the desk outside


def close_to_view(case: Case, now: datetime.datetime) -> None:
    """End every right to read an ended matter that was unfounded, but those of the desk outside and of a review."""
    if not case.is_restricted:
        return
    row = StaffComplaint.objects.filter(case=case).first()
    if not fairness.is_closed_to_view(class_of(row), case.outcome, is_open=case.is_open):
        return
    Grant.objects.filter(case=case, until_at=None).exclude(capacity__in=STAYING).update(until_at=now)
    append_event(ChainRef.case(case.number), "closed_to_view", actor=Actor.system(), details={})
