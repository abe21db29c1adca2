"""Two of three bodies give the desks their sealed matters back, and a matter's words are erased by two people.

Neither is done alone: recovery needs the paper keys of two bodies, erasure a second officer.
"""

from __future__ import annotations

from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import transaction

from huiyin.record import keyring
from huiyin.record.approvals import actions as approvals
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases import matter_keys, scope
from huiyin.record.cases.models import Case, MatterKey, MatterWrap, Party, Receipt, ReceiptKey
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.ledger.erasure import erase_content
from huiyin.record.ledger.queries import events_of
from huiyin.record.sealing import in_hand
from huiyin.rules.refusal import Refusal

ERASURE = "erase_sealed_words"
SECOND = frozenset(
    {"body_head", "supervisor", "administrator"}
)  # who may be the second person; they read nothing of it


def bodies_of(halves: list[X25519PrivateKey]) -> dict[str, X25519PrivateKey]:
    """Which of the three bodies some private halves belong to; halves of another installation are left out."""
    public = {key.public_bytes_raw(): name for name, key in keyring.recovery_set().items()}
    found = {public.get(half.public_key().public_bytes_raw(), ""): half for half in halves}
    return {name: half for name, half in sorted(found.items()) if name}


def recover_all(halves: Mapping[str, X25519PrivateKey], *, only: str = "") -> list[str]:
    """Wrap every sealed matter (or one, by its number) anew to the desks that may read it; gives their numbers.

    Each matter's history tells of it. Raises Refusal("second_person_needed") without two of the bodies.
    """
    if len(halves) < 2:
        raise Refusal("second_person_needed")
    first, second = sorted(halves)[:2]
    done = []
    for key in Case.scoped.filter(key_epoch__gt=0).order_by("pk").values_list("pk", flat=True):
        with in_hand.scope(), transaction.atomic():
            case = scope.locked(key)
            if only and case.number != only:
                continue
            for row in MatterKey.objects.filter(case=case, wraps__kind=f"recovery_{first}{second}"):
                matter_keys.recover(case, row.epoch, first + second, halves[first], halves[second])
            matter_keys.share(case)
            details = {"by": f"{first} {second}"}
            append_event(ChainRef.case(case.number), "matter_recovered", actor=Actor.system(), details=details)
            done.append(str(case.number))
    return done


def propose_erasure(case_number: str, *, by: Reader, legal_basis: str) -> int:
    """Propose to erase the words of an ended sealed matter; gives the proposal's id.

    Raises Refusal("not_found") for a matter that is not the reader's to open or is none, "not_allowed_now" while it
    is open or where it is not sealed, and "input_missing" without the law.
    """
    with transaction.atomic():
        case, posts = scope.opened(case_number, by, lock=True)
        _may_be_erased(case)
        post = next(each for each in by.posts if each.id == posts[0])
        payload = {"number": case.number}
        return approvals.propose(ERASURE, payload, why=legal_basis, body_code=post.body_code, by=by.actor(post.id))


def erase(proposal_id: int, *, by: Reader) -> str:
    """Erase as the second person: keys, and what the history keeps besides its hashes; gives the number.

    The rows stay as noise, the chain and every proof hold, and a mark tells the day and the law. The second person
    heads a body, supervises or administers, and reads nothing. Raises Refusal("second_person_needed") for whoever
    proposed it, "not_found" for anybody else and for whom the matter concerns, and what
    ``approvals.approve`` refuses.
    """
    with transaction.atomic():
        proposal = approvals.proposal(proposal_id, kind=ERASURE)
        found = Case.scoped.get(number=proposal.payload["number"])
        post = next((each for each in by.posts if each.roles & SECOND), None)
        if post is None or scope.is_barred(by, found):
            raise Refusal("not_found")
        case, actor = scope.locked(found.pk), by.actor(post.id)
        _may_be_erased(case)
        approvals.approve(proposal_id, kind=ERASURE, by=actor)
        MatterWrap.objects.filter(key__case=case).delete()
        _forget_code(case)
        chain = ChainRef.case(case.number)
        seqs = [event.seq for event in events_of(chain)]
        erase_content(chain, seqs, actor=actor, legal_basis=proposal.why)
        return str(case.number)


def _may_be_erased(case: Case) -> None:
    if case.is_open or not case.key_epoch or not MatterWrap.objects.filter(key__case=case).exists():
        raise Refusal("not_allowed_now")


def _forget_code(case: Case) -> None:
    """The complainant's key goes too, unless another matter of the same receipt still needs it."""
    receipt = Receipt.objects.filter(party__in=Party.objects.filter(case=case)).first()
    key = ReceiptKey.objects.filter(receipt=receipt).first() if receipt else None
    if key is not None and not MatterWrap.objects.filter(kind="complainant", to_public=key.public).exists():
        key.delete()
