"""What complainants ask of my posts: why I looked, whether a withdrawal is freely made; and withdrawals on paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.front.desk.forms.asked import AnswerForm, NameForm, PaperForm, StepAsideForm
from huiyin.front.desk.labels import PURPOSES, said
from huiyin.front.desk.refusing import put_into
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.case import open_for
from huiyin.front.desk.views.day import with_queues
from huiyin.front.desk.views.moving import kept
from huiyin.record import clock
from huiyin.record.cases.asks import ask_views
from huiyin.record.cases.deeds import answering, recusing, withdrawing
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.wizard import whom_in
from huiyin.ui.names import paper_opened


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: OfficerRequest, number: str, key: int) -> HttpResponse:
    """Read what was asked, and answer with reasons. The matter itself is opened elsewhere, as a look of its own."""
    try:
        asked = ask_views.to_answer(number, key, by=request.reader)
    except Refusal as refusal:
        return kept(request, refusal)
    data = request.POST if request.method == "POST" else None
    form, status = AnswerForm(data, kind=asked.view.kind, outcomes=asked.outcomes), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                typed = form.cleaned_data
                answering.answer(number, key, by=request.reader, text=typed["text"], outcome=typed.get("outcome", ""))
            except Refusal as refusal:
                status = put_into(form, refusal)
            else:
                messages.success(request, _("Your answer stands on the complainant's page."))
                return redirect("desk:queue", name="asked")
    context = {
        "asked": asked,
        "form": form,
        "today": clock.today(request.reader.zone),
        "purpose": said(PURPOSES, asked.look.purpose) if asked.look else "",
        "paper": paper_opened(asked.look.what) if asked.look else "",
    }
    return render(request, "desk/ask.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def paper_withdrawal(request: OfficerRequest) -> HttpResponse:
    """Record a withdrawal that the complainant signed on paper; somebody else confirms it."""
    if withdrawing.outside_desk_of(request.reader) is None:
        raise Refusal("not_found")
    form, status = PaperForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            try:
                withdrawing.record_paper(
                    typed["number"], by=request.reader, signed_on=typed["signed_on"], kept_at=typed["kept_at"]
                )
            except Refusal as refusal:
                status = put_into(form, refusal)
            else:
                messages.success(
                    request, _("The paper is recorded. Somebody else makes sure; the complainant reads of it now.")
                )
                return redirect("desk:day")
    return render(request, "desk/paper_withdrawal.html", with_queues(request.reader, {"form": form}), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def step_aside(request: OfficerRequest, number: str) -> HttpResponse:
    """Step aside from a matter; one loses it at once, and the way back is the list."""
    form, status = StepAsideForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                recusing.step_aside(number, by=request.reader, tie=form.cleaned_data["tie"])
            except Refusal as refusal:
                status = put_into(form, refusal)
            else:
                messages.success(request, _("You stepped aside. The matter is no longer yours."))
                return redirect("desk:day")
    view = open_for(request.reader, number)
    return render(request, "desk/step_aside.html", {"view": view, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def name(request: OfficerRequest, number: str) -> HttpResponse:
    """Say, at the desk outside, whom the matter is about; they lose it at once."""
    form, status = NameForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                recusing.name_at_desk(number, whom_in(form.cleaned_data), by=request.reader)
            except Refusal as refusal:
                status = put_into(form, refusal)
            else:
                messages.success(
                    request, _("It is noted. Whoever was chosen from a list cannot see the matter any more.")
                )
                return redirect("desk:case", number=number)
    view = open_for(request.reader, number)
    if not view.may_name:
        raise Refusal("not_found")
    return render(request, "desk/name.html", {"view": view, "form": form}, status=status)
