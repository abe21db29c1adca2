"""Erasing the words of an ended sealed matter: the law, and the word of the second person."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.front.desk.forms.unsealing import LARGEST
from huiyin.ui.forms import AsTyped

LAW_LIMIT = 400  # characters


class EraseForm(forms.Form):
    """The law on which it rests."""

    legal_basis = AsTyped(
        label=_("The law it rests on"),
        help_text=_("Name, article and number, as the complainant will read it."),
        max_length=LAW_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class DecideErasureForm(forms.Form):
    """Carry it out, or do not, and why not."""

    key = forms.IntegerField(min_value=1, max_value=LARGEST, widget=forms.HiddenInput())
    answer = forms.ChoiceField(choices=[("erase", _("Erase")), ("decline", _("Do not agree"))])
    why = AsTyped(
        label=_("Why not?"), required=False, max_length=400, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
