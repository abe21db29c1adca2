"""Who may act for the complainant, and a new code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.front.fresh_codes import is_written_down
from huiyin.record.cases.deeds.helping import LABEL_LIMIT
from huiyin.stages.intake.forms import Typed
from huiyin.ui.forms import DayField, Radios
from huiyin.ui.helping import WHO

MAY: dict[str, Promise] = {
    "read": _("Read only"),
    "write": _("Read, write messages and add files"),
    "act": _("Everything but withdrawing"),
}
MAY_HINTS: dict[str, Promise] = {
    "read": _("Sees what you see here."),
    "write": _("Each message says that your helper wrote it."),
    "act": _(
        "Also agree with the answer or ask for a review. Never: withdraw, rate, change how to reach you, or let somebody else in."
    ),
}


class HelperForm(forms.Form):
    """Who helps, how far, and until when."""

    who = forms.ChoiceField(
        label=_("Who helps you?"),
        choices=list(WHO.items()),
        widget=Radios(),
        error_messages={"required": _("Choose who it is."), "invalid_choice": _("Choose who it is.")},
    )
    label = Typed(
        label=_("What do you call them, and what did you agree on?"),
        help_text=_(
            "Only you read this, for example: my daughter, I asked her on the telephone. Officers see only what you chose above."
        ),
        max_length=LABEL_LIMIT,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    may = forms.ChoiceField(
        label=_("What may they do?"),
        choices=list(MAY.items()),
        widget=Radios(hints=MAY_HINTS),
        error_messages={"required": _("Choose how far it goes."), "invalid_choice": _("Choose how far it goes.")},
    )
    until_on = DayField(
        label=_("Until when?"), help_text=_("The last day. Leave it empty: until you take it back."), required=False
    )


class NewCodeForm(forms.Form):
    """The last four digits of the new code: whoever types them has written it down."""

    sealed = forms.CharField(max_length=600, widget=forms.HiddenInput())
    last_digits = Typed(
        label=_("The last four digits of the new code"),
        help_text=_("Write the whole code down first. Then type these four, and the old code ends."),
        max_length=60,
        missing=_("Type the last four digits of the new code."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, code: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code

    def clean_last_digits(self) -> str:
        """Those of the code that is shown."""
        if not is_written_down(self.code, self.cleaned_data["last_digits"]):
            raise forms.ValidationError(_("These are not the last four digits. The old code still holds."))
        return str(self.cleaned_data["last_digits"])
