"""Staff report an order without legal basis, or reprisal: a door of its own, apart from the desk, to a body outside theirs.

Nothing of the desk is read here: no session, no account. What comes in is a matter like any other, with a receipt.
"""

from __future__ import annotations

import hashlib

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from huiyin.record.bodies.queries import body_of_unit
from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.record.cases.registering.registration import Filing, Identity, Named, default_procedure
from huiyin.record.law.versions import is_in_force
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake import actions, queries, receipt_cookie
from huiyin.stages.intake.forms import Email, Typed, listed
from huiyin.stages.intake.wizard import KEY_LENGTHS
from huiyin.ui import refusals
from huiyin.ui.answers import SeeOther
from huiyin.ui.forms import Radios

PROCEDURE = "staff"
KINDS = (("order", _("An order without legal basis")), ("reprisal", _("Reprisal, or pressure on a colleague")))


class StaffForm(forms.Form):
    """What happened in which unit; every way to be reached may stay empty."""

    kind = forms.ChoiceField(
        label=_("What do you report?"),
        choices=KINDS,
        widget=Radios(),
        error_messages={"required": _("Choose one of the two."), "invalid_choice": _("Choose one of the two.")},
    )
    unit = forms.ChoiceField(
        label=_("In which unit?"),
        choices=listed(queries.unit_list, _("Choose the unit")),
        help_text=_("Nobody of the whole body to which it belongs can find, open or count your report."),
        error_messages={"required": _("Choose the unit."), "invalid_choice": _("Choose the unit.")},
    )
    description = Typed(
        label=_("In your own words"),
        help_text=_("Who ordered or did what, when, and which rule it breaks. Leave out what only you can know."),
        max_length=TEXT_LIMIT,
        missing=_("Write what happened. One sentence is enough."),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    )
    name = Typed(label=_("Your name"), max_length=120, required=False)
    email = Email(label=_("A private e-mail address"), max_length=254, required=False)
    key = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=KEY_LENGTHS.stop)


@require_http_methods(["GET", "HEAD", "POST"])
def staff(request: HttpRequest) -> HttpResponse:
    """One page, and the receipt."""
    form, status, refusal = StaffForm(initial={"key": actions.new_key()}), 200, None
    if request.method == "POST":
        form, status = StaffForm(request.POST), 422
        if form.is_valid():
            key = form.cleaned_data["key"]
            key = key if len(key) in KEY_LENGTHS else actions.new_key()
            try:
                actions.file_complaint(_filing(form), key=receipt_cookie.kept_under(key), digest=_digest(form))
            except Refusal as each:
                refusal, status = each, refusals.status(each)
            else:
                response = SeeOther(reverse("intake:receipt"))
                receipt_cookie.keep(response, key)
                return response
    return render(request, "intake/staff.html", {"form": form, "refusal": refusal}, status=status)


def _filing(form: StaffForm) -> Filing:
    typed = form.cleaned_data
    language = translation.get_language() or "zh-hans"
    is_known = bool(typed["name"].strip() or typed["email"])
    identity = Identity(name=typed["name"], email=typed["email"], language=language) if is_known else None
    return Filing(
        subject=gettext("Report by staff: %(kind)s") % {"kind": dict(KINDS)[typed["kind"]]},
        description=typed["description"],
        channel="staff",
        language=language,
        confidentiality="confidential" if is_known else "anonymous",
        about=(Named("unit", id=typed["unit"]), Named("body", id=body_of_unit(typed["unit"]))),
        identity=identity,
        procedure=PROCEDURE if is_in_force(PROCEDURE) else default_procedure(),
        complaint_class="misconduct",
    )


def _digest(form: StaffForm) -> str:
    typed = "\n".join(f"{name}={form.cleaned_data[name]}" for name in sorted(form.cleaned_data) if name != "key")
    return hashlib.sha256(typed.encode()).hexdigest()
