"""The table as whoever mediates uses it, on a phone too: sessions, notes, talks, agreement, coming back, papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.front.arriving import data_of
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.room import kinds
from huiyin.front.room.at_the_desk import number_in, on_page, posted, to_page, went_well
from huiyin.front.room.forms import (
    AgreementForm,
    CodeSignForm,
    FactForm,
    HeldForm,
    LineForm,
    MeetingForm,
    NoteForm,
    PaperSignForm,
    WhyForm,
    put_into,
)
from huiyin.front.room.shown import agreements_shown, facts_shown, help_shown, offers_shown, sessions_shown
from huiyin.front.room.side_pages import times_said
from huiyin.front.room.words import named, side_name
from huiyin.record.cases.papers import attaching
from huiyin.rules import sitting
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation import agreements, meetings, room, seats, talks
from huiyin.stages.mediation.seats import Seat
from huiyin.ui.answers import inert_file
from huiyin.ui.languages import page_tag
from huiyin.ui.source import source_of

either = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def hub(request: OfficerRequest, number: str) -> HttpResponse:
    """What can be done at this table."""
    seat = seats.read_by_office(number, request.reader)
    context = {
        "sessions": sessions_shown(seat), "help": [each for each in help_shown(seat) if not each["view"].outcome],
        "papers": [each for each in room.papers_of(seat) if not each.is_typed],
    }  # fmt: skip
    return to_page(request, seat, "hub", context)


@either
def sessions(request: OfficerRequest, number: str) -> HttpResponse:
    """Ask the sides which times suit."""
    seat = seats.read_by_office(number, request.reader)
    form, status = MeetingForm(posted(request), sides=seat.sides, zone=seat.zone), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                meetings.propose(number, form.meeting(), by=request.reader, key=form.cleaned_data["key"])
                return went_well(
                    request, "room:desk-sessions", number, _("The sides are asked. They read the times on their page.")
                )
            except Refusal as refusal:
                status = put_into(form, refusal)
    return to_page(request, seat, "desk_sessions", {"form": form, "sessions": sessions_shown(seat)}, status=status)


@either
def session(request: OfficerRequest, number: str, key: int) -> HttpResponse:
    """One session: fix a time, write down what a side said of the times, that it was held, or that it does not count."""
    seat = seats.read_by_office(number, request.reader)
    view = meetings.one(seat, key)
    asked = [side for side in seat.sides if view.with_side in (0, side)]
    do, refusal, status = request.POST.get("do", ""), None, 200
    held = HeldForm(posted(request) if do == "hold" else None, sides=asked)
    why = WhyForm(posted(request) if do == "void" else None)
    if request.method == "POST":
        form = held if do == "hold" else why if do == "void" else None
        if form is None or form.is_valid():
            try:
                return went_well(request, "room:desk-session", number, _at_session(request, number, key, do, form), key)
            except Refusal as raised:
                if form is None:
                    refusal, status = on_page(raised), 409
                else:
                    status = put_into(form, raised)
        else:
            status = 422
    shown = next(each for each in sessions_shown(seat) if each["view"].number == key)
    context = {
        "session": shown, "held_form": held, "why_form": why, "suits": named(sitting.SUITS), "asked": [(side, side_name(side)) for side in asked],
        "refusal": refusal,
    }  # fmt: skip
    return to_page(request, seat, "desk_session", context, status=status)


def _at_session(request: OfficerRequest, number: str, key: int, do: str, form: forms.Form | None) -> str:
    typed: dict[str, Any] = form.cleaned_data if form is not None else {}
    if do == "hold":
        meetings.hold(
            number, key, by=request.reader, came=typed["came"], record=typed["record"], beside=typed["beside"],
            written_for=typed["written_for"], key=typed["key"],
        )  # fmt: skip
        return _("The record is kept; the sides read it on their page.")
    if do == "void":
        meetings.void(number, key, by=request.reader, why=typed["why"])
        return _("This session does not count. Offer a new one.")
    if do == "fix":
        meetings.fix(number, key, number_in(request, "time"), by=request.reader)
        return _("The time is fixed. The sides are told, and reminded the day before.")
    if do == "say":
        answers = times_said(request)
        meetings.note_times(number, key, number_in(request, "side"), answers, by=request.reader)
        return _("Noted for this side.")
    if do == "off":
        meetings.call_off(number, key, by=request.reader)
        return _("The session is called off. The sides are told.")
    raise Refusal("unknown_choice", field="do")


@either
def private_notes(request: OfficerRequest, number: str) -> HttpResponse:
    """The mediator's own notes, and what each side wrote for the mediator alone. Never printed, never exported."""

    def write(typed: dict[str, Any]) -> str:
        talks.note_as_mediator(number, typed["text"], by=request.reader, key=typed["key"])
        return _("Kept for you alone. It is destroyed when the mediation ends.")

    def more(seat: Seat) -> dict[str, Any]:
        return {
            "notes": [
                {"view": each, "who": side_name(each.side) if each.side else _("Your own")}
                for each in talks.notes_of(seat)
            ]
        }

    return _deed(request, number, "desk_notes", lambda data, _seat: NoteForm(data), write, more, "room:desk-notes")


