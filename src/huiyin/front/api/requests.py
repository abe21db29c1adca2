"""What may be sent: one class for each body. The OpenAPI description is made from these."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from huiyin.front.api.fields import Body, OneOf, Text, WholeNumber
from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.record.cases.registration import SUBJECT_LIMIT
from huiyin.rules.lifecycle import CLASSES
from huiyin.stages.followup.actions import COMMENT_LIMIT, SOLVED

CONFIDENTIALITY = ("named", "confidential", "anonymous")
KINDS_OF_ABOUT = ("officer", "unit", "body", "other")
ABOUT_LIMIT = 20  # people and units one complaint may name
LONGEST_TERM = 3_650  # days
LARGEST_INTEGER = 2_147_483_647
LANGUAGE = "^([zZ][hH]|[eE][nN])(-[A-Za-z0-9]{1,8}){0,2}$"


class Contact(Body):
    """How to reach the person. It is sealed at once; nobody reads it back through this API."""

    name = Text(120, required=False, help_text=_("Name"))
    phone = Text(60, required=False, help_text=_("Telephone"))
    email = Text(254, required=False, help_text=_("E-mail"))
    address = Text(400, required=False, help_text=_("Address"))
    safe_times = Text(200, required=False, help_text=_("When and how it is safe to reach the person"))


class About(Body):
    """Whom or what the complaint names. Those named can neither find nor open it."""

    kind = OneOf(KINDS_OF_ABOUT)
    id = Text(60, required=False, help_text=_("Code of the officer, unit or body, where it is known"))
    text = Text(200, required=False, help_text=_("The same in words"))


class Complaint(Body):
    """A complaint as its author wrote it."""

    subject = Text(SUBJECT_LIMIT, help_text=_("One line; kept as typed"))
    description = Text(TEXT_LIMIT, help_text=_("What happened; kept as typed"))
    confidentiality = OneOf(
        CONFIDENTIALITY,
        help_text=_(
            "named: the officer in charge may open the name. confidential: two people together. anonymous: no contact is kept"
        ),
    )
    category = Text(60, required=False, help_text=_("Code of a category"))
    area = Text(60, required=False, help_text=_("Code of an area"))
    about = serializers.ListField(
        child=About(),
        required=False,
        allow_null=True,
        max_length=ABOUT_LIMIT,
        error_messages={"max_length": ""},
        help_text=_("Whom or what it concerns; those named can neither find nor open it"),
    )
    contact = Contact(
        required=False, allow_null=True, help_text=_("Sealed at once; never read back through this interface")
    )
    language = serializers.RegexField(
        LANGUAGE, required=False, allow_null=True, trim_whitespace=False, max_length=20,
        help_text=_("Language of the text and of the answer: zh or en, with any subtags"),
    )  # fmt: skip
    needs = Text(400, required=False, help_text=_("An interpreter or other help that is needed"))

    def validate_language(self, value: str | None) -> str | None:
        """A pattern's end passes over a last line break; we do not."""
        if value and value[-1].isspace():
            raise serializers.ValidationError("", code="invalid")
        return value


class Receipt(Body):
    """Number and code of a receipt, with or without spaces and dashes."""

    case_number = Text(60, help_text=_("The number on the receipt, or that of its review"))
    receipt_code = Text(60, help_text=_("The twenty digits of the code"))


class Message(Receipt):
    """A word to the office."""

    text = Text(TEXT_LIMIT)


class Rating(Receipt):
    """The complainant's own judgement; no officer sees it for a single matter."""

    solved = OneOf(SOLVED)
    score = WholeNumber(min_value=1, max_value=5, required=False, allow_null=True)
    comment = Text(COMMENT_LIMIT, required=False)


class Contest(Receipt):
    """A request that somebody else look at the matter again."""

    grounds = Text(TEXT_LIMIT, help_text=_("In one's own words: what one does not agree with"))


class Deed(Body):
    """One deed on the desk. What each move needs stands in the matter under ``moves``."""

    move = Text(40, help_text=_("A move of the matter; or sign, or return_draft with text"))
    version = WholeNumber(
        min_value=1, max_value=LARGEST_INTEGER, help_text=_("The version that was read; another one answers 409")
    )
    text = Text(TEXT_LIMIT, required=False)
    reason = Text(TEXT_LIMIT, required=False)
    route = Text(400, required=False)
    to = Text(400, required=False, help_text=_("Code of a post"))
    legal_basis = Text(400, required=False)
    outcome = Text(400, required=False)
    days = WholeNumber(
        min_value=1,
        max_value=LONGEST_TERM,
        required=False,
        allow_null=True,
        help_text=_("Length of a term that the move sets"),
    )

    def get_fields(self) -> dict[str, Any]:
        """``class`` is a word of Python, so this one field is added by name."""
        return {**super().get_fields(), "class": OneOf(CLASSES, required=False, allow_null=True)}
