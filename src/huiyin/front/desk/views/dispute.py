"""An officer who heard of a quarrel opens a mediation, with the consents that were heard written down."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.front.desk.forms.mediation import DisputeForm
from huiyin.front.desk.refusing import put_into
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.registering import language_of
from huiyin.record.cases.registering.registration import Identity
from huiyin.record.cases.table import disputing
from huiyin.record.cases.table.disputing import OtherSide
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake import actions as intake
from huiyin.stages.intake.wizard import digest_of
from huiyin.stages.mediation.actions import Asking, opening
from huiyin.stages.outreach import queries as outreach


@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: OfficerRequest) -> HttpResponse:
    """One page; sent twice, at once or one after the other, it is still one dispute."""
    pack = disputing.pack()
    form, status = DisputeForm(pack=pack, initial={"key": intake.new_key()} | _heard(request)), 200
    if request.method == "POST":
        form, status = DisputeForm(request.POST, pack=pack), 422
        if form.is_valid():
            typed = form.cleaned_data
            try:
                number = _open(request, typed)
            except Refusal as refusal:
                status = put_into(form, refusal)
            else:
                messages.success(request, _("Opened. Next, invite the other side."))
                return redirect("desk:table", number=number)
    exclusions = [(each, pack.routes[each.route]) for each in pack.exclusions.values()]
    return render(request, "desk/dispute.html", {"form": form, "exclusions": exclusions}, status=status)


def _heard(request: OfficerRequest) -> dict[str, str]:
    """Where an officer heard of it: an office hour of the officer's own areas."""
    key = request.GET.get("heard_at", "").removeprefix("office-hour-")
    is_key = key.isascii() and key.isdecimal() and len(key) < 18
    hour = outreach.hour_of(request.reader, int(key)) if is_key else None
    return {"heard_at": f"office-hour-{hour.id}", "area": hour.area_code} if hour else {}


def _open(request: OfficerRequest, typed: dict[str, Any]) -> str:
    consents = {side: typed[f"consent_{side}"] for side in (1, 2) if typed[f"consent_{side}"]}
    language = language_of(typed["words"])
    asking = Asking(
        kind=typed["kind"], subject=typed["subject"], words=typed["words"], released=typed["released"],
        others=(OtherSide(
            Identity(name=typed["other_name"], phone=typed["other_phone"], address=typed["other_address"]),
            language=language,
        ),),
        identity=Identity(name=typed["name"], phone=typed["phone"]), language=language, area=typed["area"],
        excluded=tuple(typed["excluded"]), channel=typed["channel"], consents=consents, heard_at=typed["heard_at"],
    )  # fmt: skip
    filing, register = opening(asking, by=request.reader, card=typed["card"])
    words = {name: value for name, value in typed.items() if name != "key"}
    key = f"{request.reader.code} {typed['key']}"
    return intake.once(filing, register, key=key, digest=digest_of(words, language)).case_number
