"""The table as one of its sides uses it: sessions, what is said, the agreement, whether it holds, help besides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.front.portal.doors import with_receipt
from huiyin.front.room import sheets
from huiyin.front.room.forms import (
    FactForm,
    HelpForm,
    HoldsForm,
    NoteForm,
    OfferForm,
    ReadForm,
    TermWordForm,
    new_key,
    put_into,
)
from huiyin.front.room.shown import agreements_shown, facts_shown, help_shown, offers_shown, sessions_shown
from huiyin.front.room.words import (
    named,
)
from huiyin.record.cases.codes.receipts import Holder
from huiyin.rules import sitting
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation import agreements, later, meetings, seats, talks
from huiyin.stages.mediation.seats import Seat
from huiyin.ui.answers import SeeOther, inert_file

either = require_http_methods(["GET", "HEAD", "POST"])
Act = Callable[[dict[str, Any]], str]


@either
@with_receipt
def sessions(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """The sessions this side is asked to; a POST says which times suit."""
    refusal = None
    if request.method == "POST":
        try:
            session = _number(request, "session")
            answers = times_said(request)
            meetings.say_times(holder, number, session, answers, key=request.POST.get("key", ""))
            return _done(request, "room:sessions", number, _("Noted. You can change it until a time is fixed."))
        except Refusal as raised:
            refusal = _shown(raised)
    seat = seats.read_by_side(holder, number)
    context = {"sessions": sessions_shown(seat), "suits": named(sitting.SUITS), "key": new_key()}
    return _page(request, seat, number, "sessions", context, refusal=refusal)


@require_safe
@with_receipt
def calendar(request: HttpRequest, holder: Holder, number: str, key: int) -> HttpResponse:
    """A fixed session as a file for the calendar; its name and title say nothing of a dispute."""
    text = meetings.calendar_file(seats.read_by_side(holder, number), key)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return response


@either
@with_receipt
def talk(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Offers and counter-offers, and the joint page of facts."""
    asked, form, fact = request.POST.get("do", ""), OfferForm(), FactForm()
    refusal, status = None, 200
    if request.method == "POST":
        try:
            if asked in {"offer", "fact"}:
                typed = OfferForm(request.POST) if asked == "offer" else FactForm(request.POST)
                form, fact = (typed, fact) if asked == "offer" else (form, typed)  # type: ignore[assignment]
                status = 422
                if typed.is_valid():
                    text, key = typed.cleaned_data["text"], typed.cleaned_data["key"]
                    answers = _number(request, "answers") if request.POST.get("answers") else None
                    if asked == "offer":
                        talks.offer(holder, number, text, answers=answers, key=key)
                    else:
                        talks.fact_as_side(holder, number, text, key=key)
                    return _done(request, "room:talk", number, _("It stands on the table; the others can read it."))
            elif asked in {"so", "not_so"}:
                talks.say_fact(holder, number, _number(request, "fact"), is_so=asked == "so")
                return _done(request, "room:talk", number, _("Noted. The last word counts."))
            else:
                talks.answer_offer(holder, number, _number(request, "offer"), asked, key=request.POST.get("key", ""))
                return _done(request, "room:talk", number, _("Your answer stands beside the offer."))
        except Refusal as raised:
            refusal = _shown(raised)
    seat = seats.read_by_side(holder, number)
    context = {
        "offers": offers_shown(seat),
        "facts": facts_shown(seat),
        "form": form,
        "fact_form": fact,
        "key": new_key(),
    }
    return _page(request, seat, number, "talk", context, refusal=refusal, status=status)


