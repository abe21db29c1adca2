"""Kinds of answer that pages give besides a page."""

from __future__ import annotations

from typing import Literal

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict

Form = Literal["pdf", "large_print"]
SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg"})  # what a browser reads by itself and runs nothing of


class SeeOther(HttpResponseRedirect):
    """After a POST: look there. Loading that page again does nothing twice."""

    status_code = 303


def text_file(text: str, name: str) -> HttpResponse:
    """A plain text to keep; ``name`` is what the file is called."""
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def letter_file(data: bytes, name: str, media_type: str = "application/pdf") -> HttpResponse:
    """A letter to read or keep: shown by the browser's own reader where it has one, with nothing else of ours around it."""
    response = HttpResponse(data, content_type=media_type)
    how = "inline" if media_type in SHOWN else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    return response


def inert_file(data: bytes, name: str, media_type: str, *, is_picture: bool = False) -> HttpResponse:
    """A file that a stranger sent: kept on the reader's own machine and run by nobody.

    ``is_picture`` is a picture that we drew anew; it alone may be shown. Whatever a browser makes of the rest, it has no
    origin, no script and no way out.
    """
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'{"inline" if is_picture else "attachment"}; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox; " + "; ".join(
        f"{each} 'none'" for each in ("default-src", "form-action", "base-uri", "frame-ancestors")
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response


def letter_asked(query: QueryDict) -> tuple[int | None, Form]:
    """Which letter an address asks for (None: the acknowledgment), and in which print; raises Http404 for anything else."""
    return key_asked(query, "letter"), "large_print" if query.get("print") == "large" else "pdf"


def key_asked(query: QueryDict, name: str) -> int | None:
    """A key in an address, where it is given; raises Http404 for anything else."""
    asked = query.get(name, "")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) < 12):
        raise Http404
    return int(asked) if asked else None


def made_as(query: QueryDict) -> Form | Literal["docx"]:
    """How a letter that is not sent yet is wanted: as it will go out, in large print, or to be worked on."""
    return "docx" if query.get("print") == "docx" else letter_asked(query)[1]
