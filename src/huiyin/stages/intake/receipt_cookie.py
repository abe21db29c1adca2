"""The key to a receipt just made, kept in the browser for half an hour so that reloading works."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from huiyin.record.cases.registering.registration import Registered
from huiyin.stages.intake import actions

KEPT = timedelta(minutes=30)
SPACE = "web:"  # keys of forms; a key that a program chose for itself opens nothing here


def kept_under(key: str) -> str:
    """The name under which the answer to a form is kept."""
    return SPACE + key


def cookie_name() -> str:
    """Over https it carries the ``__Host-`` prefix."""
    return f"{settings.HUIYIN_COOKIE_PREFIX}receipt"


def keep(response: HttpResponse, key: str) -> None:
    """Let this browser show the receipt again for half an hour."""
    response.set_cookie(cookie_name(), key, max_age=KEPT, secure=settings.HUIYIN_HTTPS, httponly=True, samesite="Lax")


def receipt_of(request: HttpRequest) -> Registered | None:
    """The receipt this browser holds the key to."""
    key = request.COOKIES.get(cookie_name(), "")
    return actions.recall_answer(kept_under(key)) if key else None


def forget(response: HttpResponse) -> None:
    """This browser shows no receipt any more."""
    response.delete_cookie(cookie_name(), samesite="Lax")
