"""A text becomes the law of new matters: checked, proposed by one person, switched on or rejected by another."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.front.office.deciding import decide
from huiyin.front.office.faults import faults_in
from huiyin.front.office.forms import PackForm
from huiyin.front.office.keeping import OfficeRequest, keeper, page
from huiyin.record.approvals import actions as approvals
from huiyin.record.law import sources, versions
from huiyin.record.law.versions import KIND
from huiyin.record.ledger.chains import Actor
from huiyin.rules.difference import differences
from huiyin.rules.faults import Fault
from huiyin.rules.procedure import Procedure, Words
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: OfficeRequest) -> HttpResponse:
    """Paste or choose a text, read what the check says, propose it. What was typed is never lost."""
    if request.method != "POST":
        return _page(request, PackForm(initial={"text": _begun(request.GET.get("from", ""))}), {})
    form = PackForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, {}, status=422)
    typed = {"text": form.cleaned_data["text"], "why": form.cleaned_data["why"]}
    again = PackForm(typed)  # a browser sends a file once: from now on its words stand in the box
    again.is_valid()
    try:
        checked, _whole = versions.whole_text(typed["text"])
    except Refusal as refusal:
        faults = faults_in(typed["text"], cast("tuple[Fault, ...]", refusal.params["faults"]))
        return _page(request, again, {"faults": faults}, status=refusals.status(refusal))
    if request.POST.get("step") != "propose":
        return _page(request, again, _sound(checked))
    try:
        code, actor = keeper(request)
        key = versions.propose_version(typed["text"], why=typed["why"], body_code=code, by=actor)
    except Refusal as refusal:
        return _page(request, again, _sound(checked), status=refusals.put_into(again, refusal))
    messages.success(request, _("It is proposed. Somebody else reads it and switches it on."))
    return redirect("office:proposal", key=key)


def _begun(ref: str) -> str:
    """A text to begin with: one that the office has."""
    return sources.text(sources.source(ref)) if ref else ""


def _sound(checked: Procedure) -> dict[str, Any]:
    return {"checked": checked, "changes": _changes(checked)}


def _changes(procedure: Procedure) -> tuple[Words, ...] | None:
    """What becomes different for new matters; None where no version of the pack is in force."""
    current = sources.of_procedure(procedure.id)
    return differences(sources.loaded(current), procedure) if current else None


def _page(request: OfficeRequest, form: PackForm, context: dict[str, Any], status: int = 200) -> HttpResponse:
    known = {"form": form, "known": sources.everything()}
    return render(request, "office/propose.html", page(request, "procedures", known | context), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: OfficeRequest, key: int) -> HttpResponse:
    """What is proposed, by whom and why, and what it changes; a second person decides."""
    decision = decide(
        request,
        yes="switch_on",
        accept=lambda actor: _switched_on(key, actor),
        reject=lambda why, actor: versions.reject(key, why=why, by=actor),
    )
    if decision.is_made:
        return redirect("office:proposal", key=key)
    view = approvals.proposal(key, kind=KIND)
    source = sources.source(f"proposed-{key}")
    procedure = sources.loaded(source)
    context = {
        "view": view,
        "source": source,
        "procedure": procedure,
        "changes": _changes(procedure) if view.state == "open" else None,
        "current": sources.of_procedure(procedure.id),
        "form": decision.form,
        "refusal": decision.refusal,
        "is_own": view.proposed_by_id == request.reader.officer_id,
    }
    return render(request, "office/proposal.html", page(request, "procedures", context), status=decision.status)


def _switched_on(key: int, actor: Actor) -> str:
    row = versions.switch_on(key, by=actor)
    places = {"procedure": row.procedure, "version": row.version}
    return _("%(procedure)s %(version)s is in force for new matters. Old ones keep theirs.") % places
