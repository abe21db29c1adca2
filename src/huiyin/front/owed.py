"""What is owed in a matter, in the words of one front."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from huiyin.record.cases.shown.case_view import CaseView, DutyStepView, DutyView


@dataclass(frozen=True, slots=True)
class Owed:
    """One promise: where it stands, and what was said about it, oldest first."""

    duty: DutyView
    state: str
    steps: tuple[tuple[str, DutyStepView], ...]


def owed_in(view: CaseView, states: Mapping[str, Promise], steps: Mapping[str, Promise]) -> list[Owed]:
    """What a matter's answers promised: first what is open, nearest day first, then what has ended."""
    found = [
        Owed(each, str(states[each.state]), tuple((str(steps[step.deed]), step) for step in each.steps))
        for each in view.duties
    ]
    return sorted(found, key=lambda each: not each.duty.is_owed)
