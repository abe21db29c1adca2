"""What is said on the desk about a promise: done, another day to look again, found done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from huiyin.front.desk.forms.promises import DEEDS
from huiyin.front.desk.labels import DUTY_STATES, DUTY_STEPS
from huiyin.front.desk.refusing import put_into
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.case import open_for
from huiyin.front.desk.views.moving import kept
from huiyin.front.owed import owed_in
from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.deeds import duties
from huiyin.record.cases.shown.case_view import CaseView
from huiyin.rules.duties import Deed
from huiyin.rules.refusal import Refusal

TITLES: dict[str, tuple[Deed, Promise, Promise]] = {
    "done": ("say_done", _("Say that it is done"), _("The complainant reads it now and has the last word.")),
    "later": ("move", _("Set another day to look again"), _("The new day is set. The complainant reads it and why.")),
    "found": ("find", _("Find that it is done"), _("What was found is kept. The promise has ended.")),
}

LOOKED_AGAIN = _("Say what came of it")


@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: OfficerRequest, number: str, key: int, deed: str) -> HttpResponse:
    """Say something about one promise of a matter, and go back. Nothing typed is lost."""
    if deed not in DEEDS:
        raise Http404
    form, status = DEEDS[deed](request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _carry_out(request.reader, number, key, deed, form.cleaned_data)
            except Refusal as refusal:
                status = put_into(form, refusal)
            else:
                messages.success(request, str(TITLES[deed][2]))
                return redirect("desk:case", number=number)
    try:
        view = open_for(request.reader, number)
    except Refusal as refusal:
        return kept(request, refusal)
    return _page(request, view, key, deed, form, status)


def _carry_out(reader: Reader, number: str, key: int, deed: str, typed: dict[str, Any]) -> None:
    match deed:
        case "done":
            duties.say_done(number, key, by=reader, text=typed["text"])
        case "later":
            duties.move_day(number, key, by=reader, due_on=typed["due_on"], text=typed["text"])
        case _:
            duties.find_done(number, key, by=reader, text=typed["text"])


def _page(request: OfficerRequest, view: CaseView, key: int, deed: str, form: forms.Form, status: int) -> HttpResponse:
    owed = next((each for each in owed_in(view, DUTY_STATES, DUTY_STEPS) if each.duty.number == key), None)
    if owed is None:
        raise Http404
    if status == 200 and TITLES[deed][0] not in owed.duty.deeds:
        raise Refusal("not_allowed_now")
    title = LOOKED_AGAIN if deed == "done" and owed.duty.is_to_look_again else TITLES[deed][1]
    context = {"view": view, "owed": owed, "form": form, "title": title, "today": clock.today(view.zone)}
    return render(request, "desk/duty.html", context, status=status)
