"""A calendar year became known or was corrected: running dates that touch it are counted again, and the people told.

A date only moves as the calendar says; the first promise stays visible (``first_due_on``), and the complainant
reads in the timeline what changed. The time in which complainants may act themselves never gets shorter: the day
they were told stands.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from huiyin.record import clock
from huiyin.record.cases import as_kept
from huiyin.record.cases.days import terms
from huiyin.record.cases.models import Case, RunningTerm
from huiyin.record.law import calendars
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.remembered import SECONDS, forget
from huiyin.rules.workdays import load_calendar

BATCH = 200
MOST = 5_000  # running dates looked at to tell beforehand what a year will move


@dataclass(frozen=True, slots=True)
class Effect:
    """What a proposed year would do: how many running dates move. A count, and nothing about any matter."""

    moved: int
    looked_at: int
    is_whole: bool


def effect_of(text: str) -> Effect:
    """How many running dates would move with a proposed year. Raises Refusal("calendar_wrong")."""
    then = calendars.with_year(text)
    (year,) = years_of(text)
    rows = _touched(then.country, year).select_related("case__body")[: MOST + 1]
    moved = looked_at = 0
    for row in rows.iterator(chunk_size=500):
        looked_at += 1
        counted = terms.count_by(row, procedure_of(row.case.law_id).terms[row.term], then, zone=row.case.body.time_zone)
        moved += _day(row.owed_by, told=row.due_on, counted=counted.on) != row.due_on
    return Effect(moved, min(looked_at, MOST), looked_at <= MOST)


def years_of(text: str) -> frozenset[int]:
    """The years that a calendar's text publishes."""
    return load_calendar(text).published


def recount(*, limit: int = BATCH) -> int:
    """Let some more running dates follow the entered years; gives how many moved or became certain.

    Idempotent: a date that is as the calendar says is not touched, and how far it came is kept after each batch.
    For some seconds another process may still count by the calendar it remembers: until then a year is not done with.
    """
    following = calendars.year_to_follow()
    if following is None:
        return 0
    forget()
    rows = _touched(following.country, following.year).filter(pk__gt=following.upto)
    keys = list(rows.order_by("id").values_list("pk", flat=True)[:limit])
    moved = sum(_recount(each, f"{following.country} {following.year}") for each in keys)
    is_settled = clock.now() - following.adopted_at > datetime.timedelta(seconds=2 * SECONDS)
    calendars.note_recounted(
        following.key,
        upto=keys[-1] if keys else following.upto,
        moved=moved,
        is_done=is_settled and len(keys) < limit,
    )
    return moved


def _touched(country: str, year: int) -> QuerySet[RunningTerm]:
    """Running dates whose count goes through a year; a window that has not opened is counted when it does."""
    return RunningTerm.objects.filter(
        state="running",
        waits_for="",
        case__body__calendar=country,
        starts_on__lte=datetime.date(year, 12, 31),
        due_on__gte=datetime.date(year, 1, 1),
    )


def _day(owed_by: str, *, told: datetime.date, counted: datetime.date) -> datetime.date:
    """The day that holds now; one's own time to act never ends earlier than one was told."""
    return max(counted, told) if owed_by == terms.COMPLAINANT else counted


def _recount(key: int, entered: str) -> int:
    with transaction.atomic():
        row = RunningTerm.objects.filter(pk=key, state="running").first()
        if row is None:
            return 0
        case = Case.scoped.select_for_update(of=("self",)).select_related("body").get(pk=row.case_id)
        before, was_provisional = row.due_on, row.is_provisional
        rule = procedure_of(case.law_id).terms[row.term]
        counted = terms.count_into(row, rule, country=case.body.calendar, zone=case.body.time_zone)
        row.due_on = _day(row.owed_by, told=before, counted=counted.on)
        if (row.due_on, row.is_provisional) == (before, was_provisional):
            return 0
        row.save(update_fields=["due_on", "due_at", "is_provisional", "next_act_on"])
        terms.set_next_due(case, RunningTerm.objects.filter(case=case))
        case.version += 1
        case.save(update_fields=["due_on", "is_provisional", "is_waiting", "version"])
        append_event(
            ChainRef.case(case.number),
            "term_recounted",
            actor=Actor.system(),
            details={
                "term": row.term,
                "before": before.isoformat(),
                "due_on": row.due_on.isoformat(),
                "calendar": entered,
                "bound": as_kept.standing(case),
            },
        )
    return 1
