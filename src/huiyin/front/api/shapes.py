"""What every described answer is made of."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class Answer(serializers.Serializer[Any]):
    """An object of an answer."""


def one_of(words: tuple[str, ...], **options: Any) -> serializers.ChoiceField:
    """One word of a list."""
    return serializers.ChoiceField(words, **options)


def maybe(kind: type[serializers.Field[Any, Any, Any, Any]], **options: Any) -> Any:
    """A value, or null."""
    return kind(allow_null=True, **options)
