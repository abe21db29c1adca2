"""Two people open the name behind a confidential matter: asking, agreeing, opening."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.front.desk.forms.unsealing import SecondForm
from huiyin.front.desk.labels import UNSEAL_REASONS, said
from huiyin.front.desk.refusing import done
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.day import with_queues
from huiyin.record.cases.deeds import unsealing
from huiyin.record.cases.papers import identity_files
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals
from huiyin.ui.answers import inert_file


@require_POST
def ask(request: OfficerRequest, number: str) -> HttpResponse:
    """Ask for a second person, with a reason."""
    try:
        unsealing.ask(number, by=request.reader, reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        if refusal.code == "not_found":
            raise
        messages.error(request, refusals.sentence(refusal))
    else:
        messages.success(
            request,
            _("A second person was asked. The complainant sees it. You open the name here once somebody agreed."),
        )
    return redirect("desk:case", number=number)


@require_POST
def together(request: OfficerRequest, number: str) -> HttpResponse:
    """Show the name once, where a second person agreed. The page is kept by no cache."""
    with _as_if_not_there():
        identity = unsealing.open_name(number, reader=request.reader)
    files = identity_files.numbers(number, reader=request.reader)
    context = {"identity": identity, "number": number, "reason": _("agreed by a second person"), "files": files}
    response = render(request, "desk/identity.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def identity_file(request: OfficerRequest, number: str, key: int) -> HttpResponse:
    """One file that shows who somebody is, as it was sent; the complainant sees this look."""
    with _as_if_not_there():
        file = identity_files.open_file(number, key, reader=request.reader, reason=request.POST.get("reason", ""))
    response = inert_file(file.data, file.name, "application/octet-stream", is_picture=False)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def seconds(request: OfficerRequest) -> HttpResponse:
    """What waits for me as the second person."""
    form = SecondForm(request.POST if request.method == "POST" else None)
    answer, status = done(request, form, partial(_decided, request))
    if answer is not None:
        return answer
    waiting = [
        {"waiting": each, "reason": said(UNSEAL_REASONS, each.reason)} for each in unsealing.waiting_for(request.reader)
    ]
    context = {"waiting": waiting, "form": form}
    return render(request, "desk/seconds.html", with_queues(request.reader, context), status=status)


@contextmanager
def _as_if_not_there() -> Iterator[None]:
    """What is not this reader's to open looks like what is not there."""
    try:
        yield
    except Refusal as refusal:
        raise Refusal("not_found") if refusal.code == "not_yours_to_unseal" else refusal from None


def _decided(request: OfficerRequest, typed: dict[str, Any]) -> HttpResponse:
    if typed["answer"] == "agree":
        unsealing.agree(typed["key"], by=request.reader)
        messages.success(
            request, _("You agreed. The name can be opened once within three days; the complainant sees your name.")
        )
    else:
        unsealing.decline(typed["key"], by=request.reader, why=typed["why"])
        messages.success(request, _("You did not agree. The name stays sealed; the complainant sees that."))
    return redirect("desk:seconds")
