"""Going out: an office hour, how many came, what was suggested, and the answers."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.front.desk.forms.duty import choices_of
from huiyin.rules.outreach import MOST_CAME, PLACE_LIMIT, WORDS_LIMIT
from huiyin.rules.procedure import Words
from huiyin.ui.forms import AsTyped, DayField, Radios


class HourOfDay(forms.CharField):
    """An hour of the day as people write it: 8:30, 14:00."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"class": "govuk-input--width-5", "placeholder": "9:00", "autocomplete": "off"})
        super().__init__(max_length=5, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        """The hour; one that cannot be read is answered with an example."""
        typed = str(super().clean(value)).replace("：", ":")
        try:
            return datetime.datetime.strptime(typed, "%H:%M").time()  # noqa: DTZ007 - an hour has no zone
        except ValueError:
            raise forms.ValidationError(_("Write the hour like 8:30 or 14:00.")) from None


class PlanForm(forms.Form):
    """Where and when somebody is to be met."""

    area = forms.ChoiceField(label=gettext_lazy("Area"))
    day = DayField(label=gettext_lazy("Day"))
    begins = HourOfDay(label=gettext_lazy("From"))
    ends = HourOfDay(label=gettext_lazy("Until"))
    place_zh = AsTyped(label=gettext_lazy("Place, in Chinese"), max_length=PLACE_LIMIT)
    place_en = AsTyped(label=gettext_lazy("Place, in English"), max_length=PLACE_LIMIT)

    def __init__(self, *args: Any, areas: Sequence[tuple[str, Words]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = choices_of(areas)  # type: ignore[attr-defined]

    def instants(self, zone: str) -> tuple[datetime.datetime, datetime.datetime]:
        """First and last instant, by the clock of the place."""
        typed, tz = self.cleaned_data, ZoneInfo(zone)
        return (
            datetime.datetime.combine(typed["day"], typed["begins"], tz),
            datetime.datetime.combine(typed["day"], typed["ends"], tz),
        )


class CameForm(forms.Form):
    """One number, counted at the door."""

    came = forms.IntegerField(
        label=gettext_lazy("How many came?"),
        help_text=gettext_lazy("One number for the whole office hour. Nobody’s name is written down, nor who did not come."),
        min_value=0,
        max_value=MOST_CAME,
        error_messages={
            "required": gettext_lazy("Type a number; 0 if nobody came."),
            "invalid": gettext_lazy("Type a number; 0 if nobody came."),
            "min_value": gettext_lazy("Type a number; 0 if nobody came."),
            "max_value": gettext_lazy("Type the number of this one office hour."),
        },
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip


class HeardForm(forms.Form):
    """A suggestion that was made at an office hour."""

    text = AsTyped(
        label=gettext_lazy("What was suggested"),
        help_text=gettext_lazy("Without the name of who said it."),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(forms.Form):
    """The suggestion as everybody may read it, and the answer."""

    released = AsTyped(
        label=gettext_lazy("The suggestion, in our words, for everybody to read"),
        help_text=gettext_lazy("Nobody’s name, nothing by which somebody is known. Leave it empty to answer the author alone."),
        max_length=WORDS_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    answer = AsTyped(label=gettext_lazy("Our answer"), max_length=WORDS_LIMIT, widget=forms.Textarea(attrs={"rows": 5}))


class VisitForm(forms.Form):
    """Whether somebody comes on the day that was wished for."""

    agrees = forms.ChoiceField(
        label=gettext_lazy("Does somebody come on that day?"),
        choices=[("yes", gettext_lazy("Yes, somebody comes")), ("no", gettext_lazy("No, not on that day"))],
        widget=Radios(),
    )
    answer = AsTyped(
        label=gettext_lazy("What whoever invited reads"),
        help_text=gettext_lazy("Who comes and at what time; or when it would be possible."),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
