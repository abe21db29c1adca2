"""The receipt: number, code, what happens by when, and the proof that something was filed."""

from __future__ import annotations

import io

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from huiyin.record.cases.papers import proving
from huiyin.record.ledger.checkpoints import verifier_key
from huiyin.stages.intake import queries, receipt_cookie
from huiyin.stages.intake.receipt_text import as_text
from huiyin.ui.answers import SeeOther, text_file


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """The receipt just made; it can be loaded again for half an hour in this browser alone."""
    registered = receipt_cookie.receipt_of(request)
    if registered is None:
        return render(request, "intake/no_receipt.html", status=404)
    context = {
        "receipt": registered,
        "terms": queries.counted(registered),
        "tracking_url": tracking_url(registered.case_number),
        "promise": registered.promise,
        "key": verifier_key(),
    }
    return render(request, "intake/receipt.html", context)


@require_POST
def put_away(request: HttpRequest) -> HttpResponse:
    """The number and code are written down: this browser need not show them again."""
    response = SeeOther("/")
    receipt_cookie.forget(response)
    return response


@require_safe
def receipt_file(request: HttpRequest) -> HttpResponse:
    """The proof as a plain text to keep; it does not hold the code, so it can be shown to others."""
    registered = receipt_cookie.receipt_of(request)
    if registered is None:
        raise Http404
    text = as_text(registered, tracking_url(registered.case_number), verifier_key())
    return text_file(text, f"receipt-{registered.case_number}.txt")


@require_safe
def receipt_proof(request: HttpRequest) -> HttpResponse:
    """The proof to keep, once the line has its place in the tree; in the first seconds the text with the promise."""
    registered = receipt_cookie.receipt_of(request)
    if registered is None:
        raise Http404
    kept = proving.receipt_proof(registered.case_number)
    return text_file(kept.text, kept.name) if kept else receipt_file(request)


@require_safe
def receipt_qr(request: HttpRequest) -> HttpResponse:
    """The address of the matter as a QR code: the number stands in it, the code never."""
    registered = receipt_cookie.receipt_of(request)
    if registered is None:
        raise Http404
    drawing = io.BytesIO()
    segno.make(tracking_url(registered.case_number), error="m").save(
        drawing, kind="svg", scale=4, border=2, light="white"
    )
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


def tracking_url(number: str) -> str:
    """Where the matter is followed, for paper and QR."""
    return f"{settings.HUIYIN_BASE_URL}/track/{number}/"
