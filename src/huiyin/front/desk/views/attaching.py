"""Photos and files of a matter at the desk: opened one by one, each a look; scans of what came on paper are added here."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.front.arriving import Arrived, limits, take
from huiyin.front.desk.forms.attaching import AttachForm
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.case import open_for
from huiyin.record.cases.papers import attaching
from huiyin.record.files.attachments import Part
from huiyin.record.files.kinds import INLINE
from huiyin.ui.answers import inert_file


@require_safe
def attachment(request: OfficerRequest, number: str, key: int) -> HttpResponse:
    """The cleaned copy, or the original where the complainant released it. The complainant sees this look."""
    part: Part = "original" if request.GET.get("part") == "original" else "copy"
    file = attaching.open_as_officer(number, key, part, reader=request.reader, purpose="")
    return inert_file(
        file.data, file.name, file.media_type if part == "copy" else "application/octet-stream",
        is_picture=part == "copy" and file.media_type in INLINE,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def attachments(request: OfficerRequest, number: str) -> HttpResponse:
    """Add what came on paper or at the counter. What was taken stays, whatever became of the rest."""
    form, arrived = AttachForm(), list[Arrived]()
    if request.method == "POST":
        form = AttachForm(request.POST, request.FILES)
        if form.is_valid():
            arrived = take(
                form.cleaned_data["attached"],
                lambda data, name: attaching.add_as_office(number, data, by=request.reader, name=name),
            )
            if not any(each.why_not for each in arrived):
                messages.success(request, _("The files are in the matter. The complainant can open them too."))
                return redirect("desk:case", number=number)
    context = {
        "view": open_for(request.reader, number),
        "form": form,
        "limits": limits(),
        "arrived": [each for each in arrived if not each.why_not],
        "refused": [each for each in arrived if each.why_not],
    }
    return render(request, "desk/attachments.html", context, status=422 if request.method == "POST" else 200)
