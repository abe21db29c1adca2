"""Published calendars: which days an office works, and up to which year that is known.

The years shipped with the program are files; a year that an operator enters
from its notice, with a second person, is a row and goes before the file.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import transaction

from huiyin.record import clock
from huiyin.record.approvals import actions as approvals
from huiyin.record.law.models import CalendarYear
from huiyin.record.ledger.chains import Actor
from huiyin.record.remembered import forget, remembered
from huiyin.rules.chain import Json
from huiyin.rules.refusal import Refusal
from huiyin.rules.workdays import Calendar, CalendarError, load_calendar

KIND = "calendar_year"


@remembered
def calendar(country: str) -> Calendar:
    """The calendar of a country code such as ``CN``, entered years included.

    Raises Refusal("calendar_missing") when the office keeps none for it.
    """
    path = Path(settings.HUIYIN_PROCEDURES_DIR) / "workdays" / f"{country}.toml"
    if not country.isalpha() or not path.is_file():
        raise Refusal("calendar_missing", country=country)
    shipped = load_calendar(path.read_text("utf-8"), file=path.name)
    for row in CalendarYear.objects.filter(country=country, is_current=True).order_by("year"):
        shipped = _with_year(shipped, load_calendar(row.text, file=f"{country} {row.year}"), row.year)
    return shipped


def countries() -> list[str]:
    """Country codes for which the office keeps a calendar."""
    return sorted(path.stem for path in (Path(settings.HUIYIN_PROCEDURES_DIR) / "workdays").glob("*.toml"))


def propose_year(text: str, *, why: str, body_code: str, by: Actor) -> int:
    """Propose one year from its notice; ``text`` is a calendar file with that year alone.

    Raises Refusal("calendar_wrong", problem=...) naming the line.
    """
    country, year = _checked(text)
    payload: dict[str, Json] = {"country": country, "year": year, "text": text}
    return approvals.propose(KIND, payload, why=why, body_code=body_code, by=by)


def adopt_year(proposal_id: int, *, by: Actor) -> tuple[str, int]:
    """Approve a proposed year as the second person; gives country and year.

    What it means for running terms is carried out by ``cases.recounting``.
    """
    with transaction.atomic():
        payload = approvals.approve(proposal_id, kind=KIND, by=by)
        country, year = _checked(payload["text"])
        CalendarYear.objects.filter(country=country, year=year, is_current=True).update(is_current=False)
        CalendarYear.objects.create(country=country, year=year, text=payload["text"], adopted_at=clock.now())
    forget()
    return country, year


def _checked(text: str) -> tuple[str, int]:
    try:
        entered = load_calendar(text, file="calendar")
    except CalendarError as problem:
        raise Refusal("calendar_wrong", problem=str(problem)) from problem
    if len(entered.published) != 1:
        raise Refusal("calendar_wrong", problem="one year at a time")
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
