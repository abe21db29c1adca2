"""What the clock does alone: reminders on the way to a date, and the ladder after it was missed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from huiyin.rules.deadline import due
from huiyin.rules.procedure import Term
from huiyin.rules.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to be done on a day: ``half``, ``eighty``, ``due``, ``overdue``, ``reminder``, ``superior`` or ``supervision``."""

    on: date
    kind: str


_POINTS = {"50%": "half", "80%": "eighty", "due": "due", "overdue": "overdue"}


def acts(term: Term, start: date, due_on: date, calendar: Calendar) -> tuple[Act, ...]:
    """Everything that will happen by itself for a term, in order of its day.

    ``overdue`` is the day after the last day; rungs are counted from the last day in
    the unit that the pack gives. A window of the complainant is only reminded of.
    """
    span = (due_on - start).days
    days = {
        "half": start + timedelta(days=span // 2),
        "eighty": start + timedelta(days=span * 4 // 5),
        "due": due_on,
        "overdue": due_on + timedelta(days=1),
    }
    points = [Act(days[_POINTS[name]], _POINTS[name]) for name in term.reminded_at if name in _POINTS]
    rungs = [
        Act(due(due_on, replace(term, length=rung.after, unit=rung.unit, roll="none"), calendar).on, rung.act)
        for rung in term.ladder
    ]
    return tuple(sorted((*points, *rungs), key=lambda act: act.on))


def next_on(planned: tuple[Act, ...], done: int) -> date | None:
    """The day of the next act, when ``done`` acts lie behind."""
    return planned[done].on if done < len(planned) else None