@either
def talk(request: OfficerRequest, number: str) -> HttpResponse:
    """Offers as the sides made them, and the joint page of facts."""

    def write(typed: dict[str, Any]) -> str:
        talks.fact_as_mediator(number, typed["text"], by=request.reader, key=typed["key"])
        return _("It stands on the joint page; each side says yes or no.")

    return _deed(
        request, number, "desk_talk", lambda data, _seat: FactForm(data), write,
        lambda seat: {"offers": offers_shown(seat), "facts": facts_shown(seat)}, "room:desk-talk",
    )  # fmt: skip


@either
def agreement(request: OfficerRequest, number: str) -> HttpResponse:
    """Write the agreement, read it out, let it be signed, and make it."""
    seat = seats.read_by_office(number, request.reader)
    do, refusal, status = request.POST.get("do", ""), None, 200
    written = next((each for each in agreements.agreements_of(seat) if each.state in agreements.WRITTEN), None)
    kind = kinds.chosen(seat, request.GET.get("kind", ""))
    form = AgreementForm(
        posted(request) if do == "draft" else None, sides=seat.sides, initial=_initial(written, seat.case_id), kind=kind
    )
    if do == "suggest":
        begun = kinds.filled_in(form, request.POST, kind)
        form = AgreementForm(initial=begun, sides=seat.sides, kind=kind)
    paper = PaperSignForm(
        posted(request) if do == "paper" else None, request.FILES if do == "paper" else None, sides=seat.sides
    )
    code = CodeSignForm(posted(request) if do == "code" else None)
    if request.method == "POST" and do != "suggest":
        used = {"draft": form, "paper": paper, "code": code}.get(do)
        if used is not None and not used.is_valid():
            status = 422
        else:
            try:
                words = _at_agreement(request, number, do, used, written.number if written else 0)
                done = went_well(request, "room:desk-agreement", number, words)
                if kind is not None and "kind" in request.GET:
                    done["Location"] += f"?kind={kind.id}"
                return done
            except Refusal as raised:
                if used is None:
                    refusal, status = on_page(raised), 409
                else:
                    status = put_into(used, raised)
    shown = agreements_shown(seat, reverse("room:desk-picture", args=[number]))
    context = {
        "agreements": shown, "form": form, "paper_form": paper, "code_form": code, "refusal": refusal, "written": written,
        "may_write": seat.stage == "mediation", "kind": kind, "kinds": kinds.all_of(seat),
        "warned": kinds.warned_in(written, kind), "has_blanks": kinds.has_blanks(written),
        "action": reverse("room:desk-agreement", args=[number]),
    }  # fmt: skip
    return to_page(request, seat, "desk_agreement", context, status=status)


