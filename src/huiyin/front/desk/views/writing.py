"""Words about a matter that change no state: a message, the summary, what was left out at the counter."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.front.desk.forms.moving import MessageForm, SummaryForm
from huiyin.front.desk.forms.register import CompleteForm
from huiyin.front.desk.refusing import put_into
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.case import open_for
from huiyin.front.desk.views.moving import kept
from huiyin.record.cases.deeds import messages as words
from huiyin.rules.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def message(request: OfficerRequest, number: str) -> HttpResponse:
    """Write to the complainant."""

    def write(form: forms.Form) -> str:
        words.write_as_office(number, form.cleaned_data["text"], by=request.reader)
        return _("The message stands on the complainant's page.")

    return _written(request, number, MessageForm, write, "desk/message.html")


@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: OfficerRequest, number: str) -> HttpResponse:
    """Change the officer's summary; the person's own words stay as they are."""

    def write(form: forms.Form) -> str:
        words.change_summary(number, form.cleaned_data["text"], by=request.reader)
        return _("The summary is changed. The complainant can read and correct it.")

    return _written(request, number, SummaryForm, write, "desk/summary.html")


@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: OfficerRequest, number: str) -> HttpResponse:
    """Add category, area and more words after a quick registration."""

    def write(form: forms.Form) -> str:
        words.complete_registration(number, by=request.reader, **form.cleaned_data)
        return _("The registration is completed.")

    return _written(request, number, CompleteForm, write, "desk/complete.html")


def _written(
    request: OfficerRequest,
    number: str,
    kind: type[forms.Form],
    write: Callable[[forms.Form], str],
    template: str,
) -> HttpResponse:
    """Write and go back; the case is opened only to show the form. Nothing typed is lost."""
    form, status = kind(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                messages.success(request, write(form))
            except Refusal as refusal:
                status = put_into(form, refusal)
            else:
                return redirect("desk:case", number=number)
    try:
        view = open_for(request.reader, number)
    except Refusal as refusal:
        return kept(request, refusal)
    if kind is SummaryForm:
        form.initial = {"text": view.officer_summary}
    return render(request, template, {"view": view, "form": form}, status=status)
