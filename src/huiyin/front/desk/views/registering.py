"""A call, a visit, a letter becomes a case: one page, then what to read back and hand over."""

from __future__ import annotations

import datetime
from typing import Any

import segno
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.front.desk.forms.register import RegisterForm
from huiyin.front.desk.refusing import put_into
from huiyin.front.desk.requests import OfficerRequest
from huiyin.record import clock
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering.registration import Registered
from huiyin.record.cases.shown.case_view import CaseView
from huiyin.record.cases.words import telltales
from huiyin.record.law import versions
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import new_key, register_at_desk
from huiyin.stages.intake.wizard import digest_of
from huiyin.ui.telltales import KINDS

KEPT, KEPT_AT_MOST = (
    "registered",
    6,
)  # what was just registered, in the session: numbers and dates, never words or codes
FIELD_OF = {
    "card_unknown": "card", "card_used": "card", "date_in_future": "received_on", "date_in_past": "helper_until_on",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: OfficerRequest) -> HttpResponse:
    """Eight fields; sent twice, at once or one after the other, it is still one case."""
    if request.method != "POST":
        today = clock.today(request.reader.zone)
        return _form_page(request, RegisterForm(initial={"received_on": today, "key": new_key()}))
    form = RegisterForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, 422)
    typed = form.cleaned_data
    language = language_of(typed["description"])
    words = {name: value for name, value in typed.items() if name != "key"}
    try:
        registered = register_at_desk(
            form.filing(language=language),
            by=request.reader,
            card=typed["card"],
            key=typed["key"],
            digest=digest_of(words, language),
            helper=form.helper(),
        )
    except Refusal as refusal:
        if refusal.code == "key_conflict":
            return _sent_before(request, typed["key"])
        return _form_page(request, form, put_into(form, _at_its_field(refusal)))
    _keep(request, registered, form)
    return redirect("desk:registered", number=registered.case_number)


def _sent_before(request: OfficerRequest, key: str) -> HttpResponse:
    """This form was sent and then changed: another matter, or a correction? The officer says, and nothing is lost."""
    data = request.POST.copy()
    data["key"] = new_key()
    form = RegisterForm(data)
    form.is_valid()
    number = next((number for number, each in _kept(request).items() if each["key"] == key), "")
    if number:
        said = _(
            "This form was sent before and became %(number)s. If this is another matter, send it again; if it corrects the first, open that one."
        )
    else:
        said = _("This form was sent before, with other words. If this is another matter, send it again.")
    form.add_error(None, said % {"number": number})
    return _form_page(request, form, 409)


@require_safe
def registered(request: OfficerRequest, number: str) -> HttpResponse:
    """What to read back, tell and hand over; the words themselves only where the registrar may open the case."""
    kept = _kept(request).get(number)
    if kept is None:
        raise Http404
    view: CaseView | None = None
    if not kept["is_outside"]:
        view = access.open_case(number, reader=request.reader, purpose="register")
    found = telltales.found_in(subject=view.subject, description=view.description) if view else ()
    context: dict[str, Any] = {"kept": _read(kept), "number": number, "view": view}
    context["found"] = [{"kind": KINDS[each.place.kind], "words": each.words} for each in found]
    return render(request, "desk/registered.html", context)


@require_safe
def slip(request: OfficerRequest, number: str) -> HttpResponse:
    """A slip to stamp and give: number, date, duties, the way to follow it; never a code."""
    kept = _kept(request).get(number)
    shown = _read(kept) if kept else _shown(access.open_case(number, reader=request.reader, purpose="register"))
    address = f"{settings.HUIYIN_BASE_URL}/track/{number}"
    return render(request, "desk/slip.html", {"kept": shown, "number": number, "address": address, "qr": qr(address)})


def language_of(words: str) -> str:
    """The language to answer in: that of the person's own words, whatever language the desk is set to."""
    return "zh-hans" if any("\u4e00" <= letter <= "\u9fff" for letter in words) else "en"


def qr(address: str) -> SafeString:
    """The address as a square to point a phone at."""
    drawn: str = segno.make(address, error="m", micro=False).svg_inline(scale=4, border=2, omitsize=True, svgclass="qr")
    return mark_safe(drawn)  # noqa: S308  drawn here from a number, nothing typed is in it


def _form_page(request: OfficerRequest, form: RegisterForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "may_open_dispute": bool(versions.mediations_in_force())}
    return render(request, "desk/register.html", context, status=status)


def _at_its_field(refusal: Refusal) -> Refusal:
    field = refusal.params.get("field")
    field = field if field == "helper_card" else FIELD_OF.get(refusal.code) or field
    return Refusal(
        refusal.code, **(refusal.params | ({"field": "about_officer" if field == "about" else field} if field else {}))
    )


def _kept(request: OfficerRequest) -> dict[str, Any]:
    kept: dict[str, Any] = request.session.get(KEPT, {})
    return kept


def _keep(request: OfficerRequest, registered: Registered, form: RegisterForm) -> None:
    entry = {
        "key": form.cleaned_data["key"],
        "has_card": bool(form.cleaned_data["card"].strip()),
        "has_helper_card": bool(form.cleaned_data["helper_card"].strip()),
        "received_on": form.cleaned_data["received_on"].isoformat(),
        "is_outside": registered.is_outside,
        "at": registered.registered_at.isoformat(),
        "body": _pair(registered.body),
        "status_word": _pair(registered.status_word),
        "terms": [
            {
                "duty": _pair(each.duty),
                "due_on": each.due_on.isoformat(),
                "provisional": each.provisional,
                "article": each.article,
            }
            for each in registered.terms
        ],
    }
    latest = list(_kept(request).items())[-KEPT_AT_MOST + 1 :]
    request.session[KEPT] = dict([*latest, (registered.case_number, entry)])


def _pair(words: Words) -> list[str]:
    return [words.zh, words.en]


def _read(kept: dict[str, Any]) -> dict[str, Any]:
    terms = [
        each | {"duty": Words(*each["duty"]), "due_on": datetime.date.fromisoformat(each["due_on"])}
        for each in kept["terms"]
    ]
    words = {name: Words(*kept[name]) for name in ("body", "status_word")}
    received_on = datetime.date.fromisoformat(kept["received_on"])
    return (
        kept | words | {"terms": terms, "received_on": received_on, "at": datetime.datetime.fromisoformat(kept["at"])}
    )


def _shown(view: CaseView) -> dict[str, Any]:
    terms = [
        {
            "duty": each.name,
            "due_on": each.due_on,
            "provisional": each.is_provisional,
            "article": each.rule.quotable_article,
        }
        for each in view.running
        if each.owed_by != "complainant"
    ]
    return {
        "at": view.registered_at, "received_on": view.received_on, "body": view.body, "terms": terms, "has_card": False,
        "status_word": receipts.status_word(view.number),
    }  # fmt: skip
