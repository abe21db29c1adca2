"""The words of an ended sealed matter are erased by two people, long after its end and after the complainant was told.

Nobody can do it alone: one proposes with the law, another one carries it out a month later. The keys go, and with them
every word, here at once and in backups when they run out; the chain, its hashes and a mark with day and law stay.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from huiyin.record import clock, keyring
from huiyin.record.approvals import actions as approvals
from huiyin.record.approvals.actions import ProposalView
from huiyin.record.bodies.queries import HeldPost, Reader
from huiyin.record.cases.keys import matter_keys
from huiyin.record.cases.models import (
    Ask,
    Authority,
    Case,
    CaseLink,
    Duty,
    MatterWrap,
    Party,
    ReceiptKey,
    SealedPart,
)
from huiyin.record.cases.opening import access
from huiyin.record.cases.shown import erased_view
from huiyin.record.cases.shown.helper_views import LABEL, label_place
from huiyin.record.cases.who import scope
from huiyin.record.files import depot
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.erasure import erase_content
from huiyin.record.ledger.queries import events_of
from huiyin.rules import retention
from huiyin.rules.chain import Json
from huiyin.rules.duties import PENDING
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal

KIND = "erase_sealed_words"
KEEPER = "vault_keeper"  # proposes for every matter; anybody else for those they may open
SECOND = frozenset({"body_head", "supervisor", "administrator", KEEPER})  # the second person; reads nothing of it
AT_ONCE = 50  # matters on one page


@dataclass(frozen=True, slots=True)
class Due:
    """A matter whose words may be proposed for erasure, without a word of it."""

    number: str
    unit: Words
    ended_on: datetime.date
    due_on: datetime.date


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal as the second person sees it; ``is_ripe``: the complainant's month is over."""

    id: int
    number: str
    unit: Words
    ended_on: datetime.date
    legal_basis: str
    by: Words
    at: datetime.datetime
    from_on: datetime.date
    is_ripe: bool


def due_for(by: Reader) -> tuple[Due, ...]:
    """Sealed matters past their time that this officer may propose, the longest ended first."""
    before = clock.now() - datetime.timedelta(days=365 * settings.HUIYIN_RETENTION_YEARS)
    cases = scope.not_barred(by) if _is_keeper(by) else scope.openable(by)
    keyed = MatterWrap.objects.values("key__case")
    found = cases.filter(is_open=False, key_epoch__gt=0, closed_at__lt=before, pk__in=keyed).select_related(
        "unit", "body"
    )
    proposed = {each.payload["number"] for each in approvals.proposals(KIND) if each.state == "open"}
    rows = [_due(case) for case in found.order_by("closed_at")[:AT_ONCE] if case.number not in proposed]
    return tuple(row for row in rows if row.due_on <= clock.today(by.zone))


def count_for(by: Reader) -> int:
    """How much of it waits for an officer: to be decided, and for the keeper to be proposed."""
    return len(waiting_for(by)) + (len(due_for(by)) if _is_keeper(by) else 0)


def one_due(case_number: str, *, by: Reader) -> Due:
    """The same for one matter. Raises Refusal("not_found"), "too_early" or "not_allowed_now"."""
    case, _post = _proposable(case_number, by)
    _may_be_erased(case)
    return _due(case)


def propose(case_number: str, *, by: Reader, legal_basis: str) -> int:
    """Propose to erase the words of a matter, with the law; the complainant is told, and has a month. Gives the id.

    Raises Refusal("not_found") for a matter that is not sealed or not this officer's to propose, "too_early" before
    its time, "not_allowed_now" while something of it is open, "repeated", and "input_missing" without the law.
    """
    with transaction.atomic():
        case, post = _proposable(case_number, by, lock=True)
        _may_be_erased(case)
        told = events_of(ChainRef.case(case.number), kinds={"erasure_proposed", "erasure_declined"})
        if erased_view.ahead_in(told) is not None:
            raise Refusal("repeated")
        actor = by.actor(post.id)
        payload: dict[str, Json] = {"number": case.number}
        key = approvals.propose(KIND, payload, why=legal_basis, body_code=post.body_code, by=actor)
        from_on = retention.erasable_from(clock.today(case.body.time_zone))
        details: dict[str, Json] = {"proposal": key, "on": from_on.isoformat(), "legal_basis": legal_basis[:400]}
        append_event(ChainRef.case(case.number), "erasure_proposed", actor=actor, details=details)
        return key


