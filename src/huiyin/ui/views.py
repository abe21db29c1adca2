"""Pages of the look itself: the language switch and /patterns."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from huiyin.ui import languages, samples


@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to where the reader was, on this site only."""
    if not languages.is_known(code):
        raise Http404
    there = request.GET.get("next", "/")
    if not there.startswith("/") or not url_has_allowed_host_and_scheme(there, allowed_hosts=None):
        there = "/"
    response = HttpResponseRedirect(there)
    languages.keep(response, code)
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
