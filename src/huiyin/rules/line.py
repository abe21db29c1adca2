"""A boundary drawn on a photograph: a line of a few points, kept as thousandths of width and height.

So it fits the picture in every size, on the page and on paper, and can be typed by keyboard as well as tapped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from huiyin.rules.refusal import Refusal

Point = tuple[int, int]
MOST_POINTS = 20
WHOLE = 1000
_MARKER = 0xFF
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # of JPEG: the segments that tell the size
_PAIR = re.compile(r"(\d{1,4})\s*[,，]\s*(\d{1,4})")


def read(typed: str) -> tuple[Point, ...]:
    """The points of a line as typed or tapped: "120,300 640,310". Empty for no line.

    Raises Refusal("invalid") for anything else, for a single point, or one beyond the picture.
    """
    plain = typed.strip()
    if not plain:
        return ()
    pieces = [_PAIR.fullmatch(each.strip()) for each in re.split(r"[;；\n ]+(?=\d+\s*[,，])", plain)]
    points = tuple((int(each[1]), int(each[2])) for each in pieces if each)
    if len(points) != len(pieces) or len(points) < 2 or len(points) > MOST_POINTS:
        raise Refusal("invalid", field="line")
    if any(x > WHOLE or y > WHOLE for x, y in points):
        raise Refusal("invalid", field="line")
    return points


def written(points: Sequence[Point]) -> str:
    """The points as ``read`` takes them, and as an SVG ``polyline`` takes them."""
    return " ".join(f"{x},{y}" for x, y in points)


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG in pixels, by its own head; None for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) > 24:
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    if data[:2] != b"\xff\xd8":
        return None
    at = 2
    while at + 9 < len(data) and data[at] == _MARKER:
        kind, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if kind in _FRAMES:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + length
    return None
