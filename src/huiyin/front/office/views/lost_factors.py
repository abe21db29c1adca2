"""An officer lost the second factor: one administrator proposes, another approves and hands the code over."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.front.office.deciding import decide
from huiyin.front.office.forms import LostFactorForm
from huiyin.front.office.keeping import OfficeRequest, keeper, page
from huiyin.record.approvals import actions as approvals
from huiyin.record.entry import recovery
from huiyin.record.ledger.chains import Actor
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals


@require_http_methods(["GET", "HEAD", "POST"])
def lost_factors(request: OfficeRequest) -> HttpResponse:
    """What waits for a second administrator, and the form to ask for one."""
    form, status = LostFactorForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                code, actor = keeper(request)
                key = recovery.propose_reset(
                    form.cleaned_data["who"], why=form.cleaned_data["why"], body_code=code, by=actor
                )
                return redirect("office:lost-factor", key=key)
            except Refusal as refusal:
                status = refusals.put_into(form, refusal)
    context = {"form": form, "asked": approvals.proposals(recovery.KIND)}
    return render(request, "office/lost_factors.html", page(request, "lost-factors", context), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def lost_factor(request: OfficeRequest, key: int) -> HttpResponse:
    """One of them; the code stands on the one answer to the approval and nowhere else."""
    handed: list[str] = []

    def accept(actor: Actor) -> str:
        handed.append(recovery.approve_reset(key, by=actor))
        return _("It is approved. Everything the account could show before has ended.")

    decision = decide(
        request,
        yes="approve",
        accept=accept,
        reject=lambda why, actor: recovery.decline_reset(key, why=why, by=actor),
    )
    if decision.is_made and not handed:
        return redirect("office:lost-factor", key=key)
    view = approvals.proposal(key, kind=recovery.KIND)
    context = {
        "view": view,
        "form": decision.form,
        "refusal": decision.refusal,
        "handed": handed[0] if handed else "",
        "is_own": view.proposed_by_id == request.reader.officer_id,
    }
    return render(request, "office/lost_factor.html", page(request, "lost-factors", context), status=decision.status)
