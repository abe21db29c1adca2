"""The original words of a confidential matter, and the copy that everybody else reads."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.front.desk.forms.covering import CoverForm
from huiyin.front.desk.refusing import put_into
from huiyin.front.desk.requests import OfficerRequest
from huiyin.record.cases import reader_copies
from huiyin.rules.refusal import Refusal


@require_safe
def original(request: OfficerRequest, number: str) -> HttpResponse:
    """The words as they were written; the complainant sees this look."""
    words = reader_copies.open_original(number, reader=request.reader)
    return _uncached(render(request, "desk/original.html", {"words": words}))


@require_http_methods(["GET", "HEAD", "POST"])
def reader_copy(request: OfficerRequest, number: str) -> HttpResponse:
    """Choose what is covered, look at what readers will read, and make it."""
    words = reader_copies.open_original(number, reader=request.reader)
    form = CoverForm(request.POST if request.method == "POST" else None, suggested=words.suggested)
    context: dict[str, Any] = {"words": words, "form": form}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                if "make" in request.POST:
                    return _made(request, number, reader_copies.make(number, form.chosen, by=request.reader))
                context["preview"] = reader_copies.preview(number, form.chosen, reader=request.reader)
                status = 200
            except Refusal as refusal:
                status = put_into(form, refusal)
    return _uncached(render(request, "desk/reader_copy.html", context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
def cover_message(request: OfficerRequest, number: str, key: int) -> HttpResponse:
    """One message that was written after the copy: cover it, and let the others read it."""
    words = reader_copies.open_message(number, key, reader=request.reader)
    form = CoverForm(request.POST if request.method == "POST" else None, suggested=words.suggested)
    context: dict[str, Any] = {"words": words, "form": form}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                if "make" in request.POST:
                    reader_copies.cover_message(number, key, form.chosen, by=request.reader)
                    messages.success(request, _("The others can read the message now, as you covered it."))
                    return redirect("desk:case", number=number)
                context["preview"] = reader_copies.preview_message(number, key, form.chosen, reader=request.reader)
                status = 200
            except Refusal as refusal:
                status = put_into(form, refusal)
    return _uncached(render(request, "desk/cover_message.html", context, status=status))


def _made(request: OfficerRequest, number: str, count: int) -> HttpResponse:
    said = ngettext(
        "The copy for readers is made, with %(count)s place covered. The complainant sees it.",
        "The copy for readers is made, with %(count)s places covered. The complainant sees it.",
        count,
    )
    messages.success(request, said % {"count": count})
    return redirect("desk:case", number=number)


def _uncached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
