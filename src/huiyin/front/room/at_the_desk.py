"""What every page of the room on the desk does: the page, what was sent, and where it goes on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.room.forms import arrived, new_key
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation.seats import Seat
from huiyin.ui.answers import SeeOther


def to_page(
    request: OfficerRequest, seat: Seat, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of the room."""
    known = {"number": seat.number, "seat": seat, "key": new_key()}
    return render(request, f"room/{name}.html", known | context, status=status)


def on_page(refusal: Refusal) -> Refusal:
    """A refusal that the page shows; what is not there is not there."""
    if refusal.code == "not_found":
        raise refusal
    return refusal


def posted(request: OfficerRequest) -> Any:
    """What was sent, or nothing."""
    return request.POST if request.method == "POST" else None


def went_well(request: OfficerRequest, name: str, number: str, words: str, *more: int) -> HttpResponse:
    """Say so, and show where it stands."""
    notes.success(request, words)
    return SeeOther(reverse(name, args=[number, *more]) + arrived(request))


def number_in(request: OfficerRequest, name: str) -> int:
    """A number that a form carries. Raises Refusal("unknown_choice")."""
    typed = request.POST.get(name, "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
        raise Refusal("unknown_choice", field=name)
    return int(typed)
