"""What an officer confirms before a step: one tick for each guard that no program can check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from huiyin.rules import guards
from huiyin.rules.procedure import Guard, Move, Procedure
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals
from huiyin.ui.languages import page_tag
from huiyin.ui.templatetags.huiyin_ui import article

PREFIX = "confirm_"


def fields(procedure: Procedure, rule: Move) -> dict[str, forms.Field]:
    """A box for each guard; its words are the pack's, also in the sentence that asks for it."""
    return {field_name(guard.id): _box(guard) for guard in guards.to_confirm(procedure, rule)}


def field_name(guard: str) -> str:
    """``confirm_recusal``: the box of one guard."""
    return f"{PREFIX}{guard}"


def confirmed_in(typed: Mapping[str, Any]) -> str:
    """The guards that were ticked, out of a form's answers or as they were posted."""
    ticked = [name for name in typed if name.startswith(PREFIX) and _is_ticked(typed[name])]
    return guards.written([name.removeprefix(PREFIX) for name in ticked[: guards.MOST]])


def at_its_box(refusal: Refusal) -> Refusal:
    """A refusal of the record about a guard, with the box of the form that it means."""
    guard = refusal.params.get("guard")
    if refusal.code != "not_confirmed" or guard is None:
        return refusal
    return Refusal(refusal.code, **(refusal.params | {"box": field_name(str(guard))}))


def _box(guard: Guard) -> forms.Field:
    return forms.BooleanField(
        label=guard.name.in_language(page_tag()),
        help_text=article(guard.article) if guard.article and guard.verified else "",
        error_messages={"required": refusals.sentence(Refusal("not_confirmed", guard=guard.name))},
    )


def _is_ticked(value: Any) -> bool:
    """As a browser sends a tick, a hidden field carries it, or a form has read it."""
    return value is True or str(value) in {"on", "True", "true", "1"}
