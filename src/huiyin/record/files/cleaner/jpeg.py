"""Taking out of a JPEG or JPEG 2000 what is not picture, without decoding it: for pictures inside a PDF."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.record.files.cleaner.outcome import DAMAGED, NotTaken

START, END, SCAN = 0xD8, 0xD9, 0xDA
KEPT = frozenset({0xE0, 0xEE})  # JFIF, and Adobe's word on colours; of the other APPn and COM nothing
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
BOXES_OUT = frozenset({b"uuid", b"xml ", b"uinf"})
JP2 = b"\x00\x00\x00\x0cjP  "


def without_notes(data: bytes) -> bytes:
    """The same picture without EXIF, XMP and comments; raises NotTaken where its markers do not hold together."""
    if data.startswith(JP2):
        return b"".join(box for kind, box in boxes(data) if kind not in BOXES_OUT)
    if data[:2] != b"\xff\xd8":
        raise NotTaken(DAMAGED)
    kept, place = [data[:2]], 2
    while True:
        marker, end = _segment(data, place)
        if marker == SCAN:
            return b"".join((*kept, _until_end(data, place)))
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in KEPT:
            kept.append(data[place:end])
        place = end


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The boxes of an ISO file at the top, each with its kind; raises NotTaken where they do not fill the file."""
    place = 0
    while place < len(data):
        size, kind = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        if size == 1:
            size = int.from_bytes(data[place + 8 : place + 16], "big")
        elif size == 0:
            size = len(data) - place
        if size < 8 or place + size > len(data):
            raise NotTaken(DAMAGED)
        yield kind, data[place : place + size]
        place += size


def _segment(data: bytes, place: int) -> tuple[int, int]:
    """The marker at a place, and where the next begins."""
    if place + 4 > len(data) or data[place] != 0xFF:
        raise NotTaken(DAMAGED)
    marker = data[place + 1]
    if marker in ALONE or marker == 0xFF:
        return marker, place + (1 if marker == 0xFF else 2)
    return marker, place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")


def _until_end(data: bytes, place: int) -> bytes:
    """From the first scan to the end of the picture; what hangs behind it is left."""
    end = data.rfind(b"\xff\xd9")
    return data[place:] if end < place else data[place : end + 2]
