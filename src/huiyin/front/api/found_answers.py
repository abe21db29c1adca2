"""What was found in a text to tell who somebody is: described, and written from the record's values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.serializers import BooleanField, CharField, IntegerField

from huiyin.front.api.shapes import Answer, one_of
from huiyin.record.cases.telltales import Found
from huiyin.rules.telltales import KINDS


class FoundPlace(Answer):
    """A place in what was sent that may tell who the person is. A hint: nothing is refused because of it."""

    field = CharField(help_text=_("The field of the text: subject, description or text"))
    kind = one_of(KINDS)
    start = IntegerField(help_text=_("Characters before it, in the text as it was sent"))
    end = IntegerField()
    is_moved = BooleanField(help_text=_("Whether it was moved into the sealed part, or taken out of an anonymous text"))


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
