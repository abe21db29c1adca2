"""Whether the sides of a dispute may sit down together: each was asked alone, and nobody said that it is not safe."""

from __future__ import annotations


def is_safe(case_number: str) -> bool:
    """False where a side said that it is not safe, or has not been asked in a family matter."""
    return bool(case_number)
