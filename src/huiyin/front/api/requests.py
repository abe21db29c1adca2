"""What may be sent: one class for each body. The OpenAPI description is made from these."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from huiyin.front.api.fields import Body, Day, OneOf, Text, WholeNumber, YesNo
from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.record.cases.registering.registration import SUBJECT_LIMIT
from huiyin.rules import duties, guards
from huiyin.rules.asking import TEXT_LIMIT as ASK_TEXT_LIMIT
from huiyin.rules.asking import TEXT_LIMIT as EVIDENCE_LIMIT
from huiyin.rules.fairness import CLASSES as COMPLAINT_CLASSES
from huiyin.rules.fairness import EVIDENCE
from huiyin.rules.lifecycle import CLASSES
from huiyin.rules.reaching import WISHES
from huiyin.stages.followup.actions import COMMENT_LIMIT, SOLVED

CONFIDENTIALITY = ("named", "confidential", "anonymous")
KINDS_OF_ABOUT = ("officer", "unit", "body", "other")
ORIGINALS = ("closed", "open")
ABOUT_LIMIT = 20  # people and units one complaint may name
LONGEST_TERM = 3_650  # days
LARGEST_INTEGER = 2_147_483_647
MOVE_FOUND = _(
    "true: what was found in the text to tell who the person is moves into the sealed part, and gaps mark the places; left out: the text stays as it is"
)
LANGUAGE = "^([zZ][hH]|[eE][nN])(-[A-Za-z0-9]{1,8}){0,2}$"


class Contact(Body):
    """How to reach the person. It is sealed at once; nobody reads it back through this API."""

    name = Text(120, required=False, help_text=_("Name"))
    phone = Text(60, required=False, help_text=_("Telephone"))
    email = Text(254, required=False, help_text=_("E-mail"))
    address = Text(400, required=False, help_text=_("Address"))
    safe_times = Text(200, required=False, help_text=_("When and how it is safe to reach the person"))
    notices = OneOf(
        WISHES,
        required=False,
        allow_null=True,
        help_text=_(
            "When an e-mail may say that there is something new; left out: at any time, but never where safe_times are given"
        ),
    )


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
    complaint_class = OneOf(
        COMPLAINT_CLASSES,
        required=False,
        help_text=_(
            "Of a complaint about staff. service: another officer of the body answers. misconduct: the whole unit stays away, evidence is secured before anybody is asked"
        ),
    )
    evidence = serializers.ListField(
        child=OneOf(tuple(EVIDENCE)),
        required=False,
        allow_null=True,
        max_length=len(EVIDENCE),
        error_messages={"max_length": ""},
        help_text=_("What could prove it; an empty list says that there is nothing, leaving it out says nothing"),
    )
    evidence_words = Text(EVIDENCE_LIMIT, required=False, help_text=_("Where it is, and how long it is kept"))
    contact = Contact(
        required=False, allow_null=True, help_text=_("Sealed at once; never read back through this interface")
    )
    language = serializers.RegexField(
        LANGUAGE, required=False, allow_null=True, trim_whitespace=False, max_length=20,
        help_text=_("Language of the text and of the answer: zh or en, with any subtags"),
    )  # fmt: skip
    needs = Text(400, required=False, help_text=_("An interpreter or other help that is needed"))
    move_found = YesNo(required=False, help_text=MOVE_FOUND)

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
    move_found = YesNo(required=False, help_text=MOVE_FOUND)


class Rating(Receipt):
    """The complainant's own judgement; no officer sees it for a single matter."""

    solved = OneOf(SOLVED)
    score = WholeNumber(min_value=1, max_value=5, required=False, allow_null=True)
    comment = Text(COMMENT_LIMIT, required=False)


class Contest(Receipt):
    """A request that somebody else look at the matter again."""

    grounds = Text(TEXT_LIMIT, help_text=_("In one's own words: what one does not agree with"))


class AttachmentSent(Receipt):
    """One file of the complainant's, as multipart/form-data."""

    file = serializers.FileField(
        allow_empty_file=True,
        error_messages={"required": "", "invalid": "", "no_name": "", "empty": "", "max_length": ""},
        help_text=_(
            "A photo, PDF, office document, sound, short video or plain text; its content decides, not its name"
        ),
    )
    originals = OneOf(
        ORIGINALS,
        required=False,
        help_text=_("open: officers may open the original too; closed, or left out: only a cleaned copy"),
    )


