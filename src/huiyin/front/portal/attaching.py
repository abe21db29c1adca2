"""Photos and files of a matter: what is there, what officers see of it, and adding more."""

from __future__ import annotations

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.front.arriving import Arrived, limits, take
from huiyin.front.attached import attached_in
from huiyin.front.portal.doors import with_receipt
from huiyin.front.portal.forms import AttachForm
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import attaching, identity_files
from huiyin.record.files.attachments import Part
from huiyin.record.files.kinds import INLINE
from huiyin.rules.refusal import Refusal
from huiyin.ui.answers import SeeOther, inert_file


@require_http_methods(["GET", "HEAD", "POST"])
@with_receipt
def attachments(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """The list and the form; what is sent is taken one by one, and what was taken stays whatever became of the rest."""
    if request.method != "POST":
        return _page(request, holder, number, AttachForm())
    form = AttachForm(request.POST, request.FILES)
    if not request.FILES and "receipt_code" in request.POST:
        return SeeOther(reverse("portal:attachments", args=[number]))  # come from the receipt, or signed in again
    if not form.is_valid():
        return _page(request, holder, number, form, status=422)
    is_released = form.cleaned_data["originals"] == "open"

    is_identity = form.cleaned_data["originals"] == "identity"

    def add(data: bytes, name: str) -> attaching.Added | None:
        if is_identity:
            identity_files.add(holder, data, case_number=number)
            return None
        return attaching.add_as_complainant(holder, data, name=name, is_released=is_released, case_number=number)

    arrived = take(form.cleaned_data["attached"], add)
    if any(each.why_not for each in arrived):
        return _page(request, holder, number, form, arrived=arrived, status=422)
    said = (
        _("Your files have arrived. They are sealed with your name, and stand in no list.")
        if is_identity
        else _("Your files have arrived. They stand below, with what officers see of each.")
    )
    notes.success(request, said)
    return SeeOther(reverse("portal:attachments", args=[number]))


@require_safe
@with_receipt
def attachment(request: HttpRequest, holder: Holder, number: str, key: int) -> HttpResponse:
    """One file: the copy that officers see, or the original."""
    part: Part = "original" if request.GET.get("part") == "original" else "copy"
    file = attaching.open_as_complainant(holder, key, part, case_number=number)
    return inert_file(
        file.data, file.name, file.media_type if part == "copy" else "application/octet-stream",
        is_picture=part == "copy" and file.media_type in INLINE,
    )  # fmt: skip


@require_POST
@with_receipt
def original(request: HttpRequest, holder: Holder, number: str, key: int) -> HttpResponse:
    """Let officers open the original, or no longer."""
    wanted = request.POST.get("originals", "")
    if wanted not in {"open", "closed"}:
        raise Refusal("unknown_choice", field="originals")
    attaching.release(holder, key, is_released=wanted == "open", case_number=number)
    said = (
        _("Officers can open the original of file %(number)s now. Whoever does stands under “Who looked”.")
        if wanted == "open"
        else _(
            "Officers can no longer open the original of file %(number)s. Whoever opened it stands under “Who looked”."
        )
    )
    notes.success(request, said % {"number": key})
    return SeeOther(reverse("portal:attachments", args=[number]))


def _page(
    request: HttpRequest,
    holder: Holder,
    number: str,
    form: AttachForm,
    *,
    arrived: list[Arrived] | None = None,
    status: int = 200,
) -> HttpResponse:
    view = access.open_as_complainant(holder, number)
    names = attaching.names_as_complainant(holder, case_number=number) if view.attachments else {}
    context = {
        "view": view,
        "form": form,
        "limits": limits(),
        "sealed_files": 0 if holder.helper else identity_files.count(holder, case_number=number),
        "attached": attached_in(view.attachments, names),
        "arrived": [each for each in arrived or [] if not each.why_not],
        "refused": [each for each in arrived or [] if each.why_not],
    }
    return render(request, "portal/attachments.html", context, status=status)
