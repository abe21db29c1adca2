"""Letter templates: what each kind of letter says under each pack, and how it looks, on a made-up case."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.front.office.keeping import OfficeRequest, body_code, page
from huiyin.record.cases.composing import letter_samples
from huiyin.record.cases.papers.letters import are_available
from huiyin.record.law import sources
from huiyin.ui.answers import letter_file
from huiyin.ui.languages import LANGUAGES

CODES = {code for code, _tag, _name in LANGUAGES}


@require_safe
def letters(request: OfficeRequest) -> HttpResponse:
    """The packs in force, and what sets the look of every letter."""
    context = {
        "in_force": [(each, sources.loaded(each)) for each in sources.in_force()],
        "is_available": are_available(),
        "letterhead": Path(settings.HUIYIN_LETTERHEAD).name if settings.HUIYIN_LETTERHEAD else "",
        "fonts": list(settings.HUIYIN_LETTER_FONTS),
    }
    return render(request, "office/letters.html", page(request, "letters", context))


@require_safe
def of_pack(request: OfficeRequest, ref: str) -> HttpResponse:
    """The letters of one pack, with their words."""
    source = sources.source(ref)
    procedure = sources.loaded(source)
    context = {
        "source": source,
        "procedure": procedure,
        "samples": letter_samples.samples(procedure),
        "is_available": are_available(),
    }
    return render(request, "office/letters_of_pack.html", page(request, "letters", context))


@require_safe
def sample(request: OfficeRequest, ref: str, which: str) -> HttpResponse:
    """One letter of a made-up case as a PDF, in either language, in either print."""
    language, form = request.GET.get("language", "zh-hans"), request.GET.get("print", "")
    if language not in CODES or form not in {"", "large"}:
        raise Http404
    procedure = sources.loaded(sources.source(ref))
    data = letter_samples.as_pdf(
        procedure,
        which,
        language=language,
        body_code=body_code(request.reader),
        form="large_print" if form else "pdf",
    )
    return letter_file(data, f"sample-{procedure.id}-{which}.pdf")
