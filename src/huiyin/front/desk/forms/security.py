"""Forms of what an officer signs in with: app, keys, password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.record.bodies.models import Account


def password_field(label: Any, autocomplete: str = "current-password") -> forms.CharField:
    """A password, never shown again."""
    return forms.CharField(
        label=label, max_length=400, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": autocomplete})
    )


class AppForm(forms.Form):
    """The first code an app shows; the secret travels along, sealed."""

    code = forms.CharField(
        label=gettext_lazy("The six digits that the app shows"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "govuk-input--width-10"}),
    )  # fmt: skip
    sealed = forms.CharField(max_length=400, widget=forms.HiddenInput())


class KeyForm(forms.Form):
    """What the officer calls the key."""

    label = forms.CharField(
        label=gettext_lazy("What do you call this key?"),
        max_length=80,
        help_text=gettext_lazy("For example: the blue one on my key ring."),
    )


class OwnPasswordForm(forms.Form):
    """The password once more, before something that weakens the door."""

    def __init__(self, data: Any = None, *, account: Account) -> None:
        super().__init__(data)
        self.account = account

    password = password_field(gettext_lazy("Your password"))

    def clean_password(self) -> str:
        """It must be right."""
        typed = str(self.cleaned_data["password"])
        if not self.account.check_password(typed):
            raise forms.ValidationError(_("This is not your password."))
        return typed


class PasswordForm(OwnPasswordForm):
    """A new password, typed twice."""

    new = password_field(gettext_lazy("New password"), "new-password")
    again = password_field(gettext_lazy("New password, once more"), "new-password")

    def clean(self) -> dict[str, Any]:
        """Both the same, and not a weak one."""
        cleaned = super().clean() or {}
        new = cleaned.get("new", "")
        if new and cleaned.get("again", "") != new:
            self.add_error("again", _("The two are not the same. Type the new password twice."))
        elif new:
            try:
                validate_password(new, self.account)
            except ValidationError:
                self.add_error("new", _("Take at least 12 characters, and no password that many people use."))
        return cleaned
