"""A lost factor: one administrator asks, another approves and hands a code over, face to face.

Neither may be the officer concerned, and they are two. Everything the account
had ends with the approval, every session too; the code works once, for a day,
and lets its owner in to enrol anew.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from huiyin.record.approvals import actions as approvals
from huiyin.record.bodies.models import Account, Officer
from huiyin.record.bodies.queries import reader_of
from huiyin.record.entry.factors import hand_over_code
from huiyin.record.entry.own_sessions import end_others
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable

KIND = "second_factor_reset"


def propose_reset(who: str, *, why: str, body_code: str, by: Actor) -> int:
    """Ask that an officer (user name or duty number) may enrol anew; gives the proposal's id.

    Raises Refusal("officer_unknown", field="who"), Refusal("not_for_yourself") or Refusal("input_missing").
    """
    words = storable(who).strip()
    same = Q(account__username=words) | Q(duty_number=words)
    officer = Officer.objects.filter(same, account__isnull=False).first() if words else None
    if officer is None:
        raise Refusal("officer_unknown", field="who")
    if officer.pk == by.officer_id:
        raise Refusal("not_for_yourself")
    return approvals.propose(
        KIND, {"officer": officer.code, "duty_number": officer.duty_number}, why=why, body_code=body_code, by=by
    )


def approve_reset(proposal_id: int, *, by: Actor) -> str:
    """As the second person: end what the account had; gives the code to hand over, shown this once.

    Raises Refusal("not_for_yourself") and what ``approvals.approve`` raises.
    """
    with transaction.atomic():
        payload = approvals.approve(proposal_id, kind=KIND, by=by)
        officer = Officer.objects.select_related("account").get(code=str(payload["officer"]))
        if officer.pk == by.officer_id:
            raise Refusal("not_for_yourself")
        if officer.account is None:
            raise Refusal("officer_unknown", field="who")
        return _reset(officer, officer.account, by=by)


def decline_reset(proposal_id: int, *, why: str, by: Actor) -> None:
    """Say no, or take one's own back."""
    with transaction.atomic():
        approvals.decline(proposal_id, kind=KIND, why=why, by=by)


def reset_by_operator(username: str) -> str:
    """Where no second administrator is left: whoever runs the machine does it, and the history says so.

    Raises Refusal("officer_unknown").
    """
    officer = Officer.objects.select_related("account").filter(account__username=username).first()
    if officer is None or officer.account is None:
        raise Refusal("officer_unknown", field="who")
    with transaction.atomic():
        return _reset(officer, officer.account, by=Actor.system())


def _reset(officer: Officer, account: Account, *, by: Actor) -> str:
    code = hand_over_code(account)
    end_others(account, here=None)
    for body in reader_of(officer).body_codes:
        append_event(ChainRef.body(body), KIND, actor=by, details={"duty_number": officer.duty_number})
    return code
