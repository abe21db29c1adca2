"""What a matter is called in another system, and by when that system wants an answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.front.desk.forms.external import SUGGESTIONS, ExternalForm, suggested_systems
from huiyin.front.desk.refusing import put_into
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.case import open_for
from huiyin.front.desk.views.moving import kept
from huiyin.record.cases.lists.external import note_external, remove_external
from huiyin.rules.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def external(request: OfficerRequest, number: str) -> HttpResponse:
    """Note a number, or give a new deadline to one that is there."""
    form, status = ExternalForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                note_external(
                    number,
                    form.cleaned_data["system"],
                    form.cleaned_data["external_number"],
                    form.cleaned_data["due_on"],
                    by=request.reader,
                    due_at=form.due_at(request.reader.zone),
                )
            except Refusal as refusal:
                status = put_into(form, refusal)
            else:
                messages.success(request, _("Noted. The complainant sees it too."))
                return redirect("desk:case", number=number)
    try:
        view = open_for(request.reader, number)
    except Refusal as refusal:
        return kept(request, refusal)
    context = {"view": view, "form": form, "systems": suggested_systems(), "list_id": SUGGESTIONS}
    return render(request, "desk/external.html", context, status=status)


@require_POST
def external_end(request: OfficerRequest, number: str) -> HttpResponse:
    """Take out a number noted by mistake."""
    system, external_number = request.POST.get("system", ""), request.POST.get("external_number", "")
    remove_external(number, system, external_number, by=request.reader)
    messages.success(request, _("Taken out. That it was noted stays in the history."))
    return redirect("desk:external", number=number)
