"""The word of the second person."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.ui.forms import AsTyped

LARGEST = 2_147_483_647


class SecondForm(forms.Form):
    """Agree, or do not, and why not."""

    key = forms.IntegerField(min_value=1, max_value=LARGEST, widget=forms.HiddenInput())
    answer = forms.ChoiceField(choices=[("agree", _("Agree")), ("decline", _("Do not agree"))])
    why = AsTyped(
        label=_("Why not?"), required=False, max_length=400, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
