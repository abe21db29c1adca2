"""What of a confidential matter is covered for its readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.rules.covering import LONGEST, MOST
from huiyin.ui.forms import AsTyped, Checkboxes


class CoverForm(forms.Form):
    """Passages to cover: what the program suggests, one tick each, and whatever else, one a line."""

    suggested = forms.MultipleChoiceField(label=_("It may tell who wrote it"), required=False, widget=Checkboxes())
    passages = AsTyped(
        label=_("Cover this too"),
        help_text=_(
            "One passage a line, exactly as it stands in the words: names, places, days, a way of speaking. It is covered wherever it stands."
        ),
        max_length=MOST * LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, suggested: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not suggested:
            del self.fields["suggested"]
            return
        field = self.fields["suggested"]
        field.choices = [(each, each) for each in suggested]  # type: ignore[attr-defined]
        field.initial = list(suggested)

    @property
    def chosen(self) -> list[str]:
        """Everything to cover."""
        typed = self.cleaned_data["passages"].split("\n")
        return [*self.cleaned_data.get("suggested", []), *(each for each in typed if each.strip())]
