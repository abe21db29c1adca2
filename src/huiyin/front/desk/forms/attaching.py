"""What came on paper or at the counter, as files."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.ui.forms import FilesField


class AttachForm(forms.Form):
    """Several files at once."""

    attached = FilesField(
        label=_("Scans, photos or files"),
        error_messages={"required": _("Choose at least one file first.")},
        help_text=_("Photos, PDF, office documents without macros, sound, short video, plain text."),
    )
