"""What pages ask of a dispute's line in the register."""

from __future__ import annotations

from huiyin.stages.mediation.models import Dispute


def kind_of(key: int) -> str:
    """What a dispute is about, as the pack names it; empty where no line stands."""
    return Dispute.objects.filter(case=key).values_list("kind", flat=True).first() or ""


def is_dispute(key: int) -> bool:
    """Whether a case is a dispute."""
    return Dispute.objects.filter(case=key).exists()
