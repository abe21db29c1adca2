"""Sealed matters: one's own vault passphrase, unlocking, and who holds the keys of one's desks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from huiyin.front.desk import unlocked
from huiyin.front.desk.entering import way_on
from huiyin.front.desk.forms.sealed import ChangeForm, NewPassphraseForm, UnlockForm
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.day import with_queues
from huiyin.record import keyring
from huiyin.record.sealing import desks, in_hand, staff
from huiyin.rules.receipt import parse_case_number
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals
from huiyin.ui.answers import SeeOther

FORMS: dict[str, type[forms.Form]] = {
    "unlock": UnlockForm, "begin": NewPassphraseForm, "anew": NewPassphraseForm, "change": ChangeForm,
}  # fmt: skip


@sensitive_post_parameters("passphrase", "old", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def sealed(request: OfficerRequest) -> HttpResponse:
    """Everything about it on one page; which form was sent, its button says."""
    deed = request.POST.get("deed", "")
    if request.method != "POST" or deed not in {*FORMS, "lock", "give"}:
        return _page(request, status=422 if request.method == "POST" else 200)
    if deed == "lock":
        response = SeeOther(request.path)
        unlocked.forget(request, response)
        return response
    if deed == "give":
        desks.give(request.POST.get("desk", ""), request.POST.get("officer", ""), by=request.reader)
        messages.success(request, _("The key of the desk was given. It is written into the record of the office."))
        return redirect("desk:sealed")
    form = FORMS[deed](request.POST, auto_id=f"{deed}-%s")
    if not form.is_valid():
        return _page(request, {deed: form}, status=422)
    try:
        return _done(request, deed, form.cleaned_data)
    except Refusal as refusal:
        field = next((name for name in ("passphrase", "old") if name in form.fields), None)
        form.add_error(field, refusals.sentence(refusal))
        return _page(request, {deed: form}, status=refusals.status(refusal))


def _done(request: OfficerRequest, deed: str, given: dict[str, Any]) -> HttpResponse:
    """Set, open or change one's key. Raises Refusal."""
    reader = request.reader
    if deed == "change":
        staff.change_passphrase(given["old"], given["new"], by=reader)
        messages.success(request, _("The new vault passphrase holds."))
        return redirect("desk:sealed")
    if deed == "begin" and staff.has_key(reader.officer_id):
        raise Refusal("repeated")
    opens = deed == "unlock"
    private = staff.unlock(given["passphrase"], by=reader) if opens else staff.set_passphrase(given["new"], by=reader)
    desks.begin_missing(reader)
    response = SeeOther(way_on(request.POST.get("next", "")) if request.POST.get("next") else request.path)
    unlocked.keep(request, response, reader, private)
    return response


def _page(request: OfficerRequest, used: dict[str, forms.Form] | None = None, *, status: int = 200) -> HttpResponse:
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    number = next((found for part in wanted.split("/") if (found := parse_case_number(part))), "")
    used = used or {}
    context: dict[str, Any] = {
        "has_key": staff.has_key(request.reader.officer_id),
        "is_unlocked": in_hand.hand().staff is not None,
        "desks": desks.desks_of(request.reader),
        "has_recovery": bool(keyring.recovery_set()),
        "is_demo": settings.HUIYIN_PROFILE == "demo",
        "next": wanted if wanted else "",
        "number": number,
        "forms": {deed: used.get(deed) or kind(auto_id=f"{deed}-%s") for deed, kind in FORMS.items()},
        "wrong": next(iter(used.values()), None),
        "idle_minutes": unlocked.IDLE // 60,
    }
    return render(request, "desk/sealed.html", with_queues(request.reader, context), status=status)
