"""The form of a move, made from what the procedure asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.front.desk.labels import CLASSES
from huiyin.record.cases.given import TEXT_LIMIT, Given
from huiyin.rules.lifecycle import most_days
from huiyin.rules.procedure import Choice, Move, Procedure
from huiyin.ui.forms import AsTyped, Radios
from huiyin.ui.languages import page_tag

ORDER = ("class", "outcome", "reason", "to", "days", "text", "legal_basis", "route")
Choices = list[tuple[str, Any]]


def given_in(typed: Mapping[str, Any]) -> Given:
    """What comes with a move, out of a form's answers or as it was posted."""
    values = {name: str(typed.get(name) or "").replace("\r\n", "\n") for name in ORDER}
    return Given(matter_class=values.pop("class"), **values)


class MoveForm(forms.Form):
    """What ``requires`` and ``accepts`` name, in the order people think; the version they saw travels along."""

    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=2_000_000_000)

    def __init__(
        self, *args: Any, rule: Move, procedure: Procedure, posts: Sequence[tuple[str, str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        wanted = set(rule.requires) | set(rule.accepts)
        for name in ORDER:
            if name in wanted:
                required = name in rule.requires or (name == "to" and rule.assigns)
                self.fields[name] = _field(name, rule, procedure, posts, required=required)

    @property
    def asks(self) -> bool:
        """Whether there is anything to fill in at all."""
        return len(self.fields) > 1

    def given(self) -> Given:
        """What goes to the record with the move."""
        return given_in(self.cleaned_data)

    @staticmethod
    def typed_before(given: dict[str, str]) -> dict[str, str]:
        """A draft that was sent back, as first values."""
        return {"class" if name == "matter_class" else name: value for name, value in given.items()}


def _field(
    name: str, rule: Move, procedure: Procedure, posts: Sequence[tuple[str, str, str]], *, required: bool
) -> forms.Field:
    match name:
        case "text":
            return _words(_text_label(rule), required=required, rows=10 if rule.makes else 4)
        case "reason" if not rule.reasons:
            return _words(_("Reason"), required=required, rows=4)
        case "reason":
            return _one_of(_("Reason"), _names(procedure.reasons, rule.reasons), required=required)
        case "route":
            return _one_of(_("Which way is open to the complainant?"), _names(procedure.routes), required=required)
        case "outcome":
            return _one_of(_("Outcome"), _names(procedure.outcomes, rule.outcomes), required=required)
        case "class":
            return _one_of(_("What kind of matter is it?"), list(CLASSES.items()), required=required)
        case "days":
            most = most_days(procedure, rule)
            return forms.IntegerField(
                label=_("How many days?"),
                required=required,
                min_value=1,
                max_value=most or None,
                widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
                help_text=_("At most %(most)s.") % {"most": most},
            )
        case "to":
            position = 1 if page_tag().startswith("zh") else 2
            colleagues: Choices = [("", _("Choose"))] + [(post[0], post[position]) for post in posts]
            return forms.ChoiceField(label=_("Who is to deal with it?"), choices=colleagues, required=required)
        case _:
            return AsTyped(
                label=_("Legal basis"),
                required=required,
                max_length=400,
                help_text=_("Law and article, as the complainant will read it."),
            )


def _text_label(rule: Move) -> Any:
    return _("Text of the letter") if rule.makes else _("Note")


def _words(label: Any, *, required: bool, rows: int) -> forms.Field:
    return AsTyped(label=label, required=required, max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": rows}))


def _names(known: dict[str, Choice], only: Sequence[str] = ()) -> Choices:
    tag = page_tag()
    return [(each, known[each].name.in_language(tag) if each in known else each) for each in (only or known)]


def _one_of(label: Any, choices: Choices, *, required: bool) -> forms.Field:
    if not required:
        choices = [("", _("Not said")), *choices]
    return forms.ChoiceField(
        label=label, choices=choices, required=required, widget=Radios(small=True, inline=len(choices) < 6)
    )


class MessageForm(forms.Form):
    """Words to the complainant."""

    text = AsTyped(
        label=_("What do you want to tell or ask the complainant?"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("It appears at once on the complainant's page, with your name."),
    )


class SummaryForm(forms.Form):
    """The officer's few lines beside the person's own words."""

    text = AsTyped(
        label=_("Your summary"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The complainant reads it beside the own words and can correct it."),
    )


class ReturnForm(forms.Form):
    """Why a draft goes back."""

    text = AsTyped(
        label=_("What should be better?"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The writer reads it. Nothing of the draft is lost."),
    )


class SignForm(forms.Form):
    """A signature asks for nothing; the form only carries what stands against it."""
