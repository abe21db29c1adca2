"""Kinds of answer that pages give besides a page."""

from __future__ import annotations

from typing import Literal

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict

Form = Literal["pdf", "large_print"]


class SeeOther(HttpResponseRedirect):
    """After a POST: look there. Loading that page again does nothing twice."""

    status_code = 303


def text_file(text: str, name: str) -> HttpResponse:
    """A plain text to keep; ``name`` is what the file is called."""
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def pdf_file(data: bytes, name: str) -> HttpResponse:
    """A letter to read or keep: shown by the browser's own reader, with nothing else of ours around it."""
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def letter_asked(query: QueryDict) -> tuple[int | None, Form]:
    """Which letter an address asks for (None: the acknowledgment), and in which print; raises Http404 for anything else."""
    asked, form = query.get("letter", ""), query.get("print", "")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) < 12):
        raise Http404
    return (int(asked) if asked else None), "large_print" if form == "large" else "pdf"
