"""A clock that was stopped, extended or set: when it ends now, and why, day by day.

A day on which the clock stands still is not counted; the rest of the time runs
on from the day of the resumption. An extension is counted on from the day on
which the term would have ended. The first date stays what it was: whoever
keeps the clock keeps both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from huiyin.rules.deadline import ONE_DAY, DayLine, Due, due
from huiyin.rules.procedure import Term, Unit
from huiyin.rules.refusal import Refusal
from huiyin.rules.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Stopped:
    """The clock stood still from the end of ``from_on`` to the end of ``to_on`` (None: it still does), for a reason of the pack."""

    from_on: date
    to_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Extended:
    """So many ``unit`` more, decided on a day before the old date."""

    on: date
    length: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class History:
    """What happened to one running term. ``length`` is the one set by whom the pack names (None: the pack's)."""

    length: int | None = None
    stops: tuple[Stopped, ...] = ()
    extensions: tuple[Extended, ...] = ()


def due_now(
    start: date, term: Term, calendar: Calendar, history: History, *, started_at: datetime | None = None
) -> Due:
    """The last day as things stand, with every day from the start and why it counted or not.

    While the clock stands still the date is the one it would have if it ran on from the
    last day known to be stopped; pages say "stopped" instead of a date.
    """
    rule = term if history.length is None else replace(term, length=history.length)
    counted = due(start, rule, calendar, started_at=started_at)
    if not history.stops and not history.extensions:
        return counted
    unrolled = due(start, replace(rule, roll="none"), calendar, started_at=started_at)
    lines = list(_with_stops(unrolled, rule, calendar, history.stops))
    for extension in history.extensions:
        longer = replace(rule, length=extension.length, unit=extension.unit, count_from="next_day", roll="none")
        after = due(lines[-1].day, longer, calendar)
        lines += _counted_on(lines[-1], after, longer, calendar, history.stops)
    if rule.roll == "next_workday":
        lines += list(_rolled(lines[-1], calendar))
    judged = [line.day for line in lines[1:]] if _needs_calendar(rule, lines, calendar) else []
    provisional = not all(calendar.is_published(year) for year in {day.year for day in judged})
    at = counted.at + (lines[-1].day - counted.on) if counted.at else None
    return Due(lines[-1].day, provisional, tuple(lines), at)


def may_extend(term: Term, history: History, *, length: int, due_on: date, on: date) -> Extended:
    """The extension, where the law allows it now.

    Raises Refusal("no_extension"), Refusal("extension_used"), Refusal("extension_too_long")
    or Refusal("window_closed") when the old date is past: a term that ended cannot be extended.
    """
    allowed = term.extension
    if allowed is None:
        raise Refusal("no_extension", term=term.id)
    if len(history.extensions) >= allowed.times:
        raise Refusal("extension_used", term=term.id, article=allowed.article)
    if not 1 <= length <= allowed.maximum:
        raise Refusal("extension_too_long", term=term.id, maximum=allowed.maximum, article=allowed.article)
    if on > due_on:
        raise Refusal("window_closed", term=term.id, last_day=due_on)
    return Extended(on, length, allowed.unit)


def may_stop(term: Term, history: History, *, reason: str, on: date) -> Stopped:
    """The suspension, for a reason of the pack. Raises Refusal("no_stop") or Refusal("repeated")."""
    if reason not in {stop.id for stop in term.stops}:
        raise Refusal("no_stop", term=term.id)
    if is_stopped(history):
        raise Refusal("repeated")
    return Stopped(on, None, reason)


def is_stopped(history: History) -> bool:
    """Does the clock stand still now?"""
    return any(stop.to_on is None for stop in history.stops)


def resumed(history: History, *, on: date) -> History:
    """The history with the open stop closed on a day."""
    stops = tuple(replace(stop, to_on=on) if stop.to_on is None else stop for stop in history.stops)
    return replace(history, stops=stops)


def _with_stops(unrolled: Due, term: Term, calendar: Calendar, stops: tuple[Stopped, ...]) -> Iterator[DayLine]:
    """The days of the term, with those that did not count because the clock stood still put in between."""
    yield unrolled.days[0]
    if term.unit == "hours":
        yield from unrolled.days[1:]
    else:
        yield from _counted_on(unrolled.days[0], unrolled, term, calendar, stops)


def _counted_on(
    last: DayLine, unrolled: Due, term: Term, calendar: Calendar, stops: tuple[Stopped, ...]
) -> Iterator[DayLine]:
    """As many days after ``last`` as the term without stops has after its first, those of a stop not counted."""
    day, used = last.day, last.number
    wanted = used + unrolled.days[-1].number - unrolled.days[0].number
    while used < wanted:
        day += ONE_DAY
        if _is_within(day, stops):
            yield DayLine(day, False, used, "stopped", calendar.names.get(day))
            continue
        counts = term.unit != "working_days" or calendar.is_workday(day)
        used += counts
        yield DayLine(day, counts, used, calendar.why(day), calendar.names.get(day))


def _is_within(day: date, stops: tuple[Stopped, ...]) -> bool:
    return any(stop.from_on < day and stop.to_on is not None and day <= stop.to_on for stop in stops)


def _rolled(end: DayLine, calendar: Calendar) -> Iterator[DayLine]:
    day = end.day
    while not calendar.is_workday(day):
        day += timedelta(days=1)
        why = "rolled" if calendar.is_workday(day) else calendar.why(day)
        yield DayLine(day, False, end.number, why, calendar.names.get(day))


def _needs_calendar(term: Term, lines: list[DayLine], calendar: Calendar) -> bool:
    return term.unit == "working_days" or (
        term.roll == "next_workday" and not calendar.is_published(lines[-1].day.year)
    )
