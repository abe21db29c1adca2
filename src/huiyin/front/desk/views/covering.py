"""The original words of a confidential matter, and the copy that everybody else reads."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.front.desk.forms.covering import CoverForm
from huiyin.front.desk.refusing import done
from huiyin.front.desk.requests import OfficerRequest
from huiyin.record.cases.words import reader_copies
from huiyin.record.cases.words.reader_copies import OriginalWords, Preview


@require_safe
def original(request: OfficerRequest, number: str) -> HttpResponse:
    """The words as they were written; the complainant sees this look."""
    words = reader_copies.open_original(number, reader=request.reader)
    return _uncached(render(request, "desk/original.html", {"words": words}))


@require_http_methods(["GET", "HEAD", "POST"])
def reader_copy(request: OfficerRequest, number: str) -> HttpResponse:
    """Choose what is covered, look at what readers will read, and make it."""
    reader = request.reader

    def make(chosen: list[str]) -> str:
        count = reader_copies.make(number, chosen, by=reader)
        said = ngettext(
            "The copy for readers is made, with %(count)s place covered. The complainant sees it.",
            "The copy for readers is made, with %(count)s places covered. The complainant sees it.",
            count,
        )
        return said % {"count": count}

    words = reader_copies.open_original(number, reader=reader)
    preview = partial(reader_copies.preview, number, reader=reader)
    return _covering(request, number, words, "desk/reader_copy.html", preview, make)


@require_http_methods(["GET", "HEAD", "POST"])
def cover_message(request: OfficerRequest, number: str, key: int) -> HttpResponse:
    """One message that was written after the copy: cover it, and let the others read it."""
    reader = request.reader

    def make(chosen: list[str]) -> str:
        reader_copies.cover_message(number, key, chosen, by=reader)
        return _("The others can read the message now, as you covered it.")

    words = reader_copies.open_message(number, key, reader=reader)
    preview = partial(reader_copies.preview_message, number, key, reader=reader)
    return _covering(request, number, words, "desk/cover_message.html", preview, make)


def _covering(
    request: OfficerRequest,
    number: str,
    words: OriginalWords,
    template: str,
    preview: Callable[[list[str]], Preview],
    make: Callable[[list[str]], str],
) -> HttpResponse:
    """Choose passages, look at what readers will read, and make it; ``make`` says what was done."""
    form = CoverForm(request.POST if request.method == "POST" else None, suggested=words.suggested)
    context: dict[str, Any] = {"words": words, "form": form}

    def act(_typed: dict[str, Any]) -> HttpResponse | None:
        if "make" not in request.POST:
            context["preview"] = preview(form.chosen)
            return None
        messages.success(request, make(form.chosen))
        return redirect("desk:case", number=number)

    answer, status = done(request, form, act)
    return answer if answer is not None else _uncached(render(request, template, context, status=status))


def _uncached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
