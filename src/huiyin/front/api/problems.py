"""Whatever goes wrong in the API, told as RFC 9457: one shape for programs, one sentence for people.

The sentences are those of ``huiyin.ui.refusals``; only what a page can never
meet (a method, a media type) is said here.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response

from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals

MEDIA_TYPE = "application/problem+json"
WAIT_SECONDS = {429: 60, 503: 10}

log = logging.getLogger(__name__)

# code -> status, title, sentence: what only a program can do wrong.
OWN: dict[str, tuple[int, Promise, Promise]] = {
    "method_not_allowed": (
        405,
        _("This address does not take this method"),
        _("The Allow header lists the methods that this address takes."),
    ),
    "too_large": (
        413,
        _("This is too large"),
        _("The body is larger than we read at once. Shorten it and send it again."),
    ),
    "unsupported_media_type": (
        415,
        _("We read another kind of body here"),
        _("Send the body as JSON with Content-Type: application/json; where a file is sent, as multipart/form-data."),
    ),
    "token_missing": (
        401,
        _("A staff token is needed"),
        _("Send the header Authorization: Bearer with a token. Its owner makes it on the desk."),
    ),
    "bad_key": (
        400,
        _("This key cannot be used"),
        _("An Idempotency-Key has 1 to 200 visible ASCII characters, without spaces."),
    ),
}


class Problem(Exception):
    """Something only a program can do wrong; ``code`` is a word of ``OWN``."""

    def __init__(self, code: str, *, field: str = "") -> None:
        super().__init__(code)
        self.code, self.field = code, field


class TooLarge(Problem):
    """The body is over the limit; the rest of it is not read."""

    def __init__(self) -> None:
        super().__init__("too_large")


class Invalid(Exception):
    """Fields that cannot be taken: each with its path and its refusal."""

    def __init__(self, errors: Iterable[tuple[str, Refusal]]) -> None:
        super().__init__("invalid")
        self.errors = list(errors)


def problem_response(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """The answer for an exception; None for a mistake of ours, which the server reports itself."""
    match exception:
        case Invalid():
            return _invalid(exception.errors)
        case Refusal():
            return _refused(exception)
        case Problem():
            return _own(exception)
        case exceptions.MethodNotAllowed():
            return _own(Problem("method_not_allowed"))
        case exceptions.UnsupportedMediaType():
            return _own(Problem("unsupported_media_type"))
        case Http404():
            return _refused(Refusal("not_found"))
        case SuspiciousOperation() | exceptions.ParseError():
            return _refused(Refusal("malformed"))
        case OperationalError():
            log.warning("the database did not answer", exc_info=exception)
            return _refused(Refusal("busy"))
        case _:
            return None


def _refused(refusal: Refusal) -> Response:
    field, line = refusal.params.get("field"), refusal.params.get("line")
    if line is not None:
        field = f"duties.{line}.{field}"  # of all that is sent, promises alone come line by line
    errors = [_error(str(field), refusal)] if field else []
    return _answer(refusals.status(refusal), refusal.code, refusals.title(refusal), refusals.sentence(refusal), errors)


def _invalid(found: list[tuple[str, Refusal]]) -> Response:
    """Speaks of the first field; all of them stand in ``errors``."""
    first = found[0][1]
    errors = [_error(field, refusal) for field, refusal in found]
    return _answer(refusals.status(first), first.code, refusals.title(first), refusals.sentence(first), errors)


def _own(problem: Problem) -> Response:
    status, title, sentence = OWN[problem.code]
    errors = [{"field": problem.field, "code": problem.code, "detail": str(sentence)}] if problem.field else []
    return _answer(status, problem.code, str(title), str(sentence), errors)


def _error(field: str, refusal: Refusal) -> dict[str, str]:
    return {"field": field, "code": refusal.code, "detail": refusals.sentence(refusal)}


def _answer(status: int, code: str, title: str, detail: str, errors: list[dict[str, str]]) -> Response:
    body = {"type": type_of(code), "title": title, "status": status, "detail": detail, "code": code, "errors": errors}
    response = Response(body, status=status, content_type=MEDIA_TYPE)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="desk"'
    if status in WAIT_SECONDS:
        response["Retry-After"] = str(WAIT_SECONDS[status])
    return response


def type_of(code: str) -> str:
    """The address that explains a code: its line on the readable page."""
    return f"{settings.HUIYIN_BASE_URL}/api/v1/#{code}"


def all_codes() -> Iterator[tuple[str, int, str, str]]:
    """Every code a program can meet: code, status, title, sentence; for the readable page."""
    for code, (status, title, sentence) in OWN.items():
        yield code, status, str(title), str(sentence)
    for code, saying in refusals.SAYINGS.items():
        if code not in NOT_HERE:
            yield code, saying.status, str(saying.title), str(saying.plain or saying.sentence)


# Said on pages alone.
NOT_HERE = frozenset({"barred", "not_signed_in", "wrong_password", "card_unknown", "card_used"})