def waiting_for(second: Reader) -> tuple[Waiting, ...]:
    """What waits for this officer as the second person; nothing of a matter that names the officer."""
    if _second_post(second) is None:
        return ()
    found = [(each, _case_for(each, second)) for each in approvals.proposals(KIND) if each.state == "open"]
    return tuple(_waiting(each, case) for each, case in found if case is not None)


def erase(proposal_id: int, *, by: Reader) -> str:
    """Erase as the second person: the keys, the name, and what the history says besides its hashes; gives the number.

    Raises Refusal("second_person_needed") for whoever proposed it, "not_found" for anybody else and for whom the
    matter concerns, "too_early" before the complainant's month is over, and what ``propose`` refuses.
    """
    parties = _parties_of(proposal_id)
    empty = [access.keep_nothing() for _party in parties]  # the vault first; what stays unused is swept
    with transaction.atomic(durable=True):
        proposal = approvals.proposal(proposal_id, kind=KIND)
        case, post = _decidable(proposal, by)
        _may_be_erased(case)
        from_on = _from_on(proposal, case)
        if clock.today(case.body.time_zone) < from_on:
            raise Refusal("too_early", last_day=from_on - datetime.timedelta(days=1))
        actor = by.actor(post.id)
        approvals.approve(proposal_id, kind=KIND, by=actor)
        _forget_words(case, dict(zip(parties, empty, strict=True)))
        chain = ChainRef.case(case.number)
        first: dict[str, Json] = {"first_zh": proposal.proposed_by.zh, "first_en": proposal.proposed_by.en}
        seqs = [event.seq for event in events_of(chain)]
        erase_content(chain, seqs, actor=actor, legal_basis=proposal.why, more=first)
        return str(case.number)


def decline(proposal_id: int, *, by: Reader, why: str) -> None:
    """Say no as the second person, with the reason; whoever proposed it may take it back. The complainant reads it.

    Raises Refusal("not_found"), "repeated" or "input_missing".
    """
    with transaction.atomic():
        proposal = approvals.proposal(proposal_id, kind=KIND)
        case, post = _decidable(proposal, by, is_own_too=True)
        actor = by.actor(post.id)
        approvals.decline(proposal_id, kind=KIND, why=why, by=actor)
        append_event(ChainRef.case(case.number), "erasure_declined", actor=actor, details={"proposal": proposal_id})


def own_proposals(by: Reader) -> tuple[Waiting, ...]:
    """What this officer proposed and nobody has decided yet."""
    found = [
        each for each in approvals.proposals(KIND) if each.state == "open" and each.proposed_by_id == by.officer_id
    ]
    cases = [(each, scope.case_by_number(str(each.payload["number"]))) for each in found]
    return tuple(_waiting(each, case) for each, case in cases if case is not None and not scope.is_barred(by, case))


def _forget_words(case: Case, empty: dict[int, UUID]) -> None:
    """Keys, name, files beside the name, and the few words that lie under no key of the matter."""
    MatterWrap.objects.filter(key__case=case).delete()
    for key, vault_id in empty.items():
        Party.objects.filter(pk=key).update(vault_id=vault_id, has_contact=False, whereabouts="", needs="")
    parts = SealedPart.objects.filter(case=case)
    stored = [name for name in parts.values_list("stored", flat=True) if name]
    parts.delete()
    Ask.objects.filter(case=case, kind="put").update(text="", answer="")
    helpers = Authority.objects.filter(party__case=case)
    ReceiptKey.objects.filter(receipt__party__authority__in=helpers).delete()
    for row in helpers:
        row.sealed_label = keyring.seal(LABEL, b"", label_place(case, row.number))
        row.ended_at = row.ended_at or clock.now()
        row.save(update_fields=["sealed_label", "ended_at"])
    transaction.on_commit(lambda: depot.forget(stored))


