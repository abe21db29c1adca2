"""Who holds each desk: asked body by body, proposed by one, decided by another; what is unmet is said plainly."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.front.office.deciding import decide
from huiyin.front.office.forms import DeskForm
from huiyin.front.office.keeping import OfficeRequest, body_code, keeper, page
from huiyin.record.approvals import actions as approvals
from huiyin.record.bodies.queries import public_bodies, public_officers
from huiyin.record.cases.fairness import desks as holding
from huiyin.record.ledger.chains import Actor
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals
from huiyin.ui.languages import page_tag


@require_http_methods(["GET", "HEAD", "POST"])
def desks(request: OfficeRequest, code: str = "") -> HttpResponse:
    """The five desks of one body, and the form that asks who is to hold one."""
    here = code or body_code(request.reader)
    held = holding.profile(here)
    form, status = _form(request, here), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            holder = typed["above"] if typed["desk"] == "review" else typed["officer"]
            try:
                own, actor = keeper(request)
                key = holding.propose(
                    typed["desk"], body=here, holder=holder, why=typed["why"], by=actor, body_code=own
                )
                return redirect("office:desk-proposal", key=key)
            except Refusal as refusal:
                status = refusals.put_into(form, refusal)
    context = {
        "held": held,
        "others": [body for body in public_bodies() if body.code != here],
        "waiting": [
            (each, *holding.names_of(each.payload))
            for each in approvals.proposals(holding.KIND)
            if each.state == "open" and each.payload["body"] == here
        ],
        "form": form,
    }
    return render(request, "office/desks.html", page(request, "desks", context), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: OfficeRequest, key: int) -> HttpResponse:
    """One of them, for the second person."""

    def accept(actor: Actor) -> str:
        holding.approve(key, by=actor)
        return _("It is so from today. The page of what must hold says what is still unmet.")

    view = approvals.proposal(key, kind=holding.KIND)
    decision = decide(
        request, yes="approve", accept=accept, reject=lambda why, actor: holding.decline(key, why=why, by=actor)
    )
    if decision.is_made:
        return redirect("office:desks-of", code=view.payload["body"])
    desk, body, holder = holding.names_of(view.payload)
    context = {
        "view": view, "desk": desk, "body": body, "holder": holder, "form": decision.form, "refusal": decision.refusal,
        "is_own": view.proposed_by_id == request.reader.officer_id,
    }  # fmt: skip
    return render(request, "office/desk_proposal.html", page(request, "desks", context), status=decision.status)


def _form(request: OfficeRequest, here: str) -> DeskForm:
    tag = page_tag()
    officers = {
        each.code: f"{each.name.in_language(tag)} · {each.within.in_language(tag)}" for each in public_officers()
    }
    above = [(body.code, body.name.in_language(tag)) for body in public_bodies() if body.code != here]
    return DeskForm(request.POST if request.method == "POST" else None, officers=list(officers.items()), above=above)
