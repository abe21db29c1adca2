"""A refusal beside the form it belongs to: nothing that was typed is lost."""

from __future__ import annotations

from django import forms

from huiyin.record.cases.case_view import CaseView
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
