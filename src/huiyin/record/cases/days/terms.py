"""The clocks of a case: started from the pack, stopped, extended, met; and the day that counts next."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import asdict, replace
from zoneinfo import ZoneInfo

from huiyin.record import clock
from huiyin.record.cases.models import Case, RunningTerm
from huiyin.record.cases.models.case import NO_DATE
from huiyin.record.law.calendars import calendar
from huiyin.record.law.versions import procedure_of
from huiyin.rules import ladder
from huiyin.rules.deadline import Due
from huiyin.rules.procedure import Procedure, Term
from huiyin.rules.running import Extended, History, Stopped, due_now
from huiyin.rules.workdays import Calendar

COMPLAINANT = "complainant"


def new_term(
    case: Case, term: Term, *, start: datetime.date, country: str, length: int | None = None, zone: str = "UTC"
) -> RunningTerm:
    """A term counted from ``start``, not yet saved. ``length`` is the one set by whom the pack names."""
    row = RunningTerm(case=case, term=term.id, owed_by=term.owed_by, starts_on=start, length=length)
    if term.unit == "hours":
        row.started_at = clock.now()
    count_into(row, term, country=country, zone=zone)
    row.first_due_on = row.due_on
    return row


def count_into(row: RunningTerm, term: Term, *, country: str, zone: str = "UTC") -> Due:
    """Count a term by its history and write date, provisional mark and next act onto the row; not yet saved."""
    counted = count_by(row, term, calendar(country), zone=zone)
    row.due_on, row.is_provisional = counted.on, counted.provisional
    row.due_at = counted.at
    planned = ladder.acts(term, row.starts_on, row.due_on, calendar(country))
    row.next_act_on = None if row.waits_for else ladder.next_on(planned, row.acts_done)
    return counted


def count_again(row: RunningTerm, procedure: Procedure, country: str) -> Due:
    """The day-by-day count behind a term's due date."""
    return count_by(row, procedure.terms[row.term], calendar(country))


def count_by(row: RunningTerm, term: Term, days: Calendar, *, zone: str = "UTC") -> Due:
    """The count of a term by a calendar, which may be one that is only proposed."""
    started_at = row.started_at.astimezone(ZoneInfo(zone)) if row.started_at else None
    return due_now(row.starts_on, term, days, history_of(row), started_at=started_at)


def due_as_of(row: RunningTerm, term: Term, day: datetime.date, *, country: str, zone: str) -> datetime.date | None:
    """The last day of a term as it stood on ``day``, before what came later; None while its clock stood still."""
    history = history_of(row)
    if not history.stops and not history.extensions:
        return row.due_on
    stops = tuple(stop for stop in history.stops if stop.from_on <= day)
    if any(stop.to_on is None or stop.to_on > day for stop in stops):
        return None
    then = replace(history, stops=stops, extensions=tuple(each for each in history.extensions if each.on <= day))
    started_at = row.started_at.astimezone(ZoneInfo(zone)) if row.started_at else None
    return due_now(row.starts_on, term, calendar(country), then, started_at=started_at).on


def history_of(row: RunningTerm) -> History:
    """What happened to a term, from its row."""
    return History(
        length=row.length,
        stops=tuple(Stopped(_day(each["from_on"]), _day_or_none(each["to_on"]), each["reason"]) for each in row.stops),
        extensions=tuple(Extended(_day(each["on"]), each["length"], each["unit"]) for each in row.extensions),
    )


def keep_history(row: RunningTerm, history: History) -> None:
    """Write what happened to a term onto its row; not yet saved."""
    row.stops = [
        asdict(stop) | {"from_on": stop.from_on.isoformat(), "to_on": stop.to_on.isoformat() if stop.to_on else None}
        for stop in history.stops
    ]
    row.extensions = [asdict(each) | {"on": each.on.isoformat()} for each in history.extensions]


def finish(row: RunningTerm, *, on: datetime.date, state: str = "met") -> None:
    """Mark a running term as met (late when its day is past) or fallen away; not yet saved."""
    row.state = "met_late" if state == "met" and on > row.due_on else state
    row.ended_on = on


def set_next_due(case: Case, running: Iterable[RunningTerm]) -> None:
    """Write the office's nearest due day onto the case row; not yet saved. A time in which it *may* act is none."""
    rules = procedure_of(case.law_id).terms
    owed = [row for row in running if row.state == "running" and rules[row.term].is_duty]
    nearest = min(owed, key=lambda row: (row.due_on, row.term), default=None)
    case.due_on = nearest.due_on if nearest else NO_DATE
    case.is_provisional = bool(nearest and nearest.is_provisional)
    case.is_waiting = nearest is None and case.is_open


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _day_or_none(text: str | None) -> datetime.date | None:
    return _day(text) if text else None
