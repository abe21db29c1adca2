"""Two people open a name: behind a confidential matter, and behind a named one for anybody but the responsible officer.

One asks with a reason, another agrees, and both are seen.

The second needs not read the matter, and sees its number and the reason alone. What was agreed holds for three days and once.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction

from huiyin.record import clock
from huiyin.record.approvals import actions as approvals
from huiyin.record.approvals.actions import ProposalView
from huiyin.record.bodies.queries import HeldPost, Reader
from huiyin.record.cases.keys import matter_keys
from huiyin.record.cases.models import Case
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering.registration import Identity
from huiyin.record.cases.who import scope
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules.chain import Json
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.rules.second_person import may_be_second

KIND = "unseal"
HOLDS = datetime.timedelta(hours=72)
Standing = Literal["none", "waiting", "agreed"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A name that somebody wants to open, as the second person sees it."""

    id: int
    number: str
    stage: str
    unit: Words
    reason: str
    by: Words
    at: datetime.datetime


def ask(case_number: str, *, by: Reader, reason: str) -> None:
    """Ask for a second person; the complainant sees it.

    Of a confidential matter whoever is responsible asks; of a named one somebody else who acts in it, a second reader.
    Raises Refusal("not_found"), "sealed_locked", "reason_missing", or "repeated" while one waits or holds.
    """
    with transaction.atomic():
        case, _posts = scope.opened(case_number, by, lock=True)
        post = _asking_post(case, by)
        if post is None:
            raise Refusal("not_found")
        matter_keys.must_be_open(case)
        if reason not in access.UNSEAL_REASONS:
            raise Refusal("reason_missing")
        if standing(case, by) != "none":
            raise Refusal("repeated")
        actor = by.actor(post.id)
        payload: dict[str, Json] = {"case": case.number, "reason": reason, "unit": post.unit_id}
        key = approvals.propose(KIND, payload, why=reason, body_code=case.body.code, by=actor)
        append_event(
            ChainRef.case(case.number), "unseal_asked", actor=actor, details={"reason": reason, "proposal": key}
        )


def waiting_for(second: Reader) -> list[Waiting]:
    """What waits for this officer as the second person; nothing of a matter that the officer must stay away from."""
    if not any(may_be_second(post.roles, is_outside=post.is_outside, is_own_unit=False) for post in second.posts):
        return []
    found = [(each, _case_for(each, second)) for each in approvals.proposals(KIND) if each.state == "open"]
    return [
        Waiting(
            each.id,
            case.number,
            case.stage,
            case.unit.name,
            str(each.payload["reason"]),
            each.proposed_by,
            each.proposed_at,
        )
        for each, case in found
        if case is not None
    ]


def agree(key: int, *, by: Reader) -> None:
    """Agree, as the second person. Raises Refusal("not_found"), "repeated" or "second_person_needed"."""
    _decide(key, by, "unseal_agreed")


def decline(key: int, *, by: Reader, why: str) -> None:
    """Say no, with the reason. Raises the same, and Refusal("input_missing", field="why")."""
    _decide(key, by, "unseal_declined", why=why)


def open_name(case_number: str, *, reader: Reader) -> Identity:
    """Open the name once, where a second person agreed; the looks are committed before a byte is decrypted.

    Raises Refusal("not_found") or Refusal("not_yours_to_unseal").
    """
    with transaction.atomic(durable=True):
        case, _posts = scope.opened(case_number, reader, lock=True)
        agreed = _agreed(case, reader)
        post = _asking_post(case, reader)
        if agreed is None or agreed.decided_by is None or post is None:
            raise Refusal("not_yours_to_unseal")
        details: dict[str, Json] = {
            "purpose": str(agreed.payload["reason"]), "proposal": agreed.id,
            "second_zh": agreed.decided_by.zh, "second_en": agreed.decided_by.en,
        }  # fmt: skip
        rows = access.log_unsealing(case, reader.actor(post.id), details)
    return access.revealed(rows)


def reading_post(case: Case, reader: Reader) -> int | None:
    """Through which post a reader may open what lies beside the name: the responsible one, or a second reader's own."""
    if case.responsible_post_id in reader.post_ids:
        return case.responsible_post_id
    post = _asking_post(case, reader)
    return post.id if post else None


