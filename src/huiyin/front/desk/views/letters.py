"""The letters of a matter at the desk: looked at before they go out, opened afterwards."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.front.desk.forms.letters import ServiceForm
from huiyin.front.desk.forms.moving import given_in
from huiyin.front.desk.labels import SERVED
from huiyin.front.desk.refusing import put_into
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.case import open_for
from huiyin.front.papers import papers_of
from huiyin.record import clock
from huiyin.record.cases.papers import letters
from huiyin.record.cases.papers.letters import LetterFile
from huiyin.rules.refusal import Refusal
from huiyin.ui.answers import key_asked, letter_asked, letter_file, made_as
from huiyin.ui.names import DOCUMENTS


@require_safe
def letter(request: OfficerRequest, number: str) -> HttpResponse:
    """A letter as it went out or as it was signed by hand, or the acknowledgment; a look like every other."""
    signed = key_asked(request.GET, "signed")
    if signed is not None:
        return _file(letters.signed_copy_as_officer(number, signed, reader=request.reader))
    asked, form = letter_asked(request.GET)
    if asked is None:
        return _file(letters.acknowledgment_as_officer(number, reader=request.reader, form=form))
    return _file(letters.letter_as_officer(number, asked, reader=request.reader, form=form))


@require_POST
def move_letter(request: OfficerRequest, number: str, move_id: str) -> HttpResponse:
    """The letter of a move that is not made yet. What was typed comes along, and nothing is kept of it."""
    given = given_in(request.POST)
    return _file(letters.preview(number, move_id, given, by=request.reader, form=made_as(request.POST)))


@require_safe
def draft_letter(request: OfficerRequest, number: str) -> HttpResponse:
    """The letter of the draft that waits for signatures; whoever opens it stands in the list of looks."""
    return _file(letters.preview_draft(number, by=request.reader, form=made_as(request.GET)))


@require_http_methods(["GET", "HEAD", "POST"])
def service(request: OfficerRequest, number: str, letter_id: int) -> HttpResponse:
    """Write down how a letter reached the person. Writing reads nothing; the case is opened only to show the form."""
    form, status = ServiceForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                letters.record_service(number, letter_id, by=request.reader, **form.cleaned_data)
            except Refusal as refusal:
                status = put_into(form, refusal)
            else:
                messages.success(request, _("It is written down. The complainant reads it too."))
                return redirect("desk:case", number=number)
    view = open_for(request.reader, number)
    paper = next(
        (each for each in papers_of(view, DOCUMENTS, SERVED) if each.view.letter and each.view.letter.id == letter_id),
        None,
    )
    if paper is None:
        raise Http404
    form.initial = {"on": clock.today(view.zone)}
    return render(request, "desk/service.html", {"view": view, "form": form, "paper": paper}, status=status)


def _file(file: LetterFile | None) -> HttpResponse:
    if file is None:
        raise Http404
    return letter_file(file.data, file.name, file.media_type)