@either
@with_receipt
def private_notes(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Words for the mediator alone, until the mediation ends."""

    def write(typed: dict[str, Any]) -> str:
        talks.note_as_side(holder, number, typed["text"], key=typed["key"])
        return _("The mediator can read it, and nobody else.")

    return _deed(request, holder, number, "notes", NoteForm, write, lambda seat: {"notes": talks.notes_of(seat)})


@either
@with_receipt
def agreement(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Read the agreement, sign it, and say later on what was kept."""
    form, word, refusal, status = ReadForm(), TermWordForm(), None, 200
    if request.method == "POST":
        try:
            if request.POST.get("do") == "sign":
                form, status = ReadForm(request.POST), 422
                if form.is_valid():
                    agreements.sign_as_side(holder, number, number=_number(request, "agreement"), has_read=True)
                    return _done(
                        request,
                        "room:agreement",
                        number,
                        _("Signed. It holds when all have signed and the mediator too."),
                    )
            else:
                word, status = TermWordForm(request.POST), 422
                if word.is_valid():
                    agreements.say_term(
                        holder, number, agreement=_number(request, "agreement"), term=_number(request, "term"),
                        word=word.cleaned_data["word"], text=word.cleaned_data["text"], key=word.cleaned_data["key"],
                    )  # fmt: skip
                    return _done(request, "room:agreement", number, _("Noted, with the day. The others read it too."))
        except Refusal as raised:
            refusal = _shown(raised)
    seat = seats.read_by_side(holder, number)
    shown = agreements_shown(seat, reverse("room:picture", args=[number]))
    context = {"agreements": shown, "form": form, "word_form": word, "key": new_key(), "own": seat.side}
    return _page(request, seat, number, "agreement", context, refusal=refusal, status=status)


@require_safe
@with_receipt
def picture(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """The photo on which the agreement marks a line, as it was drawn anew."""
    data, media_type = agreements.picture_as_side(seats.read_by_side(holder, number))
    return inert_file(data, "picture", media_type, is_picture=True)


@either
@with_receipt
def afterwards(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Three questions, answered or not; and sitting down again with one click."""

    def answer(typed: dict[str, Any]) -> str:
        if request.POST.get("do") == "again":
            later.sit_down_again(holder, number, typed["news"])
            return _(
                "It is noted that the agreement is not kept. You said yes to mediating again; the others are asked."
            )
        names = ("holds", "content", "news", "visit_on", "key")
        later.answer(holder, number, **{name: typed[name] for name in names})
        return _("Thank you. You can change it until you are asked again.")

    return _deed(
        request, holder, number, "afterwards", HoldsForm, answer,
        lambda seat: {"askings": later.askings_of(seat), "may_again": seat.state == "agreed"},
    )  # fmt: skip


@either
@with_receipt
def help_besides(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Legal aid, relief, a lawyer at the session: asked for, with the day of the answer."""

    def ask(typed: dict[str, Any]) -> str:
        later.ask_for_help(holder, number, typed["kind"], typed["text"], key=typed["key"])
        return _("It is asked for. The day of the answer stands below.")

    return _deed(request, holder, number, "help", HelpForm, ask, lambda seat: {"help": help_shown(seat)})


@require_safe
@with_receipt
def sheet(request: HttpRequest, holder: Holder, number: str, name: str) -> HttpResponse:
    """A sheet to print, for this side."""
    if name not in sheets.FOR_SIDES:
        raise Refusal("not_found")
    seat = seats.read_by_side(holder, number)
    return sheets.render_sheet(request, seat, name, number, picture_url=reverse("room:picture", args=[number]))


def _deed(
    request: HttpRequest, holder: Holder, number: str, name: str, form_class: type[forms.Form], act: Act,
    more: Callable[[Seat], dict[str, Any]],
) -> HttpResponse:  # fmt: skip
    form, refusal, status = form_class(), None, 200
    if request.method == "POST":
        form, status = form_class(request.POST), 422
        if form.is_valid():
            try:
                return _done(request, f"room:{name}", number, act(form.cleaned_data))
            except Refusal as raised:
                status = put_into(form, _shown(raised))
    seat = seats.read_by_side(holder, number)
    return _page(request, seat, number, name, {"form": form, **more(seat)}, refusal=refusal, status=status)


def _page(
    request: HttpRequest, seat: Seat, number: str, name: str, context: dict[str, Any], *, refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    known = {"number": number, "seat": seat, "refusal": refusal, "table_url": reverse("portal:table", args=[number])}
    response = render(request, f"room/{name}.html", known | context, status=status if refusal is None else 409)
    response["Cache-Control"] = "no-store"
    return response


def _shown(refusal: Refusal) -> Refusal:
    """Who is not at the table is asked for the code by the door; everything else stands on the page."""
    if refusal.code == "not_found":
        raise refusal
    return refusal


def _done(request: HttpRequest, name: str, number: str, words: str) -> HttpResponse:
    notes.success(request, words)
    return SeeOther(reverse(name, args=[number]))


def times_said(request: HttpRequest) -> dict[int, str]:
    """Which times suit, as a form says it."""
    said_of = {
        name.removeprefix("time_"): str(value) for name, value in request.POST.items() if name.startswith("time_")
    }
    return {int(number): value for number, value in said_of.items() if number.isdecimal() and len(number) < 6 and value}


def _number(request: HttpRequest, name: str) -> int:
    typed = request.POST.get(name, "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 6):
        raise Refusal("unknown_choice", field=name)
    return int(typed)
