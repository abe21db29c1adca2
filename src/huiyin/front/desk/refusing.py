"""A refusal beside the form it belongs to: nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from huiyin.record.cases.shown.case_view import CaseView
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals


def spoken(refusal: Refusal, view: CaseView | None = None) -> Refusal:
    """The refusal with the pack's own words in place of its ids: the move by its name, the term by its last day."""
    if view is None:
        return refusal
    params = dict(refusal.params)
    move = view.procedure.moves.get(str(params.get("move", "")))
    if move is not None:
        params["move"] = move.name
    guard = view.procedure.guards.get(str(params.get("guard", "")))
    if guard is not None:
        params["guard"] = guard.name
    last_day = next((term.due_on for term in reversed(view.terms) if term.id == params.get("term")), None)
    if last_day is not None:
        params["last_day"] = last_day
    if refusal.code == "sign_off_waits" and view.waiting is not None:
        params["at"] = view.waiting.step
    return Refusal(refusal.code, **params)


def put_into(form: forms.Form, refusal: Refusal, view: CaseView | None = None) -> int:
    """Write the refusal into the form, in the words of the pack; gives the status."""
    return refusals.put_into(form, spoken(refusal, view))


def done(
    request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], HttpResponse | None]
) -> tuple[HttpResponse | None, int]:
    """Do what a form on a page of its own asks for: the answer, or the status of the page that shows the form again.

    ``act`` takes the checked values; it gives no answer where the page is shown once more. What is refused stands in
    the form; Refusal("not_found") goes on, so that what is not this reader's looks like what is not there.
    """
    if request.method != "POST":
        return None, 200
    if not form.is_valid():
        return None, 422
    try:
        return act(form.cleaned_data), 200
    except Refusal as refusal:
        if refusal.code == "not_found":
            raise
        return None, put_into(form, refusal)
