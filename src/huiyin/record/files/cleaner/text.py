"""Plain text: read, and written anew as UTF-8 without signs that turn or hide what stands there."""

from __future__ import annotations

import codecs

from huiyin.record.files.cleaner.outcome import KIND, Cleaned, NotTaken

ENCODINGS = tuple(
    codecs.lookup(each).name for each in ("utf-16", "utf-8-sig", "gb18030")
)  # loaded while files can be opened
TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF))
KEPT = frozenset("\t\n\r\f")


def clean(_begun: str, data: bytes) -> Cleaned:
    """The text. Raises NotTaken for what is no text in UTF-8, UTF-16 with its mark, or GB 18030."""
    found = _decoded(data)
    if any((sign < " " and sign not in KEPT) or "\x7f" <= sign < "\xa0" for sign in found):
        raise NotTaken(KIND)
    return Cleaned("text/plain", "text/plain", found.translate(TURNING).encode())


def _decoded(data: bytes) -> str:
    marked = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in ENCODINGS[:1] if marked else ENCODINGS[1:]:
        try:
            found = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not found.lstrip("\ufeff \t\r\n").startswith(("<", "{\\rtf", "%!")):
            return found
    raise NotTaken(KIND)
