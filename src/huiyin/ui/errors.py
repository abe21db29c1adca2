"""Pages for what went wrong, in plain words: refusals, and the errors Django finds itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals
from huiyin.ui.context import site

DESK, API = "/desk", "/api/"
# What a program is told in the place of a page (RFC 9457); the other codes come from refusals.
API_CODES = {
    400: "malformed",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    500: "server_error",
    503: "busy",
}

# status -> title, sentence: what Django or the server answers by itself.
ERRORS: dict[int, tuple[Promise, Promise]] = {
    400: (
        _("We could not read this"),
        _("Something in what was sent cannot be read. Go back, check it and send it again."),
    ),
    403: (_("This page is not open to you"), _("Sign in, or go to the start page.")),
    404: (
        _("There is no such page"),
        _("Check the address, or go to the start page. If you follow a matter, check the digits of its number."),
    ),
    405: (_("This page cannot be used this way"), _("Go to the start page and begin again from there.")),
    409: (_("This cannot be done now"), _("Somebody else was quicker. Open the page again to see how things stand.")),
    413: (_("This is too large"), _("Send less at once. Nothing was lost: go back, what you typed is still there.")),
    422: (
        _("Something is missing or cannot be read"),
        _("Go back, correct it and send it again. What you typed is still there."),
    ),
    429: (_("Too many tries"), _("Wait a minute, then try again. Nobody is locked out for good.")),
    500: (
        _("Something broke on our side"),
        _("It is not your fault. Go back: what you typed is still there. Send it again in a minute."),
    ),
    503: (_("Too many at once"), _("We are busy. Nothing was lost: wait a minute, then send again.")),
}
CSRF = (
    _("For your safety this was not sent"),
    _(
        "The page had been open too long, or cookies are switched off. Go back with the back button: what you typed is still there. Load the page anew, then send again."
    ),
)


def refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as a page with its status."""
    return _page(request, refusals.status(refusal), refusals.title(refusal), refusals.sentence(refusal))


def error_response(request: HttpRequest, status: int) -> HttpResponse:
    """The page for a status of the table; for the API a problem body."""
    title, sentence = ERRORS[status]
    if request.path.startswith(API):
        return _problem(status, str(title), str(sentence))
    return _page(request, status, str(title), str(sentence))


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """Desk pages keep the desk around them; below 500 the template may ask for the officer."""
    on_desk = request.path.startswith(DESK)
    context = {
        "page_base": "ui/base_desk.html" if on_desk else "ui/base_portal.html",
        "title": title,
        "sentence": sentence,
        "status": status,
        "sent": request.method == "POST",
    }
    if status < 500:
        return render(request, "ui/error.html", context, status=status)
    bare = loader.get_template("ui/error.html").render({**context, **site(request)})  # no processor may break it again
    return HttpResponse(bare, status=status)


def _problem(status: int, title: str, sentence: str) -> HttpResponse:
    code = API_CODES.get(status, "malformed" if status < 500 else "server_error")
    body = {"type": "about:blank", "title": title, "status": status, "detail": sentence, "code": code, "errors": []}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400."""
    return error_response(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403."""
    return error_response(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404."""
    return error_response(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500."""
    return error_response(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """``CSRF_FAILURE_VIEW``: says what to do, not which token."""
    return _page(request, 403, str(CSRF[0]), str(CSRF[1]))
