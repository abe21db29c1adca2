"""Whether the sides of a dispute may sit down together: each was asked alone, and nobody said that it is not safe."""

from __future__ import annotations

from collections.abc import Collection

from huiyin.stages.mediation import asked_alone


def is_safe(case_id: int, sides: Collection[int]) -> bool:
    """False where a side said alone that it is not safe, or is not sure; and in a family matter while one has not been asked."""
    said = asked_alone.notes_of(case_id, "safety")
    doubts = any(each.get("safe") in {"no", "unsure"} for side, each in said.items() if side in sides)
    return not doubts and asked_alone.may_sit_together(case_id, len(sides))
