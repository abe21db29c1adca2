"""Published calendars: which days an office works, and up to which year that is known.

The years shipped with the program are files; a year that an operator enters
from its notice, with a second person, is a row and goes before the file.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.db.models import F

from huiyin.record import clock
from huiyin.record.approvals import actions as approvals
from huiyin.record.law import folders
from huiyin.record.law.models import CalendarYear
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.remembered import forget, remembered
from huiyin.rules.chain import Json
from huiyin.rules.faults import all_said
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.rules.workdays import Calendar, CalendarError, load_calendar

KIND = "calendar_year"


@remembered
def calendar(country: str) -> Calendar:
    """The calendar of a country code such as ``CN``, entered years included.

    Raises Refusal("calendar_missing") when the office keeps none for it.
    """
    shipped = folders.calendar_in_files(country)
    if shipped is None:
        raise Refusal("calendar_missing", country=country)
    for row in CalendarYear.objects.filter(country=country, is_current=True).order_by("year"):
        shipped = _with_year(shipped, load_calendar(row.text, file=f"{country} {row.year}"), row.year)
    return shipped


def countries() -> list[str]:
    """Country codes for which the office keeps a calendar."""
    return folders.countries()


def propose_year(text: str, *, why: str, body_code: str, by: Actor) -> int:
    """Propose one year from its notice; ``text`` is a calendar file with that year alone.

    Raises Refusal("calendar_wrong", problem=...) naming the line.
    """
    country, year = _checked(text)
    payload: dict[str, Json] = {"country": country, "year": year, "text": text}
    return approvals.propose(KIND, payload, why=why, body_code=body_code, by=by)


def with_year(text: str) -> Calendar:
    """The calendar as it would be with a year that is only proposed."""
    country, year = _checked(text)
    return _with_year(calendar(country), load_calendar(text, file="calendar"), year)


def adopt_year(proposal_id: int, *, by: Actor) -> tuple[str, int]:
    """Approve a proposed year as the second person; gives country and year.

    What it means for running terms is carried out by ``cases.days.recounting``.
    """
    with transaction.atomic():
        payload = approvals.approve(proposal_id, kind=KIND, by=by)
        country, year = _checked(payload["text"])
        CalendarYear.objects.filter(country=country, year=year, is_current=True).update(is_current=False)
        CalendarYear.objects.create(country=country, year=year, text=payload["text"], adopted_at=clock.now())
        chain = ChainRef.body(approvals.proposal(proposal_id, kind=KIND).body_code)
        details: dict[str, Json] = {
            "country": country,
            "year": year,
            "sha256": sha256(payload["text"].encode()).hexdigest(),
        }
        append_event(chain, "calendar_year_adopted", actor=by, details=details)
    forget()
    return country, year


def reject_year(proposal_id: int, *, why: str, by: Actor) -> None:
    """Say no to a proposed year, with the reason; whoever proposed it may take it back."""
    with transaction.atomic():
        approvals.decline(proposal_id, kind=KIND, why=why, by=by)


@dataclass(frozen=True, slots=True)
class YearView:
    """One known year: where its days come from, and how far running dates have followed it.

    ``adopted_at`` is None for a year that came with the program.
    """

    country: str
    year: int
    source: str
    working_days: int
    adopted_at: datetime.datetime | None = None
    recounted_at: datetime.datetime | None = None
    moved: int = 0


def years(country: str) -> list[YearView]:
    """The known years of a country, newest first."""
    there = calendar(country)
    entered = {row.year: row for row in CalendarYear.objects.filter(country=country, is_current=True)}
    return [
        YearView(
            country,
            year,
            there.sources.get(year, ""),
            there.working_days_in(year),
            *((row.adopted_at, row.recounted_at, row.moved) if (row := entered.get(year)) else ()),
        )
        for year in sorted(there.published, reverse=True)
    ]


@dataclass(frozen=True, slots=True)
class Following:
    """An entered year that running dates have not followed to the end."""

    key: int
    country: str
    year: int
    upto: int
    adopted_at: datetime.datetime


def year_to_follow() -> Following | None:
    """The first entered year that running dates have not followed yet."""
    row = CalendarYear.objects.filter(recounted_at=None, is_current=True).order_by("id").first()
    return Following(row.pk, row.country, row.year, row.recounted_upto, row.adopted_at) if row else None


def note_recounted(key: int, *, upto: int, moved: int, is_done: bool) -> None:
    """How far running dates have followed an entered year."""
    row = CalendarYear.objects.filter(pk=key)
    row.update(recounted_upto=upto, moved=F("moved") + moved, **({"recounted_at": clock.now()} if is_done else {}))


def _checked(text: str) -> tuple[str, int]:
    try:
        entered = load_calendar(text, file="calendar")
    except CalendarError as problem:
        raise Refusal("calendar_wrong", problem=all_said([problem.fault])) from problem
    if len(entered.published) != 1:
        raise Refusal("calendar_wrong", problem=Words("一次只录入一年", "one year at a time"))
    if entered.country not in countries():
        raise Refusal("calendar_missing", country=entered.country)
    return entered.country, next(iter(entered.published))


def _with_year(shipped: Calendar, entered: Calendar, year: int) -> Calendar:
    return Calendar(
        country=shipped.country,
        published=shipped.published | {year},
        rest_days=frozenset(day for day in shipped.rest_days if day.year != year) | entered.rest_days,
        work_days=frozenset(day for day in shipped.work_days if day.year != year) | entered.work_days,
        sources={**shipped.sources, **entered.sources},
        names={**{day: name for day, name in shipped.names.items() if day.year != year}, **entered.names},
    )
