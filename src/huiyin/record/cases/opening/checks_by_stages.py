"""What a stage knows of whoever a matter goes to, for the guards of a pack: the joint between the cases and the stages."""

from __future__ import annotations

from collections.abc import Callable

Check = Callable[[str, str], frozenset[str]]
"""From the number of a case and the code of a post to the checks of ``rules.guards`` that hold."""
CHECKS: list[Check] = []


def also(check: Check) -> None:
    """Let a stage say which checks hold of a post in a case."""
    CHECKS.append(check)


def of_receiver(case_number: str, post: str) -> frozenset[str]:
    """Every check that a stage finds to hold."""
    return frozenset().union(*(check(case_number, post) for check in CHECKS))
