"""Going out: where somebody comes to the village, how to invite them, and what was suggested and answered."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.front.portal.outreach_forms import InviteForm, SuggestForm, YoursForm
from huiyin.record import keyring
from huiyin.record.bodies import ground
from huiyin.rules.outreach import Entry, calendar_file
from huiyin.rules.refusal import Refusal
from huiyin.stages.outreach import actions, queries
from huiyin.stages.outreach.actions import Slip, Visit
from huiyin.stages.outreach.models import Invitation
from huiyin.ui import refusals
from huiyin.ui.answers import SeeOther
from huiyin.ui.languages import page_tag
from huiyin.ui.source import source_of

LABEL = "slip of going out"
PLACE = b"portal"
Send = Callable[[Slip, dict[str, Any]], None]


@require_safe
def going_out(request: HttpRequest) -> HttpResponse:
    """Office hours to come, earliest first, and what one can ask for."""
    hours = queries.hours_to_come()
    return render(request, "portal/going_out.html", {"hours": hours})


@require_safe
def hours_file(request: HttpRequest, area: str = "") -> HttpResponse:
    """Office hours as a calendar file, of an area and all below it or of all; one called off says so."""
    here = ground.area_named(area) if area else None
    if area and here is None:
        raise Http404
    tag, where = page_tag(), f"{settings.HUIYIN_BASE_URL}{reverse('portal:going-out')}"
    title = here.name.in_language(tag) if here else ""
    entries = [
        Entry(
            uid=f"office-hour-{each.id}@{settings.HUIYIN_ORIGIN}",
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            stamp=each.changed_at,
            title=_("Office hour in %(area)s") % {"area": each.area.in_language(tag)},
            place=each.place.in_language(tag),
            url=where,
            is_off=each.is_off,
        )
        for each in queries.hours_to_come(area, with_called_off=True)
    ]
    text = calendar_file(entries, name=f"{_('Office hours')} {title}".strip())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="office-hours{f"-{area}" if area else ""}.ics"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Ask for a visit on a day of one's own."""

    def send(slip: Slip, typed: dict[str, Any]) -> None:
        names = ("area", "wished_on", "part", "name", "telephone", "where", "note")
        actions.invite(slip, Visit(**{name: typed[name] for name in names}, language=page_tag().lower()))

    return _sent_in(request, InviteForm, send, "portal/invite.html")


@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """A suggestion, without an account."""

    def send(slip: Slip, typed: dict[str, Any]) -> None:
        actions.suggest(slip, typed["area"], typed["text"], language=page_tag().lower())

    return _sent_in(request, SuggestForm, send, "portal/suggest.html")


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What was suggested and what came of it, newest first."""
    asked = request.GET.get("before", "")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
        raise Http404
    told, following = queries.answered(before=int(asked or 0))
    here = reverse("portal:suggestions")
    context = {
        "told": told,
        "next_url": f"{here}?before={following}" if following else "",
        "first_url": here if asked else "",
    }
    return render(request, "portal/suggestions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def yours(request: HttpRequest) -> HttpResponse:
    """What became of an invitation or a suggestion, for whoever has its number and code; and taking it back."""
    form, refusal, context = YoursForm(), None, {}
    if request.method == "POST":
        slip = _opened(request.POST.get("sealed", ""))
        number = slip.number if slip else request.POST.get("number", "")
        code = slip.code if slip else request.POST.get("code", "")
        form = YoursForm(initial={"number": number, "code": code})
        try:
            if slip and request.POST.get("step") == "withdraw":
                actions.withdraw(number, code, source=source_of(request))
                notes.success(request, _("It is taken back. Nothing of what you wrote is left with us."))
                return SeeOther(reverse("portal:going-out"))
            context = _found(actions.find(number, code, source=source_of(request)), code)
        except Refusal as raised:
            refusal = raised
    context |= {"form": form, "refusal": refusal}
    response = render(request, "portal/yours.html", context, status=refusals.status(refusal) if refusal else 200)
    response["Cache-Control"] = "no-store"
    return response


def _found(row: Any, code: str) -> dict[str, Any]:
    sealed = _sealed(Slip(row.number, code))
    if isinstance(row, Invitation):
        return {"invitation": queries.asked_view(row), "sealed": sealed}
    return {"suggestion": queries.told_view(row), "sealed": sealed}


def _sent_in(request: HttpRequest, kind: type[forms.Form], send: Send, template: str) -> HttpResponse:
    """The form with its slip; once it is sent, number and code are shown. Sent again, it is the same one."""
    made, refusal, status = None, None, 200
    if request.method == "POST":
        form, status = kind(request.POST), 422
        slip = _opened(request.POST.get("sealed", ""))
        if slip is None:
            data = request.POST.copy()
            data["sealed"] = _sealed(actions.new_slip())
            form = kind(data)
            form.is_valid()
            refusal = Refusal("stale")
        elif form.is_valid():
            try:
                send(slip, form.cleaned_data)
                made, status = slip, 200
            except Refusal as raised:
                status = refusals.put_into(form, raised)
    else:
        form = kind(initial={"sealed": _sealed(actions.new_slip()), "area": request.GET.get("area", "")})
    response = render(request, template, {"form": form, "made": made, "refusal": refusal}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _sealed(slip: Slip) -> str:
    return urlsafe_b64encode(keyring.seal(LABEL, f"{slip.number} {slip.code}".encode(), PLACE)).decode()


def _opened(sealed: str) -> Slip | None:
    try:
        number, _blank, code = (
            keyring.open_sealed(LABEL, urlsafe_b64decode(sealed.encode()), PLACE).decode().partition(" ")
        )
    except (keyring.SealBroken, binascii.Error, ValueError):
        return None
    return Slip(number, code)
