"""What was found in a text to tell who somebody is: described, and written from the record's values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.serializers import BooleanField, CharField, DateTimeField, IntegerField

from huiyin.front.api.shapes import Answer, one_of
from huiyin.record.cases.shown.reader_copy_view import ReaderCopyView
from huiyin.record.cases.words.telltales import Found
from huiyin.rules.telltales import KINDS
from huiyin.ui.languages import page_tag


class FoundPlace(Answer):
    """A place in what was sent that may tell who the person is. A hint: nothing is refused because of it."""

    field = CharField(help_text=_("The field of the text: subject, description or text"))
    kind = one_of(KINDS)
    start = IntegerField(help_text=_("Characters before it, in the text as it was sent"))
    end = IntegerField()
    is_moved = BooleanField(help_text=_("Whether it was moved into the sealed part, or taken out of an anonymous text"))


class ReaderCopy(Answer):
    """What everybody but the desk that keeps the original reads of a confidential matter."""

    subject = CharField()
    description = CharField()
    count = IntegerField(help_text=_("Places that are covered"))
    made_at = DateTimeField()
    keeper = CharField(help_text=_("The unit that keeps the original words"))


def found(places: Sequence[Found], *, is_moved: bool) -> list[dict[str, Any]]:
    """The places, without the words."""
    return [
        {
            "field": each.field,
            "kind": each.place.kind,
            "start": each.place.start,
            "end": each.place.end,
            "is_moved": is_moved,
        }
        for each in places
    ]


def reader_copy(view: ReaderCopyView | None) -> dict[str, Any] | None:
    """The copy, in the reader's language; null where nothing was covered."""
    if view is None:
        return None
    return {
        "subject": view.subject,
        "description": view.description,
        "count": view.count,
        "made_at": view.made_at,
        "keeper": view.keeper.in_language(page_tag()),
    }
