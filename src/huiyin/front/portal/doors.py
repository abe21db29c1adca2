"""The one door to a matter: whoever holds a receipt session comes in; everybody else is asked for the code.

A form sent after the session ended is not lost: it waits, hidden, behind the question for the code.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from huiyin.front.portal import session
from huiyin.front.portal.forms import TrackForm
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.opening import access
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals
from huiyin.ui.source import source_of

P = ParamSpec("P")
Act = Callable[Concatenate[HttpRequest, Holder, str, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, str, P], HttpResponse]
NOT_CARRIED = frozenset({"csrfmiddlewaretoken", "case_number", "receipt_code"})


def with_receipt(act: Act[P]) -> View[P]:
    """Let in who holds a session of the matter's receipt, and prolong it; ask anybody else for the code.

    ``act`` takes the request, who holds the receipt, the number, and whatever else the address says.
    """

    @wraps(act)
    def door(request: HttpRequest, number: str, *args: P.args, **more: P.kwargs) -> HttpResponse:
        holder = session.holder_of(request)
        if request.method == "POST" and "receipt_code" in request.POST:
            try:
                holder = access.open_receipt(number, request.POST["receipt_code"], source=source_of(request))
            except Refusal as refusal:
                return ask_code(request, number, refusal=refusal)
        if holder is None:
            return ask_code(request, number)
        try:
            response = act(request, holder, number, *args, **more)
        except Refusal as refusal:
            if refusal.code == "not_found":
                return ask_code(request, number)
            raise
        session.keep(response, getattr(response, "renewed", holder))
        return response

    return cast("View[P]", door)  # the address names its parts


def ask_code(request: HttpRequest, number: str, *, refusal: Refusal | None = None) -> HttpResponse:
    """The form for number and code; what was sent with a POST waits in it."""
    waits = request.method == "POST" and request.path != reverse("portal:track")
    carried = [(name, value) for name, value in request.POST.items() if name not in NOT_CARRIED] if waits else []
    typed = request.POST.get("receipt_code", "")
    context = {
        "form": TrackForm(initial={"case_number": number, "receipt_code": typed}),
        "refusal": refusal,
        "carried": carried,
        "waits": waits,
        "had_files": waits and bool(request.FILES),
        "action": request.path if waits else reverse("portal:track"),
    }
    status = refusals.status(refusal) if refusal else 403 if waits else 200
    return render(request, "portal/track.html", context, status=status)
