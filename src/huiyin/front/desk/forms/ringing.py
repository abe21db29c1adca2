"""Ringing who is on duty, and one's own photo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from huiyin.front.desk.forms.duty import choices_of
from huiyin.rules.ground import RING_KINDS
from huiyin.rules.procedure import Words
from huiyin.ui.forms import Radios
from huiyin.ui.languages import page_tag


class RingForm(forms.Form):
    """For which area, and why."""

    area = forms.ChoiceField(label=gettext_lazy("For which area?"))
    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), widget=Radios(inline=True))

    def __init__(self, *args: Any, areas: Sequence[tuple[str, Words]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = choices_of(areas)  # type: ignore[attr-defined]
        self.fields["kind"].choices = [(key, said.in_language(page_tag())) for key, said in RING_KINDS.items()]  # type: ignore[attr-defined]


class PhotoForm(forms.Form):
    """A photo of one's own."""

    photo = forms.FileField(
        label=gettext_lazy("Photo (JPEG, PNG or WebP)"),
        help_text=gettext_lazy("It is drawn anew, small, without place, time or device."),
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
        error_messages={
            "required": gettext_lazy("Choose a photo first."),
            "empty": gettext_lazy("Choose a photo first."),
            "missing": gettext_lazy("Choose a photo first."),
        },
    )
