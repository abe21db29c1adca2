"""What pages ask of a dispute's line in the register."""

from __future__ import annotations

from huiyin.record.cases.who import scope
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation.models import Dispute


def kind_of(key: int) -> str:
    """What a dispute is about, as the pack names it; empty where no line stands."""
    return Dispute.objects.filter(case=key).values_list("kind", flat=True).first() or ""


def law_of(key: int) -> int:
    """The version of the law by which a dispute goes; raises Refusal("not_found") for a case that is not there."""
    case = scope.case_by_key(key)
    if case is None:
        raise Refusal("not_found")
    return case.law_id


def is_dispute(key: int) -> bool:
    """Whether a case is a dispute."""
    return Dispute.objects.filter(case=key).exists()