class OriginalWord(Receipt):
    """Whether officers may open the original of a file that the complainant sent."""

    number = WholeNumber(min_value=1, max_value=32_767, help_text=_("Number of the file, as under attachments"))
    is_released = YesNo(help_text=_("true: officers may open it; false: no longer"))


class DutyWord(Receipt):
    """Whether what an answer promised is done, in the complainant's own word."""

    duty = WholeNumber(min_value=1, max_value=32_767, help_text=_("Number of the promise, as under duties"))
    done = YesNo(help_text=_("false: not done, or a yes is taken back; then text says what is missing"))
    text = Text(duties.TEXT_LIMIT, required=False)


class ComeBack(Receipt):
    """What is new after a matter that has ended."""

    text = Text(TEXT_LIMIT, help_text=_("What is new"))


class Pressure(Receipt):
    """Pressure because of a complaint."""

    text = Text(TEXT_LIMIT, help_text=_("What happened"))
    about = serializers.ListField(
        child=About(),
        required=False,
        allow_null=True,
        max_length=ABOUT_LIMIT,
        error_messages={"max_length": ""},
        help_text=_("Who put the pressure; they can neither find nor open the report"),
    )


class LookQuestion(Receipt):
    """Why did somebody open the matter?"""

    look = WholeNumber(min_value=1, max_value=LARGEST_INTEGER, help_text=_("Number of the look, as under looks"))
    text = Text(ASK_TEXT_LIMIT)


class Recusal(Receipt):
    """A request that the responsible officer step aside."""

    text = Text(ASK_TEXT_LIMIT, help_text=_("Why; the officer does not read it"))


class Doubt(Receipt):
    """A doubt about the class of a complaint about staff."""

    text = Text(ASK_TEXT_LIMIT, help_text=_("What it is really about; somebody else than who set the class answers"))


class Naming(Receipt):
    """Whom a matter is about, said later."""

    about = serializers.ListField(
        child=About(),
        min_length=1,
        max_length=ABOUT_LIMIT,
        error_messages={"max_length": "", "min_length": "", "required": "", "null": ""},
        help_text=_("They and their units lose the matter at once"),
    )


class Withdrawal(Receipt):
    """A withdrawal; why need not be said."""

    text = Text(ASK_TEXT_LIMIT, required=False, help_text=_("Read by the desk outside the unit alone"))


class DutyGiven(Body):
    """One thing the office will do, and its last day."""

    kind = OneOf(tuple(duties.KINDS), help_text=_("look_again: right, but not possible yet; text is the reason"))
    due_on = Day(help_text=_("The last day; of look_again the day on which it is looked at again"))
    text = Text(duties.TEXT_LIMIT)


class Deed(Body):
    """One deed on the desk. What each move needs stands in the matter under ``moves``."""

    move = Text(40, help_text=_("A move of the matter; or sign, or return_draft with text"))
    version = WholeNumber(
        min_value=1, max_value=LARGEST_INTEGER, help_text=_("The version that was read; another one answers 409")
    )
    seen = Text(
        64,
        required=False,
        help_text=_("SHA-256 of the letter that was looked at; when the letter would be another one now, 409 stale"),
    )
    text = Text(TEXT_LIMIT, required=False)
    reason = Text(TEXT_LIMIT, required=False)
    route = Text(400, required=False)
    to = Text(400, required=False, help_text=_("Code of a post"))
    legal_basis = Text(400, required=False)
    outcome = Text(400, required=False)
    duties = serializers.ListField(
        child=DutyGiven(),
        required=False,
        allow_null=True,
        max_length=duties.MOST,
        error_messages={"max_length": ""},
        help_text=_("What an answer promises; only where it supports the complaint, wholly or in part"),
    )
    confirmed = serializers.ListField(
        child=Text(60),
        required=False,
        allow_null=True,
        max_length=guards.MOST,
        error_messages={"max_length": ""},
        help_text=_(
            "Each guard of the move that a person confirms, as under confirms; kept with the move, under your name."
            " Left out, the move counts and the record keeps that nothing was said; sent, it must be complete."
        ),
    )
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
