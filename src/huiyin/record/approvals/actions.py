"""Power needs two: propose, and let somebody else approve. Neither can do both."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from huiyin.record import clock
from huiyin.record.approvals.models import Proposal
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.chain import Json
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal as pages show it."""

    id: int
    kind: str
    payload: Mapping[str, Any]
    why: str
    state: str
    body_code: str
    proposed_by_id: int
    proposed_by: Words
    proposed_at: datetime.datetime
    decided_by: Words | None
    decided_at: datetime.datetime | None
    decided_why: str


def propose(kind: str, payload: Mapping[str, Json], *, why: str, body_code: str, by: Actor) -> int:
    """Ask for a second person. Gives the proposal's id. Raises Refusal("input_missing", field="why")."""
    if not why.strip():
        raise Refusal("input_missing", field="why")
    with transaction.atomic():
        row = Proposal.objects.create(
            kind=kind,
            payload=dict(payload),
            why=why[:400],
            body_code=body_code,
            proposed_by_id=_officer(by),
            proposed_at=clock.now(),
        )
        append_event(
            ChainRef.body(body_code), "proposal_made", actor=by, details={"kind": kind, "id": row.pk, "why": row.why}
        )
    return int(row.pk)


def approve(proposal_id: int, *, kind: str, by: Actor) -> Mapping[str, Any]:
    """Approve as the second person; the caller does the act in the same transaction. Gives the payload.

    Raises Refusal("not_found"), Refusal("repeated") or Refusal("second_person_needed").
    """
    payload: Mapping[str, Any] = _decide(proposal_id, kind, "approved", by).payload
    return payload


def decline(proposal_id: int, *, kind: str, why: str, by: Actor) -> None:
    """Say no, with the reason; whoever proposed may also take it back.

    Raises Refusal("not_found"), Refusal("repeated") or Refusal("input_missing", field="why").
    """
    if not why.strip():
        raise Refusal("input_missing", field="why")
    _decide(proposal_id, kind, "declined", by, why=why)


def proposals(kind: str, *, limit: int = 50) -> list[ProposalView]:
    """Proposals of a kind, open ones first, then the newest."""
    rows = _of(kind).order_by("-id")[:limit]
    return sorted((_view(row) for row in rows), key=lambda row: row.state != "open")


def proposal(proposal_id: int, *, kind: str) -> ProposalView:
    """One proposal. Raises Refusal("not_found")."""
    row = _of(kind).filter(pk=proposal_id).first()
    if row is None:
        raise Refusal("not_found")
    return _view(row)


def _of(kind: str) -> QuerySet[Proposal]:
    return Proposal.objects.filter(kind=kind).select_related("proposed_by", "decided_by")


def _view(row: Proposal) -> ProposalView:
    return ProposalView(
        id=row.pk,
        kind=row.kind,
        payload=row.payload,
        why=row.why,
        state=row.state,
        body_code=row.body_code,
        proposed_by_id=row.proposed_by_id,
        proposed_by=row.proposed_by.name,
        proposed_at=row.proposed_at,
        decided_by=row.decided_by.name if row.decided_by else None,
        decided_at=row.decided_at,
        decided_why=row.decided_why,
    )


def _decide(proposal_id: int, kind: str, state: str, by: Actor, *, why: str = "") -> Proposal:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An approval and its act are one transaction.")
    row = Proposal.objects.select_for_update().filter(pk=proposal_id, kind=kind).first()
    if row is None:
        raise Refusal("not_found")
    if row.state != "open":
        raise Refusal("repeated")
    if state == "approved" and row.proposed_by_id == _officer(by):
        raise Refusal("second_person_needed")
    row.state, row.decided_by_id, row.decided_at, row.decided_why = state, _officer(by), clock.now(), why[:400]
    row.save(update_fields=["state", "decided_by", "decided_at", "decided_why"])
    details: dict[str, Json] = {"kind": row.kind, "id": row.pk}
    if why:
        details["why"] = row.decided_why
    append_event(ChainRef.body(row.body_code), f"proposal_{state}", actor=by, details=details)
    return row


def _officer(by: Actor) -> int:
    if by.officer_id is None:
        raise Refusal("not_your_move", move="propose")
    return by.officer_id
