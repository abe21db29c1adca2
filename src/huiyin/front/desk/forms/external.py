"""What the matter is called in another system."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from huiyin.rules.external import NUMBER_LIMIT, SYSTEM_LIMIT
from huiyin.ui.forms import AsTyped, DayField

SUGGESTIONS = "external-systems"  # the id of the list of names that the office keeps


class Suggested(forms.TextInput):
    """A box that offers the names the office uses and takes any other."""

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off", "list": SUGGESTIONS})


class ExternalForm(forms.Form):
    """The other system, the number it gave, and the day it set."""

    system = AsTyped(
        label=_("Which system"),
        max_length=SYSTEM_LIMIT,
        widget=Suggested,
        help_text=_("The name your office uses for it, always in the same words."),
    )
    external_number = AsTyped(
        label=_("Its number there"),
        max_length=NUMBER_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("The number of the matter, never of a person. The complainant sees it; you can search for it."),
    )
    due_on = DayField(
        label=_("Answer wanted there by"),
        required=False,
        help_text=_("Shown beside the legal date. It never replaces it and moves no clock."),
    )
    due_time = forms.TimeField(
        label=_("At what time"),
        required=False,
        input_formats=["%H:%M"],
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "govuk-input--width-5"}),
        help_text=_("Only if an hour was set, such as 16:30."),
        error_messages={"invalid": _("Write the time like 16:30.")},
    )

    def clean(self) -> dict[str, Any]:
        """An hour belongs to a day."""
        typed = super().clean() or {}
        if typed.get("due_time") and not typed.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Give the day that belongs to this time."))
        return typed

    def due_at(self, zone: str) -> datetime.datetime | None:
        """The instant, where an hour was set."""
        on, at = self.cleaned_data["due_on"], self.cleaned_data["due_time"]
        return datetime.datetime.combine(on, at, ZoneInfo(zone)) if on and at else None


def suggested_systems() -> list[str]:
    """What the office calls the systems it also feeds."""
    return list(settings.HUIYIN_EXTERNAL_SYSTEMS)
