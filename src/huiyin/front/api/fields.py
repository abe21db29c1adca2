"""What a request may hold, checked strictly: text is text, a number is a number, nothing is guessed.

The error messages are not sentences: they carry the one number a sentence
needs, and ``checked`` turns code and number into a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from huiyin.front.api.problems import Invalid
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable

ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

# What the checks of the framework call it -> what the table of refusals calls it.
CODES = {
    "required": "input_missing",
    "null": "input_missing",
    "blank": "empty",
    "empty": "empty",
    "max_length": "too_long",
    "invalid_choice": "unknown_choice",
    "max_value": "unknown_choice",
    "min_value": "unknown_choice",
    "unknown_field": "input_unwanted",
}


class Text(serializers.CharField):
    """Text as typed: nothing trimmed, only what XML 1.0 forbids taken out, before anything is checked but its length."""

    default_error_messages = {"max_length": "{max_length}", "invalid": "", "blank": "", "required": "", "null": ""}

    def __init__(self, max_length: int, **options: Any) -> None:
        options.setdefault("allow_blank", not options.get("required", True))
        options.setdefault("allow_null", not options.get("required", True))
        if not options["allow_blank"]:
            options.setdefault("min_length", 1)
        super().__init__(max_length=max_length, trim_whitespace=False, **options)

    def to_internal_value(self, data: Any) -> str:
        """The text, less what no document format may hold."""
        if not isinstance(data, str):
            self.fail("invalid")
        if self.max_length is not None and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        text = storable(data)
        if not self.allow_blank and not text.strip():
            self.fail("blank")
        return text


class WholeNumber(serializers.IntegerField):
    """A number, not a text that looks like one; 3.0 is 3, as in JSON."""

    default_error_messages = {"invalid": "", "min_value": "", "max_value": "", "required": "", "null": ""}

    def to_internal_value(self, data: Any) -> int:
        """The number."""
        if isinstance(data, bool) or not isinstance(data, int | float) or data != data // 1:
            self.fail("invalid")
        return int(data)


class OneOf(serializers.ChoiceField):
    """One word of a list."""

    def to_internal_value(self, data: Any) -> str:
        """The word."""
        if not isinstance(data, str) or data not in self.choices:
            self.fail("invalid_choice", input="")
        return data


class YesNo(serializers.BooleanField):
    """true or false, and nothing that looks like it."""

    default_error_messages = {"invalid": "", "required": "", "null": ""}

    def to_internal_value(self, data: Any) -> bool:
        """The answer."""
        if not isinstance(data, bool):
            self.fail("invalid")
        return data


class Day(serializers.DateField):
    """A day as ``2026-01-27``."""

    default_error_messages = {"invalid": "", "datetime": "", "required": "", "null": ""}

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)

    def to_internal_value(self, data: Any) -> date:
        """The day; nothing is guessed from a number or another way of writing."""
        if not isinstance(data, str) or not ISO.fullmatch(data):
            self.fail("invalid", format="")
        day: date = super().to_internal_value(data)
        return day


class Body(serializers.Serializer[Any]):
    """An object with known names only: a misspelt ``contact`` must not be lost in silence."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The checked values; null counts as not given."""
        if not isinstance(data, Mapping):
            raise ValidationError({"": [ErrorDetail("", code="invalid")]})
        strangers = [name for name in data if name not in self.fields]
        if strangers:
            raise ValidationError(
                {storable(name)[:60]: [ErrorDetail("", code="unknown_field")] for name in strangers[:20]}
            )
        values = super().to_internal_value(data)
        return {name: value for name, value in values.items() if value is not None}


def checked(kind: type[Body], data: Any) -> dict[str, Any]:
    """The values of a request body.

    Raises Refusal("malformed") where it is no object, and Invalid with every
    field that cannot be taken.
    """
    if not isinstance(data, dict):
        raise Refusal("malformed")
    try:
        values: dict[str, Any] = _ready(kind).run_validation(data)
    except ValidationError as error:
        raise Invalid(_refusals(error.detail, "")) from None
    return values


@cache
def _ready(kind: type[Body]) -> Body:
    """One instance for all requests: checking keeps nothing, and binding nine fields anew costs more than checking them."""
    return kind()


def _refusals(detail: Any, path: str) -> Iterator[tuple[str, Refusal]]:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            # errors of a list or object as a whole belong to the field that holds it
            own = path if name in {"", "non_field_errors"} else f"{path}.{name}" if path else str(name)
            yield from _refusals(inner, own)
        return
    for position, each in enumerate(detail):
        if isinstance(each, ErrorDetail):
            yield path, _refusal(each, path)
        else:
            yield from _refusals(each, f"{path}.{position}")


def _refusal(error: ErrorDetail, path: str) -> Refusal:
    code, field = CODES.get(error.code or "", "invalid"), path.rpartition(".")[2]
    if code != "too_long":
        return Refusal(code, field=field)
    return Refusal(code, field=field, maximum=int(error)) if error.isdecimal() else Refusal("invalid", field=field)
