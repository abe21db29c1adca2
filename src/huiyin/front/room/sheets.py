"""The sheets of the room: printed with what is known, and with room for a hand, a thumbprint and a seal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.front.room.shown import agreements_shown, sessions_shown
from huiyin.front.room.words import SHEETS, named, side_name
from huiyin.record import clock
from huiyin.rules import agreeing
from huiyin.stages.mediation import agreements
from huiyin.stages.mediation.seats import Seat

FOR_SIDES = ("invitation", "rights", "agreement", "confirmation", "aid")
LINES = range(5)


def render_sheet(request: HttpRequest, seat: Seat, name: str, number: str, *, picture_url: str) -> HttpResponse:
    """One sheet; the newest agreement stands on the sheets about it. No name is printed: names are written by hand."""
    shown = agreements_shown(seat, picture_url)
    context = {
        "name": name, "title": SHEETS[name], "number": number, "seat": seat, "lines": LINES,
        "sides": [side_name(side) for side in seat.sides], "agreement": shown[0] if shown else None,
        "held": [each for each in sessions_shown(seat) if each["view"].state in {"fixed", "held"}],
        "not_confirmed": [words for _key, words in named(agreeing.NOT_CONFIRMED)],
        "days": agreeing.CONFIRMATION_DAYS, "today": clock.today(seat.zone), "is_effective": bool(shown) and shown[0]["view"].state not in agreements.WRITTEN,
    }  # fmt: skip
    response = render(request, f"room/sheets/{name}.html", context)
    response["Cache-Control"] = "no-store"
    return response