def reason_to_open(case: Case, reader: Reader, reason: str) -> dict[str, Json]:
    """Why what lies beside the name may be opened now, as its look says.

    Raises Refusal("reason_missing"), or Refusal("not_yours_to_unseal") where no second person agreed within three days.
    """
    if case.confidentiality == "named" and case.responsible_post_id in reader.post_ids:
        if reason not in access.UNSEAL_REASONS:
            raise Refusal("reason_missing")
        return {"purpose": reason}
    agreed = _agreed(case, reader, is_used=True)
    if agreed is None or agreed.decided_by is None:
        raise Refusal("not_yours_to_unseal")
    return {
        "purpose": str(agreed.payload["reason"]), "second_zh": agreed.decided_by.zh, "second_en": agreed.decided_by.en,
    }  # fmt: skip


def standing(case: Case, reader: Reader) -> Standing:
    """Whether the reader has asked for a second person, and whether one agreed."""
    if _agreed(case, reader) is not None:
        return "agreed"
    mine = [each for each in _mine(case, reader) if each.state == "open"]
    return "waiting" if mine else "none"


def standing_of(case_number: str, *, reader: Reader) -> Standing | Literal[""]:
    """The same, by number; empty for a reader who cannot ask."""
    found = scope.openable_case(case_number, reader)
    return standing(found[0], reader) if found and _asking_post(found[0], reader) else ""


def _asking_post(case: Case, reader: Reader) -> HeldPost | None:
    """The post in which a reader may ask for a second person; None where one opens the name alone, or not at all."""
    is_responsible = case.responsible_post_id in reader.post_ids
    if case.confidentiality == "confidential" and is_responsible:
        return next(post for post in reader.posts if post.id == case.responsible_post_id)
    if case.confidentiality != "named" or is_responsible or not case.is_open:
        return None
    acting = scope.granting_posts(reader, case, to_act=True)
    return next((post for post in reader.posts if post.id in acting), None)


def _agreed(case: Case, reader: Reader, *, is_used: bool = False) -> ProposalView | None:
    """What somebody else agreed to, less what is over, and unless ``is_used`` less what has been used."""
    events = events_of(ChainRef.case(case.number), kinds={"identity_unsealed"})
    used = set() if is_used else {event.details.get("proposal") for event in events}
    since = clock.now() - HOLDS
    found = (each for each in _mine(case, reader) if each.state == "approved" and each.id not in used)
    return next((each for each in found if each.decided_at and each.decided_at >= since), None)


def _mine(case: Case, reader: Reader) -> list[ProposalView]:
    asked = events_of(ChainRef.case(case.number), kinds={"unseal_asked"})
    keys = [event.details["proposal"] for event in asked if event.actor.get("officer_id") == reader.officer_id]
    return [approvals.proposal(key, kind=KIND) for key in keys]


def _decide(key: int, by: Reader, kind: str, *, why: str = "") -> None:
    with transaction.atomic():
        proposed = approvals.proposal(key, kind=KIND)
        case = _case_for(proposed, by)
        post = _second_post(proposed.payload, by)
        if case is None or post is None:
            raise Refusal("not_found")
        actor = by.actor(post.id)
        if kind == "unseal_agreed":
            approvals.approve(key, kind=KIND, by=actor)
        else:
            approvals.decline(key, kind=KIND, why=why, by=actor)
        append_event(ChainRef.case(case.number), kind, actor=actor, details={"proposal": key})


def _case_for(proposed: ProposalView, second: Reader) -> Case | None:
    """The matter of a proposal, where this officer may be its second person."""
    if proposed.proposed_by_id == second.officer_id or _second_post(proposed.payload, second) is None:
        return None
    case = scope.case_by_number(str(proposed.payload["case"]))
    return None if case is None or scope.is_barred(second, case) else case


def _second_post(payload: Mapping[str, Any], second: Reader) -> HeldPost | None:
    """The post in which an officer may be the second person for what a unit asks."""
    is_own = payload["unit"] in second.unit_ids
    posts = (post for post in second.posts if may_be_second(post.roles, is_outside=post.is_outside, is_own_unit=is_own))
    return next(posts, None)
