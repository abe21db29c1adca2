"""How a letter reached the person."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.ui.forms import DayField, Radios


class ServiceForm(forms.Form):
    """What the office itself knows: the first reading on the page is noted by the page."""

    how = forms.ChoiceField(
        label=_("How did it go?"),
        choices=[
            ("post", _("Sent by post")),
            ("handed_over", _("Handed over")),
            ("returned", _("Came back")),
        ],
        widget=Radios(
            small=True,
            hints={
                "post": _("The day on which it was given to the post. That it arrived is not known by this."),
                "handed_over": _("The day on which the person had it in hand."),
                "returned": _("The day on which it came back undelivered."),
            },
        ),
    )
    on = DayField(label=_("On which day?"), help_text=_("Not before the day of the letter, not after today."))
