"""Somebody acts for the complainant with a code of their own; and another code in place of one that somebody else may know."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.front import fresh_codes
from huiyin.front.portal.acting import either
from huiyin.front.portal.doors import with_receipt
from huiyin.front.portal.helper_forms import MAY, HelperForm, NewCodeForm
from huiyin.front.portal.labels import said
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.deeds import helping
from huiyin.record.cases.deeds.helping import Helper
from huiyin.record.cases.opening import access
from huiyin.record.cases.shown.case_view import CaseView
from huiyin.rules.helping import OWN
from huiyin.rules.refusal import Refusal
from huiyin.stages.followup import actions as followup
from huiyin.ui import refusals
from huiyin.ui.answers import SeeOther
from huiyin.ui.helping import WHO


@either
@with_receipt
def helpers(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Who may act for me, what each of them opened, and letting somebody in; their code is shown this once."""
    view = _own(holder, number)
    form, made, refusal, status = HelperForm(initial={"may": "write"}), None, None, 200
    if request.method == "POST":
        form, status = HelperForm(request.POST), 422
        if form.is_valid():
            typed = form.cleaned_data
            try:
                made = helping.add_helper(holder, Helper(typed["who"], typed["label"], typed["may"], typed["until_on"]))
                view, form, status = _own(holder, number), HelperForm(initial={"may": "write"}), 200
            except Refusal as raised:
                refusal, status = raised, refusals.status(raised)
    context = {"view": view, "form": form, "made": made, "refusal": refusal, "helpers": _listed(view)}
    response = render(request, "portal/helpers.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@with_receipt
def helper_end(request: HttpRequest, holder: Holder, number: str, key: int) -> HttpResponse:
    """Take a helper's code back; it opens nothing from now on."""
    view = _own(holder, number)
    helping.end_helper(holder, key)
    notes.success(request, _("The code of helper %(number)s opens nothing any more.") % {"number": key})
    return SeeOther(reverse("portal:helpers", args=[view.number]))


@either
@with_receipt
def new_code(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Another code: shown first, and in force once its last digits were typed, so that nobody loses both."""
    view = _own(holder, number)
    code = fresh_codes.brought_back(holder, request.POST.get("sealed", "")) if request.method == "POST" else ""
    fresh = code or receipts.new_code()
    form, status = NewCodeForm(initial={"sealed": fresh_codes.carried(holder, fresh)}, code=fresh), 200
    if request.method == "POST" and code:
        form, status = NewCodeForm(request.POST, code=code), 422
        if form.is_valid():
            renewed = followup.replace_code(holder, code)
            notes.success(request, _("The new code holds. The old one opens nothing any more, on no device."))
            done = SeeOther(reverse("portal:case", args=[view.number]))
            done.renewed = renewed  # type: ignore[attr-defined]
            return done
    context = {"view": view, "form": form, "code": fresh, "refusal": None}
    response = render(request, "portal/new_code.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _own(holder: Holder, number: str) -> CaseView:
    """The matter of the receipt itself, for the complainant alone."""
    receipts.must_let(holder, OWN)
    if number != holder.number:
        raise Refusal("not_found")
    return access.open_as_complainant(holder, number)


def _listed(view: CaseView) -> list[dict[str, Any]]:
    """Each helper with when they opened the matter."""
    return [
        {
            "helper": each,
            "who": said(WHO, each.who),
            "may": said(MAY, each.may),
            "looks": [look.at for look in view.looks if look.role == "helper" and look.duty_number == str(each.number)],
        }
        for each in view.helpers
    ]
