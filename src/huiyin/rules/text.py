"""What people type is kept as they typed it, less what no document format may hold."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def storable(text: str) -> str:
    """The text without the characters that XML 1.0 forbids (section 2.2, ``Char``).

    Nothing else changes: no trimming, no folding of lines or spaces.
    """
    return _ILLEGAL.sub("", text)
