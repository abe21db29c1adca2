"""Afterwards, at the desk: what the sides answered, help that was asked for, and the sheets of the room."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.front.arriving import data_of
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.room import sheets
from huiyin.front.room.at_the_desk import number_in, posted, to_page, went_well
from huiyin.front.room.forms import CallForm, HelpAnswerForm, PhotoForm, TypeForm, put_into
from huiyin.front.room.shown import help_shown
from huiyin.front.room.words import SHEETS, said, side_name
from huiyin.rules import holding
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation import later, room, seats

either = require_http_methods(["GET", "HEAD", "POST"])


@either
def afterwards(request: OfficerRequest, number: str) -> HttpResponse:
    """What the sides answered; a call by somebody who did not mediate is written down here. And help that was asked for."""
    seat = seats.read_by_office(number, request.reader)
    do, status = request.POST.get("do", ""), 200
    form = CallForm(posted(request) if do == "call" else None, sides=seat.sides)
    answer = HelpAnswerForm(posted(request) if do == "help" else None)
    if request.method == "POST":
        used: forms.Form = answer if do == "help" else form
        status = 422
        if used.is_valid():
            typed = used.cleaned_data
            try:
                if do == "help":
                    later.answer_help(
                        number,
                        number_in(request, "help"),
                        by=request.reader,
                        outcome=typed["outcome"],
                        text=typed["text"],
                    )
                    return went_well(
                        request, "room:desk-afterwards", number, _("The side that asked reads your answer.")
                    )
                names = ("side", "channel", "holds", "content", "news", "visit_on", "key")
                later.answer_by_call(number, by=request.reader, **{name: typed[name] for name in names})
                return went_well(request, "room:desk-afterwards", number, _("Kept, as it was said."))
            except Refusal as refusal:
                status = put_into(used, refusal)
    rounds = [
        {"view": each, "replies": [{"view": reply, "who": side_name(reply.side), "holds": said(holding.ANSWERS, reply.holds), "content": said(holding.ANSWERS, reply.content), "channel": said(holding.CHANNELS, reply.channel)} for reply in each.replies]}
        for each in later.askings_of(seat)
    ]  # fmt: skip
    context = {"askings": rounds, "form": form, "help": help_shown(seat), "answer_form": answer}
    return to_page(request, seat, "desk_afterwards", context, status=status)


@either
def kit(request: OfficerRequest, number: str) -> HttpResponse:
    """Sheets to print, and photographed ones to be typed."""
    seat = seats.read_by_office(number, request.reader)
    do, status = request.POST.get("do", ""), 200
    photo = PhotoForm(posted(request), request.FILES) if do == "photo" else PhotoForm()
    typing = TypeForm(posted(request) if do == "type" else None)
    if request.method == "POST":
        used: forms.Form = typing if do == "type" else photo
        status = 422
        if used.is_valid():
            try:
                if do == "type":
                    room.type_in(number, number_in(request, "paper"), used.cleaned_data["text"], by=request.reader)
                    return went_well(request, "room:desk-kit", number, _("It is typed."))
                file = used.cleaned_data["attached"]
                room.photograph(
                    number, used.cleaned_data["sheet"], data_of(file), by=request.reader, name=file.name or ""
                )
                return went_well(request, "room:desk-kit", number, _("The photo is kept. Type it by the day below."))
            except Refusal as refusal:
                status = put_into(used, refusal)
    context = {
        "sheets": list(SHEETS.items()), "photo_form": photo, "type_form": typing,
        "papers": [{"view": each, "name": SHEETS[each.sheet]} for each in room.papers_of(seat)],
    }  # fmt: skip
    return to_page(request, seat, "desk_kit", context, status=status)


@require_safe
def sheet(request: OfficerRequest, number: str, name: str) -> HttpResponse:
    """One sheet to print."""
    if name not in SHEETS:
        raise Refusal("not_found")
    seat = seats.read_by_office(number, request.reader)
    return sheets.render_sheet(request, seat, name, number, picture_url=reverse("room:desk-picture", args=[number]))
