"""What an answer promises, line by line on its form; and what is said about a promise afterwards."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.rules import duties
from huiyin.rules.duties import MOST, TEXT_LIMIT
from huiyin.rules.refusal import Refusal
from huiyin.ui.forms import AsTyped, DayField
from huiyin.ui.languages import page_tag

LINES = "duty_lines"  # the field that says how many lines the form has
AT_FIRST, MORE = 3, 3
PARTS = ("kind", "due_on", "text")


def field_name(part: str, line: int) -> str:
    """``duty_due_on_0``: one box of one line."""
    return f"duty_{part}_{line}"


def lines_of(typed: Mapping[str, Any]) -> int:
    """How many lines a form has that says so, or that was typed; within bounds."""
    said = str(typed.get(LINES) or "")
    return min(MOST, max(AT_FIRST, int(said) if said.isascii() and said.isdecimal() and len(said) < 3 else 0))


def fields(lines: int) -> dict[str, forms.Field]:
    """The boxes of so many lines, none of which must be filled."""
    tag = page_tag()
    kinds = [("", _("Nothing here")), *((kind, name.in_language(tag)) for kind, name in duties.KINDS.items())]
    found: dict[str, forms.Field] = {
        LINES: forms.IntegerField(widget=forms.HiddenInput(), required=False, initial=lines)
    }
    for line in range(lines):
        found[field_name("kind", line)] = forms.ChoiceField(label=_("What kind"), choices=kinds, required=False)
        found[field_name("due_on", line)] = DayField(label=_("By which day"), required=False)
        found[field_name("text", line)] = AsTyped(
            label=_("What exactly, or why not yet"),
            required=False,
            max_length=TEXT_LIMIT,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
    return found


def promised_in(typed: Mapping[str, Any]) -> str:
    """The promises out of a form's answers, or as they were posted; lines left empty are passed over.

    Raises what ``rules.duties.of_rows`` refuses, with ``box``: the field to correct.
    """
    filled = filled_lines(typed)
    try:
        return duties.written(duties.of_rows([_row(typed, line) for line in filled]))
    except Refusal as refusal:
        raise at_its_box(refusal, typed) from None


def at_its_box(refusal: Refusal, typed: Mapping[str, Any]) -> Refusal:
    """A refusal of the record about its n-th promise, with the box of the form that it means."""
    params, filled = dict(refusal.params), filled_lines(typed)
    line = params.get("line", 0 if params.get("field") == "duties" else None)
    if isinstance(line, int) and line < len(filled):
        part = str(params["field"]) if params.get("field") in PARTS else "kind"
        params["box"] = field_name(part, filled[line])
    return Refusal(refusal.code, **params)


def filled_lines(typed: Mapping[str, Any]) -> list[int]:
    """The lines in which anything stands."""
    return [line for line in range(MOST) if any(value.strip() for value in _row(typed, line).values())]


def first_values(written: str) -> dict[str, Any]:
    """The promises of a draft that came back, as first values of the form."""
    promised = duties.read(written)
    found: dict[str, Any] = {LINES: max(AT_FIRST, len(promised))}
    for line, each in enumerate(promised):
        for part, value in (("kind", each.kind), ("due_on", each.due_on), ("text", each.text)):
            found[field_name(part, line)] = value
    return found


def _row(typed: Mapping[str, Any], line: int) -> dict[str, str]:
    return {
        "kind": str(typed.get(field_name("kind", line)) or ""),
        "due_on": _day(typed, field_name("due_on", line)),
        "text": str(typed.get(field_name("text", line)) or "").replace("\r\n", "\n"),
    }


def _day(typed: Mapping[str, Any], name: str) -> str:
    """A day as three boxes, as one hidden value, or already read."""
    parts = [str(typed.get(f"{name}_{part}") or "").strip() for part in ("year", "month", "day")]
    value = typed.get(name) or ""
    return "-".join(parts) if any(parts) else value.isoformat() if isinstance(value, datetime.date) else str(value)


class DoneForm(forms.Form):
    """What was done, in the office's words."""

    text = AsTyped(
        label=_("What was done, and when?"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The complainant reads it, and says whether it is so. Until then the promise stays open."),
    )


class LaterForm(forms.Form):
    """Another day to look again, and why."""

    due_on = DayField(label=_("When do we look at it again?"), help_text=_("At most a year from today."))
    text = AsTyped(
        label=_("Why is it still not possible?"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The complainant reads it. The day before stays visible."),
    )


class FoundForm(forms.Form):
    """How it was established that a promise was kept."""

    text = AsTyped(
        label=_("How was it established that it is done?"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The complainant and the office read it. With it the promise has ended."),
    )


DEEDS: dict[str, type[forms.Form]] = {"done": DoneForm, "later": LaterForm, "found": FoundForm}
"""The last part of an address, and its form."""
