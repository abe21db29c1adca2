"""Who may come in at which address, and how a refusal is answered."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from huiyin.front.desk import unlocked
from huiyin.front.desk.entering import MARK, to_sign_in
from huiyin.record.bodies.gates import GATES, OFFICER
from huiyin.record.bodies.queries import Reader, reader_for_account
from huiyin.record.entry import factors
from huiyin.record.entry.sessions import touch
from huiyin.record.sealing import in_hand
from huiyin.rules.refusal import Refusal
from huiyin.ui.errors import refusal_response

log = logging.getLogger("huiyin.web")
Answer = Callable[[HttpRequest], HttpResponse]
# What is open to somebody who still has to enrol a second factor.
ENROLLING = frozenset({"desk:security", "desk:app-codes", "desk:security-key", "desk:password"})
NO_SENSORS = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "payment",
        "usb",
    )
)


class PlainAnswers:
    """A refusal from any room becomes a page in plain words; no page of a matter is kept by a cache."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = NO_SENSORS
        return response


class Gates:
    """Each address stands in the one permission table; whoever may not pass gets 404, not 403."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with in_hand.scope():  # whatever key a request brings is put away with it
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Let in, send to sign in, or answer 404."""
        match = request.resolver_match
        audience = GATES.get(match.view_name if match else "")
        if audience is None:
            raise Http404
        if audience.is_public:
            return None
        account = getattr(request, "user", None)
        if account is None or not account.is_authenticated:
            return to_sign_in(request)
        reader = reader_for_account(account)
        request.reader = reader  # type: ignore[attr-defined]
        touch(request.session)
        if reader is not None:
            unlocked.take(request, reader)
        if reader is None or (audience is not OFFICER and not reader.roles & audience.roles):
            raise Http404
        return _second_step(request, reader, match.view_name if match else "")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """One place turns a refusal into a page."""
        if isinstance(exception, Refusal):
            if exception.code == "sealed_locked" and request.method in {"GET", "HEAD"} and hasattr(request, "reader"):
                return redirect(f"{reverse('desk:sealed')}?{urlencode({'next': request.path})}")
            return refusal_response(request, exception)
        if isinstance(exception, OperationalError):
            log.error("the database did not answer (%s)", type(exception.__cause__ or exception).__name__)
            return refusal_response(request, Refusal("busy"))
        return None


def _second_step(request: HttpRequest, reader: Reader, name: str) -> HttpResponse | None:
    """Where the office asks for a second factor: show it, or enrol one, before anything else."""
    if request.session.get(MARK) or not factors.is_required(reader.roles) or name == "desk:sign-out":
        return None
    if factors.is_shown(request.user):  # type: ignore[arg-type]
        return redirect("desk:second-step")
    return None if name in ENROLLING else redirect("desk:security")
