"""The clocks of a case: started from the pack, met or lapsed, and the day that counts next."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from huiyin.record.cases.models import Case, RunningTerm
from huiyin.record.cases.models.case import NO_DATE
from huiyin.record.law.calendars import calendar
from huiyin.rules.deadline import Due, due
from huiyin.rules.procedure import Procedure, Term


def new_term(case: Case, term: Term, *, start: datetime.date, country: str) -> RunningTerm:
    """A term counted from ``start``, not yet saved."""
    counted = due(start, term, calendar(country))
    return RunningTerm(
        case=case,
        term=term.id,
        owed_by=term.owed_by,
        starts_on=start,
        due_on=counted.on,
        first_due_on=counted.on,
        is_provisional=counted.provisional,
    )


def count_again(row: RunningTerm, procedure: Procedure, country: str) -> Due:
    """The day-by-day count behind a term's due date."""
    return due(row.starts_on, procedure.terms[row.term], calendar(country))


def finish(row: RunningTerm, *, on: datetime.date, state: str = "met") -> None:
    """Mark a running term as met (late when its day is past) or fallen away; not yet saved."""
    row.state = "met_late" if state == "met" and on > row.due_on else state
    row.ended_on = on


def set_next_due(case: Case, running: Iterable[RunningTerm]) -> None:
    """Write the office's nearest due day onto the case row; not yet saved."""
    owed = [row for row in running if row.state == "running" and row.owed_by != "complainant"]
    nearest = min(owed, key=lambda row: (row.due_on, row.term), default=None)
    case.due_on = nearest.due_on if nearest else NO_DATE
    case.is_provisional = bool(nearest and nearest.is_provisional)
    case.is_waiting = nearest is None and case.is_open
