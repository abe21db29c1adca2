"""The ground: which areas there are, who answers for each from when until when, who has duty, which posters hang."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from huiyin.front.office.forms_of_ground import AreaForm, ContactForm, DutyForm, PosterForm
from huiyin.front.office.keeping import OfficeRequest, keeper, page
from huiyin.record import clock
from huiyin.record.bodies import ground, ground_keeping
from huiyin.record.bodies.ground import Here
from huiyin.record.ledger.chains import Actor
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals

KEPT = _("The entry is kept. Residents read it from now on; the old one stays in the history.")
ENDED = _("It is ended. What was so far stays in the history.")
DUTIES_SHOWN = 14  # a week of days and nights; the rest is folded
Deed = Callable[[str, Actor], object]


@dataclass
class Page:
    """The forms of one area's page, and what came of the one that was sent."""

    area: Here | None
    forms: dict[str, forms.Form]
    refusal: Refusal | None = None
    status: int = 200


@require_http_methods(["GET", "HEAD", "POST"])
def areas(request: OfficeRequest) -> HttpResponse:
    """The tree, with where nobody answers yet; the topmost area is entered here."""
    shown = Page(None, {"area": AreaForm(_sent(request, "area"), above=None)})
    if request.method == "POST" and _act(request, shown):
        return redirect("office:areas")
    tree = ground.all_areas()
    answering = ground.contacts([here.id for _depth, here in tree])
    lines = [(depth, here, len(answering.get(here.id, []))) for depth, here in tree]
    context = {"lines": lines, "form": shown.forms["area"], "refusal": shown.refusal}
    return render(request, "office/areas.html", page(request, "areas", context), status=shown.status)


@require_http_methods(["GET", "HEAD", "POST"])
def area(request: OfficeRequest, area: str) -> HttpResponse:
    """One area: everything that is kept about it, each with its form."""
    here = ground.area_named(area)
    if here is None:
        raise Http404
    today, roster = clock.today(request.reader.zone), ground.roster(area)
    shown = Page(here, _forms(request, here, today))
    if request.method == "POST" and _act(request, shown):
        return redirect("office:area", area=area)
    context = {
        "area": here,
        "level": ground.levels(area)[0],
        "history": ground.history(area),
        "roster": roster[:DUTIES_SHOWN],
        "roster_later": roster[DUTIES_SHOWN:],
        "reached": ground.reached(area),
        "posters": ground.posters(area),
        "below": ground.below(area),
        "refusal": shown.refusal,
        "today": today,
        **{f"{name}_form": form for name, form in shown.forms.items()},
    }
    return render(request, "office/area.html", page(request, "areas", context), status=shown.status)


def _forms(request: OfficeRequest, here: Here, today: datetime.date) -> dict[str, forms.Form]:
    found: dict[str, forms.Form] = {
        "contact": ContactForm(_sent(request, "contact"), area=here, initial={"from_on": today, "languages": ["cmn"]}),
        "duty": DutyForm(_sent(request, "duty"), initial={"day": today}),
        "poster": PosterForm(_sent(request, "poster"), initial={"from_on": today}),
    }
    if here.kind not in {"village", "community"}:
        found["area"] = AreaForm(_sent(request, "area"), above=here)
    return found


def _sent(request: OfficeRequest, name: str) -> Any:
    return request.POST if request.method == "POST" and request.POST.get("step") == name else None


def _act(request: OfficeRequest, shown: Page) -> bool:
    """Carry out what was pressed; where that fails, ``shown`` says why."""
    step = request.POST.get("step", "")
    deed = _ending(request, shown.area, step) if step.startswith("end-") else _keeping(shown, step)
    if deed is None:
        shown.status = 422
        return False
    try:
        deed(*keeper(request))
    except Refusal as refusal:
        shown.status = refusals.status(refusal)
        form = shown.forms.get(step)
        if form is None:
            shown.refusal = refusal
        else:
            form.add_error(None, refusals.sentence(refusal))
        return False
    said: Promise = ENDED if step.startswith("end-") else KEPT
    messages.success(request, str(said))
    return True


def _keeping(shown: Page, step: str) -> Deed | None:
    """What the form that was sent asks for; None where it is not filled in."""
    form = shown.forms.get(step)
    if form is None or not form.is_valid():
        return None
    typed, code = form.cleaned_data, shown.area.code if shown.area else ""
    match step:
        case "contact":
            return lambda body, by: ground_keeping.name_contact(
                code, typed["post"], capacity=typed["capacity"], telephone=typed["telephone"],
                hours=Words(typed["hours_zh"].strip(), typed["hours_en"].strip()), languages=typed["languages"],
                from_on=typed["from_on"], body_code=body, by=by,
            )  # fmt: skip
        case "duty":
            return lambda body, by: ground_keeping.give_duty(
                code, typed["post"], telephone=typed["telephone"], day=typed["day"], begins=typed["begins"],
                ends=typed["ends"], body_code=body, by=by,
            )  # fmt: skip
        case "poster":
            return lambda body, by: ground_keeping.hang_poster(
                code, kind=typed["kind"], place=Words(typed["place_zh"].strip(), typed["place_en"].strip()),
                from_on=typed["from_on"], body_code=body, by=by,
            )  # fmt: skip
        case _:
            return lambda body, by: ground_keeping.add_area(
                typed["code"], kind=typed["kind"], name=Words(typed["name_zh"].strip(), typed["name_en"].strip()),
                above=code, body_code=body, by=by,
            )  # fmt: skip


def _ending(request: OfficeRequest, here: Here | None, step: str) -> Deed | None:
    """The entry that ends today."""
    key, today = request.POST.get("key", ""), clock.today(request.reader.zone)
    if here is None or not (key.isascii() and key.isdecimal()) or len(key) > 18:
        return None
    match step:
        case "end-contact":
            return lambda body, by: ground_keeping.end_contact(
                int(key), area=here.code, on=today, body_code=body, by=by
            )
        case "end-duty":
            return lambda body, by: ground_keeping.take_back_duty(int(key), area=here.code, body_code=body, by=by)
        case "end-poster":
            return lambda body, by: ground_keeping.take_poster_down(
                int(key), area=here.code, on=today, body_code=body, by=by
            )
    return None
