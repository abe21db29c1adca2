"""What a stage stores beside the cases: held against their history like every row of the record (``as_stored``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Part = Callable[[list[int]], dict[int, dict[str, Any]]]
PARTS: list[Part] = []


def also(part: Part) -> None:
    """Let a stage say, by the keys of cases, what it stores of each; its events bind it under the same names."""
    PARTS.append(part)
