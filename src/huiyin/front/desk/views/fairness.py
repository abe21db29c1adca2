"""A complaint about staff at the desk: its class, what is put to the officer, who is let back; and what was put to me, and my ties."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.front.desk.forms.asked import ClassForm, LetBackForm, PutAnswerForm, PutForm, TieForm
from huiyin.front.desk.refusing import put_into
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.case import open_for
from huiyin.front.desk.views.day import with_queues
from huiyin.record import clock
from huiyin.record.cases.deeds import classing
from huiyin.record.cases.fairness import letting_back, putting, tied
from huiyin.record.cases.shown.case_view import StaffView
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake import queries as lists
from huiyin.ui.languages import page_tag

either = require_http_methods(["GET", "HEAD", "POST"])


@either
def set_class(request: OfficerRequest, number: str) -> HttpResponse:
    """Set the class of a complaint about staff, with a reason."""

    def act(typed: dict[str, Any]) -> str:
        classing.set_class(number, by=request.reader, complaint_class=typed["complaint_class"], why=typed["why"])
        return _("The class is set. The complainant reads it with your reason and can say that it is wrong.")

    return _deed(request, number, "set_class", lambda data, _staff: ClassForm(data), act, lambda staff: staff.may_set)


@either
def put(request: OfficerRequest, number: str) -> HttpResponse:
    """Put something to the officer concerned."""

    def act(typed: dict[str, Any]) -> str:
        putting.put_to_officer(number, by=request.reader, officer=typed["officer"], text=typed["text"])
        return _("It was put to the officer. The complainant reads what, and when.")

    def form(data: Any, staff: StaffView) -> forms.Form:
        return PutForm(data, officers=[(code, name.in_language(page_tag())) for code, name in staff.officers])

    return _deed(request, number, "put", form, act, lambda staff: bool(staff.officers))


@either
def let_back(request: OfficerRequest, number: str) -> HttpResponse:
    """Propose that somebody kept away be let back; a second person decides."""

    def act(typed: dict[str, Any]) -> str:
        letting_back.propose(number, typed["kept_away"], by=request.reader, why=typed["why"])
        return _("It waits for a second person. The complainant reads that you proposed it.")

    def form(data: Any, staff: StaffView) -> forms.Form:
        return LetBackForm(data, kept_away=[(key, name.in_language(page_tag())) for key, name in staff.kept_away])

    return _deed(request, number, "let_back", form, act, lambda staff: bool(staff.kept_away))


@require_safe
def put_to_me(request: OfficerRequest) -> HttpResponse:
    """What was put to me in person; nothing else of any matter."""
    context = {"rows": putting.put_to(request.reader), "today": clock.today(request.reader.zone)}
    return render(request, "desk/put_to_me.html", with_queues(request.reader, context))


@either
def put_answer(request: OfficerRequest, key: str) -> HttpResponse:
    """Answer what was put to me."""
    one = putting.one_put_to(request.reader, key)
    form, status = PutAnswerForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                putting.answer_put(request.reader, key, form.cleaned_data["text"])
            except Refusal as refusal:
                status = put_into(form, refusal)
            else:
                messages.success(request, _("Your answer has gone to the desk outside."))
                return redirect("desk:put-to-me")
    context = {"one": one, "form": form, "today": clock.today(request.reader.zone)}
    return render(request, "desk/put_answer.html", with_queues(request.reader, context), status=status)


@either
def ties(request: OfficerRequest) -> HttpResponse:
    """My own ties; only I see them."""
    given = {"units": lists.unit_list(page_tag()), "officers": lists.officer_list(page_tag())}
    form, status = TieForm(request.POST if request.method == "POST" else None, **given), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                tied.declare(request.reader, unit=form.cleaned_data["unit"], officer=form.cleaned_data["officer"])
            except Refusal as refusal:
                status = put_into(form, refusal)
            else:
                messages.success(request, _("It is noted. Matters that name them are kept from you from now on."))
                return redirect("desk:ties")
    context = {"form": form, "rows": tied.ties_of(request.reader)}
    return render(request, "desk/ties.html", with_queues(request.reader, context), status=status)


@require_POST
def tie_end(request: OfficerRequest, key: int) -> HttpResponse:
    """End a tie of mine."""
    tied.end(request.reader, key)
    messages.success(request, _("The tie has ended. Matters that were kept from you stay so."))
    return redirect("desk:ties")


def _deed(
    request: OfficerRequest,
    number: str,
    name: str,
    form_of: Callable[[Any, StaffView], forms.Form],
    act: Callable[[dict[str, Any]], str],
    may: Callable[[StaffView], bool],
) -> HttpResponse:
    """One deed in a complaint about staff, on a page of its own."""
    view = open_for(request.reader, number)
    staff = view.staff or StaffView("", "", "", None, (), "", (), may_set=view.may_name)
    if not may(staff):
        raise Refusal("not_found")
    form, status = form_of(request.POST if request.method == "POST" else None, staff), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                said = act(form.cleaned_data)
            except Refusal as refusal:
                status = put_into(form, refusal)
            else:
                messages.success(request, said)
                return redirect("desk:case", number=number)
    return render(request, f"desk/{name}.html", {"view": view, "staff": staff, "form": form}, status=status)