def _may_be_erased(case: Case) -> None:
    """Raises Refusal("too_early") before its time, "not_allowed_now" while something of it or after it is open."""
    if case.is_open or case.closed_at is None or matter_keys.is_erased(case):
        raise Refusal("not_allowed_now")
    day = _due(case).due_on
    if clock.today(case.body.time_zone) < day:
        raise Refusal("too_early", last_day=day - datetime.timedelta(days=1))
    has_open = (
        CaseLink.objects.filter(from_case=case, to_case__is_open=True).exists()
        or CaseLink.objects.filter(to_case=case, from_case__is_open=True).exists()
        or Duty.objects.filter(case=case, state__in=PENDING).exists()
        or Ask.objects.filter(case=case, state="open").exists()
    )
    if has_open:
        raise Refusal("not_allowed_now")


def _proposable(case_number: str, by: Reader, *, lock: bool = False) -> tuple[Case, HeldPost]:
    """A sealed matter that this officer may propose, and through which post."""
    keeper = next((post for post in by.posts if KEEPER in post.roles), None)
    if keeper is not None:
        found = scope.case_by_number(case_number)
        if found is None or scope.is_barred(by, found):
            raise Refusal("not_found")
        case, post = scope.locked(found.pk) if lock else found, keeper
    else:
        case, posts = scope.opened(case_number, by, lock=lock)
        post = next(each for each in by.posts if each.id == posts[0])
    if not case.key_epoch:
        raise Refusal("not_found")
    return case, post


def _decidable(proposal: ProposalView, by: Reader, *, is_own_too: bool = False) -> tuple[Case, HeldPost]:
    post = _second_post(by) or (by.posts[0] if by.posts else None)
    case = scope.case_by_number(str(proposal.payload["number"]))
    is_own = proposal.proposed_by_id == by.officer_id
    if case is None or post is None or scope.is_barred(by, case):
        raise Refusal("not_found")
    if is_own and not is_own_too:
        raise Refusal("second_person_needed")
    if not is_own and _second_post(by) is None:
        raise Refusal("not_found")
    return scope.locked(case.pk), post


def _case_for(proposal: ProposalView, second: Reader) -> Case | None:
    if proposal.proposed_by_id == second.officer_id:
        return None
    case = scope.case_by_number(str(proposal.payload["number"]))
    return None if case is None or scope.is_barred(second, case) else case


def _second_post(by: Reader) -> HeldPost | None:
    return next((post for post in by.posts if post.roles & SECOND), None)


def _is_keeper(by: Reader) -> bool:
    return any(KEEPER in post.roles for post in by.posts)


def _parties_of(proposal_id: int) -> list[int]:
    number = str(approvals.proposal(proposal_id, kind=KIND).payload["number"])
    return list(Party.objects.filter(case__number=number).order_by("pk").values_list("pk", flat=True))


def _from_on(proposal: ProposalView, case: Case) -> datetime.date:
    return retention.erasable_from(clock.day_of(proposal.proposed_at, case.body.time_zone))


def _due(case: Case) -> Due:
    assert case.closed_at is not None  # asked for by whoever calls
    ended = clock.day_of(case.closed_at, case.body.time_zone)
    return Due(case.number, case.unit.name, ended, retention.due_on(ended, settings.HUIYIN_RETENTION_YEARS))


def _waiting(proposal: ProposalView, case: Case) -> Waiting:
    from_on, due = _from_on(proposal, case), _due(case)
    return Waiting(
        proposal.id, case.number, due.unit, due.ended_on, proposal.why, proposal.proposed_by, proposal.proposed_at,
        from_on, clock.today(case.body.time_zone) >= from_on,
    )  # fmt: skip