def _at_agreement(request: OfficerRequest, number: str, do: str, form: forms.Form | None, agreement: int) -> str:
    reader = request.reader
    if isinstance(form, AgreementForm):
        agreements.draft(number, form.draft(), by=reader, key=form.cleaned_data["key"])
        return _("Kept. The sides can read it. Signatures under other words are gone.")
    if isinstance(form, PaperSignForm):
        typed, scan = form.cleaned_data, None
        if typed["scan"]:
            file = typed["scan"][0]
            scan = attaching.add_as_office(number, data_of(file), by=reader, name=file.name or "").view.number
        agreements.sign_on_paper(number, by=reader, side=typed["side"], how=typed["how"], number=agreement, scan=scan)
        return _("The signature is noted.")
    if isinstance(form, CodeSignForm):
        typed = form.cleaned_data
        agreements.sign_by_code(
            number, by=reader, receipt=typed["receipt"], code=typed["code"], number=agreement, source=source_of(request)
        )
        return _("Signed with the own code.")
    if do == "read":
        agreements.read_out(number, by=reader)
        return _("It was read out. Now each side can sign.")
    if do == "conclude":
        agreements.conclude(number, by=reader, language=page_tag())
        return _("The agreement is made. Its letter stands in the matter, and the days run.")
    raise Refusal("unknown_choice", field="do")


def _initial(written: agreements.AgreementView | None, _case: int) -> dict[str, Any]:
    if written is None:
        return {}
    names = ("facts", "issues", "responsibility", "manner", "is_oral", "is_partial", "not_confirmable")
    initial: dict[str, Any] = {name: getattr(written, name) for name in names}
    for at, term in enumerate(written.terms, start=1):
        initial |= {
            f"text_{at}": term.text,
            f"side_{at}": term.side,
            f"due_on_{at}": term.due_on,
            f"amount_{at}": term.amount,
        }
    return initial


@either
def line(request: OfficerRequest, number: str) -> HttpResponse:
    """Mark a line on a photo or sketch; by tapping, or by typing its points."""
    seat = seats.read_by_office(number, request.reader)
    written = next((each for each in agreements.agreements_of(seat) if each.state in agreements.WRITTEN), None)
    if written is None:
        raise Refusal("not_found")
    form, status = LineForm(initial={"drawn": written.line, "words": written.line_words}), 200
    if request.method == "POST":
        form, status = LineForm(request.POST, request.FILES), 422
        if form.is_valid():
            try:
                file, picture = form.cleaned_data["attached"], None
                if file is not None:
                    added = attaching.add_as_office(number, data_of(file), by=request.reader, name=file.name or "")
                    picture = agreements.size_of(number, added.view.number, by=request.reader)
                agreements.draw(
                    number,
                    by=request.reader,
                    drawn=form.cleaned_data["drawn"],
                    words=form.cleaned_data["words"],
                    picture=picture,
                )
                return went_well(
                    request, "room:desk-line", number, _("Kept. Signatures under the earlier line are gone.")
                )
            except Refusal as refusal:
                status = put_into(form, refusal)
    shown = next(
        each
        for each in agreements_shown(seat, reverse("room:desk-picture", args=[number]))
        if each["view"].number == written.number
    )
    return to_page(request, seat, "desk_line", {"form": form, "agreement": shown}, status=status)


@require_safe
def picture(request: OfficerRequest, number: str) -> HttpResponse:
    """The photo on which the agreement marks a line."""
    key = agreements.picture_of(seats.read_by_office(number, request.reader))
    file = attaching.open_as_officer(number, key, "copy", reader=request.reader)
    return inert_file(file.data, file.name, file.media_type, is_picture=True)


def _deed(
    request: OfficerRequest, number: str, template: str, form_of: Callable[[Any, Seat], forms.Form],
    act: Callable[[dict[str, Any]], str], more: Callable[[Seat], dict[str, Any]], back: str,
) -> HttpResponse:  # fmt: skip
    seat = seats.read_by_office(number, request.reader)
    form, status = form_of(posted(request), seat), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return went_well(request, back, number, act(form.cleaned_data))
            except Refusal as refusal:
                status = put_into(form, refusal)
    return to_page(request, seat, template, {"form": form, **more(seat)}, status=status)
