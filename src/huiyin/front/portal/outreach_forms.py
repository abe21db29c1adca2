"""What somebody without an account sends in: an invitation to visit, a suggestion; and number and code of either."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.rules.outreach import PARTS, WORDS_LIMIT
from huiyin.stages.intake.forms import Typed
from huiyin.stages.outreach.queries import all_villages
from huiyin.ui.forms import DayField, Radios
from huiyin.ui.languages import page_tag

ONE_LINE = {"autocomplete": "off"}


class _Placed(forms.Form):
    """A form that says which area it is about, and carries its slip."""

    area = forms.ChoiceField(
        label=_("Which village, community or town?"),
        error_messages={"required": _("Choose the area."), "invalid_choice": _("Choose the area.")},
    )
    sealed = forms.CharField(max_length=900, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tag = page_tag()
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")), *((code, name.in_language(tag)) for code, name in all_villages())
        ]  # fmt: skip


class InviteForm(_Placed):
    """For which day, where to, and what about."""

    wished_on = DayField(label=_("On which day should we come?"))
    part = forms.ChoiceField(
        label=_("When on that day?"),
        widget=Radios(),
        error_messages={"required": _("Choose a time of day."), "invalid_choice": _("Choose a time of day.")},
    )
    where = Typed(
        label=_("Where do we meet?"),
        help_text=_("Your home, or any place where you like to talk. Only who comes opens this, and you see when."),
        max_length=WORDS_LIMIT,
        missing=_("Write where we meet."),
        widget=forms.TextInput(attrs=ONE_LINE),
    )
    name = Typed(
        label=_("What do we call you?"), max_length=200, required=False, widget=forms.TextInput(attrs=ONE_LINE)
    )
    telephone = Typed(
        label=_("Telephone, if something comes between"), max_length=200, required=False,
        widget=forms.TextInput(attrs=ONE_LINE | {"inputmode": "tel"}),
    )  # fmt: skip
    note = Typed(
        label=_("What is it about?"),
        help_text=_("A few words are enough, or none: you can say it when we are there."),
        max_length=WORDS_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
    field_order = ("area", "wished_on", "part", "where", "name", "telephone", "note", "sealed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tag = page_tag()
        self.fields["part"].choices = [(key, said.in_language(tag)) for key, said in PARTS.items()]  # type: ignore[attr-defined]


class SuggestForm(_Placed):
    """What should be done differently."""

    text = Typed(
        label=_("What do you suggest?"),
        help_text=_("Name nobody. We publish it in our words, with our answer; your own words are read by those who answer, and by nobody else."),
        max_length=WORDS_LIMIT,
        missing=_("Write your suggestion first."),
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
    )  # fmt: skip
    field_order = ("area", "text", "sealed")


class YoursForm(forms.Form):
    """Number and code, as they were shown when it was sent."""

    number = Typed(
        label=_("Number"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )  # fmt: skip
    code = Typed(
        label=_("Code"),
        help_text=_("Twenty digits. Spaces and dashes do not matter."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "code-input"}),
    )
