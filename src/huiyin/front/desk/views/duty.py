"""Who handles while somebody is away: the hand-over at the end of a shift, stand-ins by dated rule."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.front.desk.forms.duty import HandOverForm, StandInForm
from huiyin.front.desk.refusing import put_into
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.day import with_queues
from huiyin.record import clock
from huiyin.record.bodies.queries import colleague_posts
from huiyin.record.cases.lists import queries
from huiyin.rules.refusal import Refusal
from huiyin.stages.handling import actions
from huiyin.ui import refusals

MOST_AT_ONCE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: OfficerRequest) -> HttpResponse:
    """Tick my open matters, name a colleague, say why; each has its own result."""
    posts = colleague_posts(request.reader)
    form = HandOverForm(request.POST if request.method == "POST" else None, posts=posts)
    chosen = request.POST.getlist("number")[:MOST_AT_ONCE]
    results: list[dict[str, str]] = []
    status = 200
    if request.method == "POST":
        if not chosen:
            form.add_error(None, _("Tick at least one matter."))
        if form.is_valid():
            results = _hand_over(request, form, chosen)
            form, chosen = HandOverForm(posts=posts), []
        else:
            status = 422
    page = queries.queue("mine", reader=request.reader, limit=MOST_AT_ONCE)
    context: dict[str, Any] = {
        "form": form,
        "rows": page.items,
        "has_more": page.next is not None,
        "chosen": chosen,
        "results": results,
        "today": clock.today(request.reader.zone),
        "has_colleagues": bool(posts),
    }
    return render(
        request, "desk/hand_over.html", with_queues(request.reader, context, counts=page.counts), status=status
    )


def _hand_over(request: OfficerRequest, form: HandOverForm, chosen: list[str]) -> list[dict[str, str]]:
    done = actions.hand_over_many(chosen, to=form.cleaned_data["to"], why=form.cleaned_data["why"], by=request.reader)
    return [
        {"number": number, "refusal": refusals.sentence(refusal) if refusal is not None else ""}
        for number, refusal in done
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def stand_ins(request: OfficerRequest) -> HttpResponse:
    """The dated rules of my units, and a form for one more."""
    choices = {"posts": actions.posts_to_stand_in(request.reader), "officers": actions.colleagues(request.reader)}
    today = clock.today(request.reader.zone)
    form = StandInForm(request.POST if request.method == "POST" else None, initial={"from_on": today}, **choices)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            try:
                actions.set_stand_in(
                    typed["post"], typed["officer"], from_on=typed["from_on"], until_on=typed["until_on"],
                    why=typed["why"], by=request.reader,
                )  # fmt: skip
            except Refusal as refusal:
                status = put_into(form, refusal)
            else:
                messages.success(request, _("The stand-in is set. It stands in the history of the body."))
                return redirect("desk:stand-ins")
    context = {"form": form, "rules": actions.stand_ins(request.reader), "may_set": bool(choices["posts"])}
    return render(request, "desk/stand_ins.html", with_queues(request.reader, context), status=status)


@require_POST
def end_stand_in(request: OfficerRequest, key: int) -> HttpResponse:
    """End a rule now."""
    actions.end_stand_in(key, by=request.reader)
    messages.success(request, _("The stand-in has ended."))
    return redirect("desk:stand-ins")
