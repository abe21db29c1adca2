"""Who acts while somebody is away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.rules.procedure import Words
from huiyin.ui.forms import AsTyped, DayField
from huiyin.ui.languages import page_tag


class HandOverForm(forms.Form):
    """To whom the ticked matters go, and why."""

    to = forms.ChoiceField(label=_("Who takes them?"))
    why = AsTyped(
        label=_("Why?"), max_length=200, help_text=_("For example: end of shift. The complainants can read it.")
    )

    def __init__(self, *args: Any, posts: Sequence[tuple[str, Words]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = choices_of(posts)  # type: ignore[attr-defined]


class StandInForm(forms.Form):
    """A dated rule: this officer acts for that post."""

    post = forms.ChoiceField(label=_("Post"))
    officer = forms.ChoiceField(label=_("Stand-in"))
    from_on = DayField(label=_("From"))
    until_on = DayField(label=_("Until, that day included"))
    why = AsTyped(label=_("Why?"), max_length=200, help_text=_("For example: leave, training."))

    def __init__(
        self, *args: Any, posts: Sequence[tuple[str, Words]], officers: Sequence[tuple[str, Words]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = choices_of(posts)  # type: ignore[attr-defined]
        self.fields["officer"].choices = choices_of(officers)  # type: ignore[attr-defined]


def choices_of(known: Sequence[tuple[str, Words]]) -> list[tuple[str, Any]]:
    """What can be chosen, in the page's language; nothing is chosen beforehand."""
    tag = page_tag()
    return [("", _("Choose")), *((code, name.in_language(tag)) for code, name in known)]
