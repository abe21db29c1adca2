"""Which files are taken, told by how they begin and never by their name. Standard library only: the cleaner reads it too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["photo", "pdf", "office", "audio", "video", "text"]

LARGEST_PICTURES = {
    "image/jpeg": 40_000_000,
    "image/png": 40_000_000,
    "image/webp": 12_000_000,
    "image/heic": 24_000_000,
}
"""Pixels. A file of 8 kB can hold 64 million; WebP and HEIC are decoded in one piece, which takes their memory twice."""
SHOWN_PIXELS = 16_000_000  # pixels of what officers see: enough to read a photographed page
MOST_PAGES = 500  # pages of a PDF
SHORTEST = 4  # bytes that any known beginning needs

_PICTURE_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
_REFUSED_TEXT = (b"<", b"{\\rtf", b"%!ps", b"#!")
"""Beginnings of text that is a page, a program or a print job: a letter does not begin so."""


@dataclass(frozen=True, slots=True)
class MediaType:
    """A type of file that is kept: its family, and the ending of the generated name."""

    kind: Kind
    ending: str


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
TYPES: dict[str, MediaType] = {
    "image/jpeg": MediaType("photo", "jpg"),
    "image/png": MediaType("photo", "png"),
    "image/webp": MediaType("photo", "webp"),
    "image/heic": MediaType("photo", "heic"),
    "application/pdf": MediaType("pdf", "pdf"),
    WORD: MediaType("office", "docx"),
    SHEET: MediaType("office", "xlsx"),
    OPEN_TEXT: MediaType("office", "odt"),
    "audio/mpeg": MediaType("audio", "mp3"),
    "audio/mp4": MediaType("audio", "m4a"),
    "audio/ogg": MediaType("audio", "ogg"),
    "audio/wav": MediaType("audio", "wav"),
    "audio/amr": MediaType("audio", "amr"),
    "video/mp4": MediaType("video", "mp4"),
    "video/webm": MediaType("video", "webm"),
    "text/plain": MediaType("text", "txt"),
}
SHOWN = frozenset({"image/jpeg", "image/png", "application/pdf", "text/plain"})
"""What the cleaner can give back. Everything else is kept as it came and opened by the complainant's word alone."""
INLINE = frozenset({"image/jpeg", "image/png"})
"""What a page may show: pictures that we drew anew."""


def begins_as(data: bytes) -> str | None:
    """What a file is by how it begins; None for what is not taken. Whether it is so to its end, the cleaner finds out.

    ``application/zip`` stands for office documents and ``video/mp4`` also for sound without a picture, until the
    cleaner has read on.
    """
    if len(data) < SHORTEST:
        return None
    for beginning, media_type in _BEGINNINGS:
        if data.startswith(beginning):
            return media_type
    if data[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(data[8:12])
    if data[4:8] == b"ftyp":
        return "image/heic" if data[8:12] in _PICTURE_BRANDS else "video/mp4"
    if data[0] == 0xFF and data[1] in {0xFB, 0xF3, 0xF2, 0xFA}:
        return "audio/mpeg"
    return "text/plain" if _is_like_text(data) else None


def _is_like_text(data: bytes) -> bool:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return True
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return b"\x00" not in data and not start.startswith(_REFUSED_TEXT)
