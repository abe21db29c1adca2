"""What my posts have promised and not yet said to be done, nearest day first; also in matters that have ended."""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.db.models import Q

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases import scope
from huiyin.record.cases.models import Case, Duty
from huiyin.record.cases.rows import Promise, Row, lean, rows_of
from huiyin.rules.duties import name_of


def page(reader: Reader, start: tuple[datetime.date, int] | None, limit: int) -> tuple[tuple[Row, ...], str | None]:
    """A page of promises to keep, a line each, and where the next one begins."""
    owed = Duty.objects.filter(owed_by__in=reader.post_ids, state="open", case__in=scope.not_barred(reader))
    if start:
        owed = owed.filter(Q(due_on__gte=start[0]) & (Q(due_on__gt=start[0]) | Q(id__gt=start[1])))
    found = list(owed.order_by("due_on", "id")[: limit + 1])
    shown, last = found[:limit], found[limit - 1] if len(found) > limit else None
    cases = list(lean(Case.scoped.filter(pk__in={duty.case_id for duty in shown})))
    rows = dict(zip((case.pk for case in cases), rows_of(cases, reader), strict=True))
    today = clock.today(reader.zone)
    return (
        tuple(_line(duty, rows[duty.case_id], today) for duty in shown),
        f"{last.due_on.isoformat()}.{last.pk}" if last else None,
    )


def _line(duty: Duty, row: Row, today: datetime.date) -> Row:
    promise = Promise(
        duty.number, duty.kind, name_of(duty.kind), duty.text if row.subject is not None and not row.is_sealed else None
    )
    return replace(row, due_on=duty.due_on, days_left=(duty.due_on - today).days, is_provisional=False, promise=promise)
