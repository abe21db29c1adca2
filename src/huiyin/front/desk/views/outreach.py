"""Going out: what is planned for the areas one answers for, invitations, suggestions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from huiyin.front.desk.forms.outreach import AnswerForm, CameForm, HeardForm, PlanForm, VisitForm
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.day import with_queues
from huiyin.front.desk.views.registering import language_of
from huiyin.record import clock
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.stages.outreach import actions, queries
from huiyin.stages.outreach.queries import Invited
from huiyin.ui import refusals

either = require_http_methods(["GET", "HEAD", "POST"])
Deed = Callable[[dict[str, Any]], object]


@either
def going_out(request: OfficerRequest) -> HttpResponse:
    """Office hours, invitations and suggestions of my areas; and a form to plan one."""
    areas = queries.areas_of(request.reader)
    form = PlanForm(request.POST if request.method == "POST" else None, areas=areas)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            starts_at, ends_at = form.instants(request.reader.zone)
            try:
                actions.plan_office_hour(
                    typed["area"], place=Words(typed["place_zh"].strip(), typed["place_en"].strip()),
                    starts_at=starts_at, ends_at=ends_at, by=request.reader,
                )  # fmt: skip
            except Refusal as refusal:
                status = refusals.put_into(form, refusal)
            else:
                messages.success(request, _("It is planned. Residents read it from now on."))
                return redirect("desk:going-out")
    to_come, to_enter, entered = queries.hours_of(request.reader)
    context = {
        "form": form,
        "areas": areas,
        "to_come": to_come,
        "to_enter": to_enter,
        "entered": entered,
        "invitations": queries.invitations_of(request.reader),
        "suggestions": queries.suggestions_of(request.reader),
        "today": clock.today(request.reader.zone),
    }
    return render(request, "desk/going_out.html", with_queues(request.reader, context), status=status)


@either
def office_hour(request: OfficerRequest, key: int) -> HttpResponse:
    """One office hour: how many came, what was suggested, or that it is not held."""
    hour = queries.hour_of(request.reader, key)
    if hour is None:
        raise Http404
    began = hour.starts_at <= clock.now()
    chosen = {
        "came": CameForm(_sent(request, "came"), initial={"came": hour.came}),
        "heard": HeardForm(_sent(request, "heard")),
    }
    deeds: dict[str, tuple[Deed, Promise]] = {
        "came": (
            lambda typed: actions.enter_held(key, typed["came"], by=request.reader),
            _("It is entered. The number counts for its town and month."),
        ),
        "heard": (
            lambda typed: actions.hear_suggestion(
                key, typed["text"], language=language_of(typed["text"]), by=request.reader
            ),
            _("The suggestion is kept. It waits for an answer."),
        ),
        "off": (lambda _typed: actions.call_off(key, by=request.reader), _("It is called off. Residents read that.")),
    }
    done, refusal, status = _act(request, chosen, deeds)
    if done:
        return redirect("desk:office-hour", key=key)
    context = {
        "hour": hour,
        "began": began,
        "refusal": refusal,
        **{f"{name}_form": each for name, each in chosen.items()},
    }
    return render(request, "desk/office_hour.html", with_queues(request.reader, context), status=status)


@either
def visit(request: OfficerRequest, number: str) -> HttpResponse:
    """One invitation: an answer; who invites opens for the visit, and that is written down and shown to them."""
    asked = queries.invitation_of(request.reader, number)
    if asked is None:
        raise Http404
    chosen = {"answer": VisitForm(_sent(request, "answer"))}
    opened: list[Invited] = []
    deeds: dict[str, tuple[Deed, Promise]] = {
        "answer": (
            lambda typed: actions.answer_invitation(
                number, agrees=typed["agrees"] == "yes", answer=typed["answer"], by=request.reader
            ),
            _("The answer stands on the page of whoever invited."),
        ),
        "made": (lambda _typed: actions.visit_made(number, by=request.reader), _("The visit is entered.")),
        "open": (lambda _typed: opened.append(actions.open_invitation(number, by=request.reader)), _("Opened.")),
    }
    done, refusal, status = _act(request, chosen, deeds, quiet=("open",))
    if done and not opened:
        return redirect("desk:going-out")
    context = {
        "asked": queries.invitation_of(request.reader, number),
        "opened": opened[0] if opened else None,
        "form": chosen["answer"],
        "refusal": refusal,
        "may_be_made": asked.state == "agreed" and asked.wished_on <= clock.today(request.reader.zone),
    }
    response = render(request, "desk/visit.html", with_queues(request.reader, context), status=status)
    response["Cache-Control"] = "no-store"
    return response


@either
def suggestion(request: OfficerRequest, number: str) -> HttpResponse:
    """One suggestion: its words, the wording for everybody, the answer."""
    told = queries.suggestion_of(request.reader, number)
    if told is None:
        raise Http404
    initial = {"released": told.released, "answer": told.answer}
    chosen = {"answer": AnswerForm(_sent(request, "answer"), initial=initial)}
    deeds: dict[str, tuple[Deed, Promise]] = {
        "answer": (
            lambda typed: actions.answer_suggestion(
                number, released=typed["released"], answer=typed["answer"], by=request.reader
            ),
            _("It is answered."),
        ),
        "withdraw": (
            lambda _typed: actions.withdraw_for_author(number, by=request.reader),
            _("It is taken away, as the author wished."),
        ),
    }
    done, refusal, status = _act(request, chosen, deeds)
    if done:
        return redirect("desk:going-out")
    context = {"told": told, "form": chosen["answer"], "refusal": refusal}
    return render(request, "desk/suggestion.html", with_queues(request.reader, context), status=status)


def _sent(request: OfficerRequest, name: str) -> Any:
    return request.POST if request.method == "POST" and request.POST.get("step") == name else None


def _act(
    request: OfficerRequest,
    chosen: dict[str, Any],
    deeds: dict[str, tuple[Deed, Promise]],
    *,
    quiet: tuple[str, ...] = (),
) -> tuple[bool, Refusal | None, int]:
    """Carry out what was pressed: (done, why not, status). What was typed stays in its form."""
    if request.method != "POST":
        return False, None, 200
    step = request.POST.get("step", "")
    if step not in deeds:
        return False, Refusal("unknown_choice"), 422
    form: forms.Form | None = chosen.get(step)
    if form is not None and not form.is_valid():
        return False, None, 422
    deed, said = deeds[step]
    try:
        deed(form.cleaned_data if form is not None else {})
    except Refusal as refusal:
        if form is None:
            return False, refusal, refusals.status(refusal)
        return False, None, refusals.put_into(form, refusal)
    if step not in quiet:
        messages.success(request, str(said))
    return True, None, 200
