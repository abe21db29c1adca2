"""What people type is kept as they typed it, less what no document format may hold."""

from __future__ import annotations

import re

from huiyin.rules.refusal import Refusal

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def storable(text: str) -> str:
    """The text without the characters that XML 1.0 forbids (section 2.2, ``Char``).

    Nothing else changes: no trimming, no folding of lines or spaces.
    """
    return _ILLEGAL.sub("", text)


def within(text: str, *, field: str, limit: int, is_needed: bool = True, missing: str = "empty") -> str:
    """Words as they are kept: storable, and at most ``limit`` characters.

    Raises Refusal(``missing``) where there are none and they are needed, or Refusal("too_long"), naming the field.
    """
    words = storable(text)
    if is_needed and not words.strip():
        raise Refusal(missing, field=field)
    if len(words) > limit:
        raise Refusal("too_long", field=field, maximum=limit)
    return words
