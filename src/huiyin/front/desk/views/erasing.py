"""Two people erase the words of an ended sealed matter: proposing it with the law, and carrying it out a month later."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.front.desk.forms.erasing import DecideErasureForm, EraseForm
from huiyin.front.desk.refusing import done
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.day import with_queues
from huiyin.record.cases.deeds import erasing

either = require_http_methods(["GET", "HEAD", "POST"])


@either
def erasures(request: OfficerRequest) -> HttpResponse:
    """What I may propose, what I proposed, and what waits for me as the second person."""
    form = DecideErasureForm(request.POST if request.method == "POST" else None)
    answer, status = done(request, form, partial(_decided, request))
    if answer is not None:
        return answer
    reader = request.reader
    context = {
        "form": form,
        "due": erasing.due_for(reader),
        "own": erasing.own_proposals(reader),
        "waiting": erasing.waiting_for(reader),
    }
    return render(request, "desk/erasures.html", with_queues(reader, context), status=status)


@either
def erasure(request: OfficerRequest, number: str) -> HttpResponse:
    """Propose it for one matter: what goes, what the law lets survive, and the law."""
    due = erasing.one_due(number, by=request.reader)
    form = EraseForm(request.POST if request.method == "POST" else None)

    def propose(typed: dict[str, Any]) -> HttpResponse:
        erasing.propose(number, by=request.reader, legal_basis=typed["legal_basis"])
        messages.success(
            request, _("It is proposed. The complainant is told, and somebody else decides after thirty days.")
        )
        return redirect("desk:erasures")

    answer, status = done(request, form, propose)
    if answer is not None:
        return answer
    return render(request, "desk/erasure.html", with_queues(request.reader, {"due": due, "form": form}), status=status)


def _decided(request: OfficerRequest, typed: dict[str, Any]) -> HttpResponse:
    if typed["answer"] == "erase":
        number = erasing.erase(typed["key"], by=request.reader)
        messages.success(
            request, _("The words of %(number)s are erased. A mark tells the day and the law.") % {"number": number}
        )
    else:
        erasing.decline(typed["key"], by=request.reader, why=typed["why"])
        messages.success(request, _("The words are kept. The complainant reads that it was not agreed to."))
    return redirect("desk:erasures")
