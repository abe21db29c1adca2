"""Forms of the vault passphrase."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.front.desk.forms.security import password_field
from huiyin.record.sealing.staff import LONGEST, SHORTEST


class UnlockForm(forms.Form):
    """The passphrase, to open one's key."""

    passphrase = password_field(gettext_lazy("Vault passphrase"), "off")


class NewPassphraseForm(forms.Form):
    """A new passphrase, typed twice."""

    new = password_field(gettext_lazy("New vault passphrase"), "off")
    again = password_field(gettext_lazy("New vault passphrase, once more"), "off")

    def clean(self) -> dict[str, Any]:
        """Both the same, and long enough."""
        cleaned = super().clean() or {}
        new = cleaned.get("new", "")
        if new and cleaned.get("again", "") != new:
            self.add_error("again", _("The two are not the same. Type the new passphrase twice."))
        elif new and not SHORTEST <= len(new) <= LONGEST:
            self.add_error(
                "new",
                _("At least %(minimum)s characters, at most %(maximum)s: four or five words.")
                % {"minimum": SHORTEST, "maximum": LONGEST},
            )
        return cleaned


class ChangeForm(NewPassphraseForm):
    """The passphrase of now, and another one."""

    old = password_field(gettext_lazy("Vault passphrase of now"), "off")
    field_order = ("old", "new", "again")
