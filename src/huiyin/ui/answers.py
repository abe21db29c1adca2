"""Kinds of answer that pages give besides a page."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """After a POST: look there. Loading that page again does nothing twice."""

    status_code = 303


def text_file(text: str, name: str) -> HttpResponse:
    """A plain text to keep; ``name`` is what the file is called."""
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
