"""Forms of the calculators: wages that are owed, and a sum in parts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.front.room.forms import CHOOSE
from huiyin.rules import reckoning
from huiyin.ui.forms import AsTyped, DayField, Radios


class WagesForm(forms.Form):
    """Wages that are owed."""

    rate = AsTyped(
        label=_("Pay for one day, hour or piece, in yuan"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    units = forms.IntegerField(label=_("How many days, hours or pieces?"), min_value=0, max_value=1_000_000)
    paid = AsTyped(
        label=_("Paid already, in yuan"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    def owed(self) -> int:
        """In cents. Raises what ``rules.reckoning`` refuses."""
        typed = self.cleaned_data
        paid = reckoning.cents(typed["paid"], field="paid") if typed["paid"].strip() else 0
        return reckoning.wages(
            rate_cents=reckoning.cents(typed["rate"], field="rate"), units=typed["units"], paid_cents=paid
        )


class InstalmentForm(forms.Form):
    """A sum in parts."""

    amount = AsTyped(label=_("Sum, in yuan"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    parts = forms.IntegerField(label=_("In how many parts?"), min_value=1, max_value=reckoning.MOST_PARTS)
    first_on = DayField(label=_("First day"))
    every = forms.ChoiceField(
        label=_("How often?"), widget=Radios(small=True), error_messages=CHOOSE,
        choices=[("month", _("Every month")), ("fortnight", _("Every two weeks")), ("week", _("Every week"))],
    )  # fmt: skip

    def plan(self) -> tuple[reckoning.Instalment, ...]:
        """The parts. Raises what ``rules.reckoning`` refuses."""
        typed = self.cleaned_data
        return reckoning.instalments(
            reckoning.cents(typed["amount"]), typed["parts"], first_on=typed["first_on"], every=typed["every"]
        )
