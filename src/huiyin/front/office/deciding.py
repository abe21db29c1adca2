"""The second person: accepts what another proposed, or rejects it with a reason. What was typed is never lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.utils.translation import gettext as _

from huiyin.front.office.forms import WhyForm
from huiyin.front.office.keeping import OfficeRequest, keeper
from huiyin.record.ledger.chains import Actor
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of the page of a proposal: made, or its form with what stands in the way."""

    form: WhyForm
    is_made: bool = False
    refusal: Refusal | None = None
    status: int = 200


def decide(
    request: OfficeRequest, *, yes: str, accept: Callable[[Actor], str], reject: Callable[[str, Actor], None]
) -> Decision:
    """Carry out what was pressed. ``yes`` is the step that accepts; ``accept`` gives the sentence that says what came of it."""
    step = request.POST.get("step")
    form = WhyForm(request.POST if step == "reject" else None)
    if request.method != "POST":
        return Decision(form)
    try:
        _code, actor = keeper(request)
        if step == yes:
            messages.success(request, accept(actor))
            return Decision(form, is_made=True)
        if form.is_valid():
            reject(form.cleaned_data["why"], actor)
            messages.success(request, _("It is rejected. What is in force stays."))
            return Decision(form, is_made=True)
    except Refusal as why:
        return Decision(form, refusal=why, status=refusals.status(why))
    return Decision(form, status=422)
