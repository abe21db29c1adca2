"""Sound and video: the frame is checked from the first byte to the last, the content stays as it came."""

from __future__ import annotations

from huiyin.record.files.cleaner.jpeg import boxes
from huiyin.record.files.cleaner.outcome import DAMAGED, KIND, Cleaned, NotTaken

AMR_SIZES = (12, 13, 15, 17, 19, 20, 26, 31, 5)  # bytes of a frame by its type
AMR_WIDE_SIZES = (17, 23, 32, 36, 40, 46, 50, 58, 60, 5)
OGG_VOICES = (b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7fFLAC")
FRAMES_LOOKED_AT = 8
BIT_RATES = {
    (3, 1): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 1): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def clean(begun: str, data: bytes) -> Cleaned:
    """A recording of the kind that it begins as, to its last byte."""
    return {"video/mp4": _mp4, "audio/ogg": _ogg, "audio/wav": _wav, "audio/mpeg": _mp3, "audio/amr": _amr}.get(
        begun, _webm
    )(data)


def _mp4(data: bytes) -> Cleaned:
    found = dict(boxes(data))
    film = found.get(b"moov", b"")
    if not film or (b"mdat" not in found and b"moof" not in found):
        raise NotTaken(DAMAGED)
    if b"hdlr" not in film:
        raise NotTaken(DAMAGED)
    handlers = {film[place + 12 : place + 16] for place in _places(film, b"hdlr")}
    if b"vide" in handlers:
        return Cleaned("video/mp4")
    if b"soun" in handlers:
        return Cleaned("audio/mp4")
    raise NotTaken(KIND)


def _places(data: bytes, word: bytes) -> list[int]:
    places: list[int] = []
    at = data.find(word)
    while at >= 0 and len(places) < 64:
        places.append(at)
        at = data.find(word, at + 4)
    return places


def _ogg(data: bytes) -> Cleaned:
    place, first = 0, b""
    while place < len(data):
        if data[place : place + 4] != b"OggS" or place + 27 > len(data):
            raise NotTaken(DAMAGED)
        lengths = data[place + 27 : place + 27 + data[place + 26]]
        body = place + 27 + len(lengths)
        first = first or data[body : body + 8]
        place = body + sum(lengths)
    if place != len(data):
        raise NotTaken(DAMAGED)
    if not first.startswith(OGG_VOICES) and first[:5] != b"\x7fFLAC":
        raise NotTaken(KIND)
    return Cleaned("audio/ogg")


def _wav(data: bytes) -> Cleaned:
    place, kinds = 12, set()
    while place + 8 <= len(data):
        kinds.add(data[place : place + 4])
        size = int.from_bytes(data[place + 4 : place + 8], "little")
        place += 8 + size + size % 2
    if place not in {len(data), len(data) + 1} or not kinds >= {b"fmt ", b"data"}:
        raise NotTaken(DAMAGED)
    return Cleaned("audio/wav")


def _mp3(data: bytes) -> Cleaned:
    place = 0
    if data[:3] == b"ID3":
        size = 0
        for each in data[6:10]:
            size = size << 7 | (each & 0x7F)
        place = 10 + size
    for _turn in range(FRAMES_LOOKED_AT):
        if place >= len(data):
            break
        place += _mp3_frame(data[place : place + 4])
    else:
        return Cleaned("audio/mpeg")
    raise NotTaken(DAMAGED)


def _mp3_frame(head: bytes) -> int:
    """The length of a frame of layer III by its four bytes."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        raise NotTaken(DAMAGED)
    version, bits, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or bits in {0, 15} or rate == 3:
        raise NotTaken(DAMAGED)
    kilobits = BIT_RATES[3 if version == 3 else 2, 1][bits - 1]
    return (144 if version == 3 else 72) * kilobits * 1000 // RATES[version][rate] + (head[2] >> 1 & 1)


def _amr(data: bytes) -> Cleaned:
    wide = data.startswith(b"#!AMR-WB\n")
    sizes, place = (AMR_WIDE_SIZES, 9) if wide else (AMR_SIZES, 6)
    if not wide and not data.startswith(b"#!AMR\n"):
        raise NotTaken(DAMAGED)
    frames = 0
    while place < len(data):
        kind = data[place] >> 3 & 15
        place += 1 + (sizes[kind] if kind < len(sizes) else 0)
        frames += 1
    if not frames or place != len(data):
        raise NotTaken(DAMAGED)
    return Cleaned("audio/amr")


def _webm(data: bytes) -> Cleaned:
    """An EBML head that says webm, and segments that fill the file."""
    head = data[:64]
    if b"\x42\x82\x84webm" not in head:
        raise NotTaken(KIND)
    place, kinds = 0, []
    while place < len(data):
        ident, place = data[place : place + 4], place + 4
        size, width = _ebml_size(data, place)
        kinds.append(ident)
        if size is None:  # a recording that did not know its length; it must be the last
            place = len(data)
        else:
            place += width + size
    if place != len(data) or kinds != [b"\x1aE\xdf\xa3", b"\x18S\x80g"]:
        raise NotTaken(DAMAGED)
    return Cleaned("video/webm")


def _ebml_size(data: bytes, place: int) -> tuple[int | None, int]:
    first = data[place] if place < len(data) else 0
    if not first:
        raise NotTaken(DAMAGED)
    width = 9 - first.bit_length()
    value = int.from_bytes(data[place : place + width], "big") & ((1 << 7 * width) - 1)
    return (None if value == (1 << 7 * width) - 1 else value), width
