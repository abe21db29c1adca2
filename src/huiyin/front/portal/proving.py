"""The proof of a matter: on a page, and as files to keep, to hand on, or to check far from here."""

from __future__ import annotations

import json
import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from huiyin.front.portal.doors import with_receipt
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import proving
from huiyin.record.cases.papers.proving import ProofFile
from huiyin.record.ledger.checkpoints import verifier_key
from huiyin.ui.answers import text_file

NUMBER = re.compile(r"[0-9A-Za-z-]{1,40}", re.ASCII)


@require_safe
@with_receipt
def proof(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """What proves that the matter was filed and still stands."""
    view = access.open_as_complainant(holder, number)
    context = {
        "view": view,
        "promise": access.promise_of(view.number),
        "proof": access.proof(view.number),
        "unchanged": proving.unchanged_as_complainant(holder, case_number=number)[1],
        "key": verifier_key(),
    }
    return render(request, "portal/proof.html", context)


@require_safe
@with_receipt
def proof_file(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """The proof to keep, with what the line says; before the line has its place, the signed promise."""
    return _file(request, holder, number, is_opened=True)


@require_safe
@with_receipt
def proof_for_others(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """The proof to hand on: it shows that something was registered then, and not what."""
    return _file(request, holder, number, is_opened=False)


@require_safe
@with_receipt
def unchanged(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """The proof that the history of then is the beginning of the history of now."""
    own, found = proving.unchanged_as_complainant(holder, case_number=number)
    if found is None:
        raise Http404
    return text_file(found.as_text(), f"unchanged-{own}.txt")


@require_safe
@with_receipt
def history(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """The whole history, to be checked with the program that goes with it."""
    return _given(proving.history_as_complainant(holder, case_number=number))


def promise_text(promise: object) -> str:
    """A promise as the file that stands in for the proof in the first seconds."""
    return json.dumps(promise, indent=2, sort_keys=True) + "\n"


def _file(request: HttpRequest, holder: Holder, number: str, *, is_opened: bool) -> HttpResponse:
    letter = request.GET.get("letter", "")
    if letter and not NUMBER.fullmatch(letter):
        raise Http404
    kept = proving.proof_as_complainant(holder, case_number=number, letter=letter, is_opened=is_opened)
    if kept is not None:
        return _given(kept)
    if letter:  # it waits for its place: the page says so, and for how long
        return redirect("portal:proof", number)
    promise = access.promise_of(access.family_case(holder, number, to="read").number)
    if promise is None:
        raise Http404
    return text_file(promise_text(promise.as_dict()), f"promise-{number}.txt")


def _given(file: ProofFile) -> HttpResponse:
    return text_file(file.text, file.name)
