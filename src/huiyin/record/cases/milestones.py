"""The pen of the figures: a milestone is written with the deed that it counts, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from huiyin.record import clock
from huiyin.record.bodies.models import Body
from huiyin.record.cases.models import Case, Milestone
from huiyin.record.prepared import insert
from huiyin.rules.chain import Json
from huiyin.rules.milestones import DECISIONS


def note(case: Case, kind: str, *, outcome: str = "") -> None:
    """Write one milestone of a case at its body of now."""
    insert(milestone(case, kind, case.body, outcome=outcome))


def note_move(case: Case, kinds: Sequence[str], outcome: str, details: Mapping[str, Json]) -> None:
    """Write the milestones of a move; its outcome, and whether it came late, belong to the decision alone."""
    if kinds:
        late = _lateness(details)
        insert(
            *(
                milestone(case, kind, case.body, outcome=outcome, is_late=late)
                if kind in DECISIONS
                else milestone(case, kind, case.body)
                for kind in kinds
            )
        )


def note_passage(case: Case, before: Body) -> None:
    """The case went from one body to another."""
    if before.pk != case.body_id:
        insert(milestone(case, "left", before), milestone(case, "came", case.body))


def milestone(case: Case, kind: str, body: Body, *, outcome: str = "", is_late: bool | None = None) -> Milestone:
    """One row, not yet written."""
    return Milestone(
        case=case,
        body=body,
        kind=kind,
        on=clock.today(body.time_zone),
        outcome=outcome,
        is_late=is_late,
        is_restricted=case.is_restricted,
        is_review=case.channel == "review",
    )


def _lateness(details: Mapping[str, Json]) -> bool | None:
    """Whether a term that a move met was over by then; None when it met none."""
    met = details.get("terms_met")
    late = [bool(each.get("late")) for each in met if isinstance(each, dict)] if isinstance(met, Iterable) else []
    return any(late) if late else None
