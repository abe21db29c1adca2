"""JSON in and out: read within bounds, so that nothing a stranger sends can break us; written as UTF-8."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from django.http import UnreadablePostError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

from huiyin.front.api.problems import TooLarge
from huiyin.rules.refusal import Refusal

DEEPEST = 16  # objects and lists inside each other; a complaint needs three
_STRUCTURE = re.compile(rb'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)
_ESCAPED_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class JSONRenderer(BaseRenderer):
    """Chinese as Chinese, no spaces."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """The bytes of an answer; words that wait for their language get it here."""
        return (
            b"" if data is None else json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str).encode()
        )


class BoundedJSONParser(BaseParser):
    """Raises Refusal("malformed") for whatever is not one well-formed JSON value in UTF-8, and TooLarge."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The value in the body."""
        largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        try:
            raw = stream.read(largest + 1)
        except UnreadablePostError:
            raise Refusal("malformed") from None
        if len(raw) > largest:
            raise TooLarge
        return read_json(raw)


def read_json(raw: bytes) -> Any:
    """The value of some bytes.

    Refused besides what JSON refuses: deep nesting, a name twice in one object
    (two readers would see two different complaints), NaN, numbers too long to
    be meant, and half characters (lone surrogates).
    """
    if _is_deep(raw):
        raise Refusal("malformed")
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=_each_name_once)
        if _ESCAPED_SURROGATE.search(raw):
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):  # a UnicodeError is a ValueError, and so is a number of 5,000 digits
        raise Refusal("malformed") from None
    return value


def _is_deep(raw: bytes) -> bool:
    """Counts brackets only where there are enough of them to matter."""
    if raw.count(b"[") + raw.count(b"{") <= DEEPEST:
        return False
    depth = 0
    for found in _STRUCTURE.finditer(raw):
        first = found[0][:1]
        if first in b"[{":
            depth += 1
            if depth > DEEPEST:
                return True
        elif first in b"]}":
            depth -= 1
    return False


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found
