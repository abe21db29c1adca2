"""A call or a visit is written down where the complainant reads it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.front.desk.forms.conversation import ConversationForm
from huiyin.front.desk.refusing import put_into
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.case import open_for
from huiyin.front.desk.views.moving import kept
from huiyin.record.cases.words.conversations import note_conversation
from huiyin.rules.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: OfficerRequest, number: str) -> HttpResponse:
    """Write down what was said. It changes no state and stops no clock."""
    form, status = ConversationForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _note(request, number, form)
            except Refusal as refusal:
                status = put_into(form, refusal)
            else:
                messages.success(request, _("Written down. The complainant reads it and can correct it."))
                return redirect("desk:case", number=number)
    try:
        view = open_for(request.reader, number)
    except Refusal as refusal:
        return kept(request, refusal)
    return render(request, "desk/conversation.html", {"view": view, "form": form}, status=status)


def _note(request: OfficerRequest, number: str, form: ConversationForm) -> None:
    typed = form.cleaned_data
    note_conversation(
        number,
        by=request.reader,
        kind=typed["kind"],
        held_on=typed["on"],
        text=typed["text"],
        was_read_back=typed["was_read_back"],
        conduct=form.agreed(),
    )
