"""What may be sent about helpers, a new code and files that show who somebody is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from huiyin.front.api.fields import Day, OneOf, Text, WholeNumber
from huiyin.front.api.requests import Receipt
from huiyin.record.cases.deeds.helping import LABEL_LIMIT
from huiyin.rules import helping


class HelperGiven(Receipt):
    """Who helps, how far and until when."""

    who = OneOf(helping.WHO)
    may = OneOf(
        helping.MAY,
        help_text=_(
            "read: sees what you see. write: also messages and files. act: everything but withdrawing, rating, the contact, codes and other helpers"
        ),
    )
    called = Text(LABEL_LIMIT, required=False, help_text=_("What you call them; officers do not read it"))
    until_on = Day(required=False, allow_null=True, help_text=_("The last day; left out: until you take it back"))


class HelperEnded(Receipt):
    """Whose code is taken back."""

    number = WholeNumber(min_value=1, max_value=32_767, help_text=_("Number of the helper, as under helpers"))


class NewCodeConfirmed(Receipt):
    """The new code was written down; ``receipt_code`` is still the old one."""

    carried = Text(600, help_text=_("As it was handed out with the new code"))
    last_digits = Text(60, help_text=_("The last four digits of the new code"))


class IdentityFile(Receipt):
    """One file that shows who somebody is, as multipart/form-data."""

    file = serializers.FileField(
        allow_empty_file=True,
        error_messages={"required": "", "invalid": "", "no_name": "", "empty": "", "max_length": ""},
        help_text=_("A photo, PDF, sound or short video; its name is not kept"),
    )
