"""The day by which a duty must be done, and why it is that day.

Civil Procedure Law of China (2023), Article 85, and the rules on administrative cases, Article 35: the
day of the event is not counted, and a last day that is a holiday gives way to the next working day.
The Regulations on Petitions (2022) say nothing on either, so the procedure file sets both.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from huiyin.rules.procedure import Term, Words
from huiyin.rules.workdays import Calendar

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day on the way to a due date.

    ``counted`` says whether it used up one of the days allowed, ``number`` how many are used up
    by then. ``why``: ``start`` (the day of the event), ``workday``, ``makeup``, ``weekend``,
    ``holiday``, or ``rolled`` for the working day on which the term ends because its last day was none.
    """

    day: date
    counted: bool
    number: int
    why: str
    name: Words | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """When a duty falls due. ``at`` is given for terms in hours only."""

    on: date
    provisional: bool
    days: tuple[DayLine, ...]
    at: datetime | None = None


def due(start: date, term: Term, calendar: Calendar, *, started_at: datetime | None = None) -> Due:
    """The last day on which the duty is still done in time, with the days counted one by one.

    It is provisional where a day had to be judged by a calendar that is not published yet. A
    term in hours needs ``started_at``, with the zone of the body that owes the duty.
    """
    if term.unit != "hours":
        return _due_in_days(start, term, calendar)
    if started_at is None or started_at.tzinfo is None:
        raise ValueError("a term in hours starts at an instant with a time zone")
    return _due_in_hours(started_at, term, calendar)


@lru_cache(maxsize=2048)
def _due_in_days(start: date, term: Term, calendar: Calendar) -> Due:
    if term.unit == "working_days":
        lines = list(_working_days(start, term, calendar))
        judged = [line.day for line in lines if line.counted or line.why != "start"]
    else:
        lines, judged = list(_calendar_days(start, term, calendar)), []
    if term.roll == "next_workday":
        rolled = list(_rolled(lines[-1], calendar))
        judged += [lines[-1].day, *(line.day for line in rolled)]
        lines += rolled
    return Due(lines[-1].day, _provisional(judged, calendar), tuple(lines))


def _working_days(start: date, term: Term, calendar: Calendar) -> Iterator[DayLine]:
    counted = term.length > 0 and term.count_from == "same_day" and calendar.is_workday(start)
    day, used = start, int(counted)
    yield DayLine(day, counted, used, "start", calendar.names.get(day))
    while used < term.length:
        day += ONE_DAY
        counted = calendar.is_workday(day)
        used += counted
        yield DayLine(day, counted, used, calendar.why(day), calendar.names.get(day))


def _calendar_days(start: date, term: Term, calendar: Calendar) -> Iterator[DayLine]:
    counted = term.length > 0 and term.count_from == "same_day"
    day, used, last = start, int(counted), _last_calendar_day(start, term)
    yield DayLine(day, counted, used, "start", calendar.names.get(day))
    while day < last:
        day += ONE_DAY
        used += 1
        yield DayLine(day, True, used, calendar.why(day), calendar.names.get(day))


def _last_calendar_day(start: date, term: Term) -> date:
    if term.length == 0:
        return start
    if term.unit == "months":
        last = _months_later(start, term.length)
    else:
        last = start + timedelta(days=term.length * (7 if term.unit == "weeks" else 1))
    return last - ONE_DAY if term.count_from == "same_day" else last


def _months_later(start: date, count: int) -> date:
    """The day of the same number; where the month is too short, its last day."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def _rolled(end: DayLine, calendar: Calendar) -> Iterator[DayLine]:
    """The days from a last day that is not worked to the next working day."""
    day = end.day
    while not calendar.is_workday(day):
        day += ONE_DAY
        why = "rolled" if calendar.is_workday(day) else calendar.why(day)
        yield DayLine(day, False, end.number, why, calendar.names.get(day))


def _due_in_hours(started_at: datetime, term: Term, calendar: Calendar) -> Due:
    """Hours run day and night; only the end may roll, to the same time on the next working day."""
    zone = started_at.tzinfo
    at = (started_at.astimezone(UTC) + timedelta(hours=term.length)).astimezone(zone)
    start, end = started_at.date(), at.date()
    lines = [DayLine(start, False, 0, "start", calendar.names.get(start))]
    while lines[-1].day < end:
        day = lines[-1].day + ONE_DAY
        lines.append(DayLine(day, False, 0, calendar.why(day), calendar.names.get(day)))
    judged: list[date] = []
    if term.roll == "next_workday":
        rolled = list(_rolled(lines[-1], calendar))
        judged = [end, *(line.day for line in rolled)]
        lines += rolled
        at += lines[-1].day - end
    return Due(lines[-1].day, _provisional(judged, calendar), tuple(lines), at)


def _provisional(judged: list[date], calendar: Calendar) -> bool:
    return not all(calendar.is_published(year) for year in {day.year for day in judged})
