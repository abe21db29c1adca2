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
