"""Calendars: which years are known and from which notice; a year entered by one person and adopted by another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.front.office.deciding import decide
from huiyin.front.office.forms import YearForm
from huiyin.front.office.keeping import OfficeRequest, keeper, page
from huiyin.record import clock
from huiyin.record.approvals import actions as approvals
from huiyin.record.cases.days import recounting
from huiyin.record.law import calendars as law
from huiyin.record.law.calendars import KIND
from huiyin.record.ledger.chains import Actor
from huiyin.rules.calendar_lines import as_lines
from huiyin.rules.refusal import Refusal
from huiyin.rules.workdays import Calendar
from huiyin.ui import refusals

YEARS = range(2000, 2100)
AT_ONCE = 50  # dates counted again while the officer waits; the worker does the rest


@dataclass(frozen=True, slots=True)
class Proposed:
    """A year as it would be, beside what is known of it now."""

    country: str
    year: int
    source: str
    working_days: int
    holidays: list[str]
    makeup: list[date]
    now_off: list[date]
    no_longer_off: list[date]
    is_known: bool
    effect: recounting.Effect | None


@require_safe
def calendars(request: OfficeRequest) -> HttpResponse:
    """Every known year of every country, with its notice."""
    this_year = clock.today(request.reader.zone).year
    countries = [_country(each, this_year) for each in law.countries()]
    found = approvals.proposals(KIND)
    context = {
        "countries": countries,
        "open": [each for each in found if each.state == "open"],
        "decided": [each for each in found if each.state != "open"][:20],
    }
    return render(request, "office/calendars.html", page(request, "calendars", context))


def _country(country: str, this_year: int) -> dict[str, Any]:
    years = law.years(country)
    known = {each.year for each in years}
    return {
        "code": country,
        "years": years,
        "missing": [year for year in (this_year, this_year + 1) if year not in known],
        "next": max([*known, this_year]) + 1,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def year(request: OfficeRequest, country: str, year: int) -> HttpResponse:
    """Type a year from its notice; see what it would change; propose it."""
    there = _there(country, year)
    holidays, makeup = as_lines(there, year)
    initial = {"source": there.sources.get(year, ""), "holidays": holidays, "makeup": makeup}
    form = YearForm(request.POST if request.method == "POST" else None, initial=initial, country=country, year=year)
    proposed, status = None, 200
    if request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST":
        proposed = _proposed(form.cleaned_data["calendar"], there)
        if request.POST.get("step") == "propose":
            try:
                return _propose(request, form.cleaned_data["calendar"], form.cleaned_data["why"])
            except Refusal as refusal:
                status = refusals.put_into(form, refusal)
    context = {
        "country": country,
        "year": year,
        "is_known": there.is_published(year),
        "form": form,
        "proposed": proposed,
    }
    return render(request, "office/year.html", page(request, "calendars", context), status=status)


def _propose(request: OfficeRequest, text: str, why: str) -> HttpResponse:
    code, actor = keeper(request)
    key = law.propose_year(text, why=why, body_code=code, by=actor)
    messages.success(request, _("It is proposed. Somebody else compares it with the notice and adopts it."))
    return redirect("office:year-proposal", key=key)


def _there(country: str, year: int) -> Calendar:
    if country not in law.countries() or year not in YEARS:
        raise Http404
    return law.calendar(country)


def _proposed(text: str, there: Calendar, *, is_open: bool = True) -> Proposed:
    then = law.with_year(text)
    year = next(iter(recounting.years_of(text)))
    off, now_off = (
        {day for day in calendar.rest_days if day.year == year and day.weekday() < 5} for calendar in (there, then)
    )
    holidays, _makeup = as_lines(then, year)
    return Proposed(
        country=then.country,
        year=year,
        source=then.sources[year],
        working_days=then.working_days_in(year),
        holidays=holidays.splitlines(),
        makeup=sorted(day for day in then.work_days if day.year == year),
        now_off=sorted(now_off - off) if there.is_published(year) else [],
        no_longer_off=sorted(off - now_off) if there.is_published(year) else [],
        is_known=there.is_published(year),
        effect=recounting.effect_of(text) if is_open else None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: OfficeRequest, key: int) -> HttpResponse:
    """A proposed year, what it would change, and the decision of a second person."""
    decision = decide(
        request,
        yes="adopt",
        accept=lambda actor: _adopted(key, actor),
        reject=lambda why, actor: law.reject_year(key, why=why, by=actor),
    )
    if decision.is_made:
        return redirect("office:calendars")
    view = approvals.proposal(key, kind=KIND)
    context = {
        "view": view,
        "proposed": _proposed(
            view.payload["text"], law.calendar(view.payload["country"]), is_open=view.state == "open"
        ),
        "form": decision.form,
        "refusal": decision.refusal,
        "is_own": view.proposed_by_id == request.reader.officer_id,
    }
    return render(request, "office/year_proposal.html", page(request, "calendars", context), status=decision.status)


def _adopted(key: int, actor: Actor) -> str:
    law.adopt_year(key, by=actor)
    return _(
        "The year is adopted. %(moved)s running dates are counted again already, the rest within minutes; the people concerned read it in their matter."
    ) % {"moved": recounting.recount(limit=AT_ONCE)}
