"""Pages of the look itself: the language switch, the way out, and /patterns."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from huiyin.ui import samples
from huiyin.ui.languages import LANGUAGES


@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to where the reader was, on this site only."""
    if code not in {known for known, _tag, _name in LANGUAGES}:
        raise Http404
    there = request.GET.get("next", "/")
    if not there.startswith("/") or not url_has_allowed_host_and_scheme(there, allowed_hosts=None):
        there = "/"
    response = HttpResponseRedirect(there)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    add_never_cache_headers(response)
    return response


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """The quick exit: on to an everyday page, and what this site kept in the browser is forgotten.

    Cookies are ended one by one too: browsers heed Clear-Site-Data over https only.
    """
    response = HttpResponseRedirect(settings.HUIYIN_EXIT_URL)
    for name in request.COOKIES:
        response.delete_cookie(name)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    add_never_cache_headers(response)
    return response


@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """Every part of the portal's pages."""
    return render(
        request,
        "ui/patterns.html",
        samples.everything() | {"page_base": "ui/base_portal.html", "other": reverse("patterns-desk")},
    )


@require_safe
def patterns_desk(request: HttpRequest) -> HttpResponse:
    """Every part again as the desk shows it, with the desk's own."""
    context = samples.everything() | {"page_base": "ui/base_desk.html", "other": reverse("patterns"), "is_desk": True}
    return render(request, "ui/patterns.html", context)
