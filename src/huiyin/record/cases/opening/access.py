"""The only way to read a case: may I, then the look in the ledger, then the content.

The look is committed before a byte of content leaves; there is no silent read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes import entering, receipts
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.days import service
from huiyin.record.cases.keys import matter_keys
from huiyin.record.cases.lists import queries
from huiyin.record.cases.models import Case, Party, SealedPart
from huiyin.record.cases.opening import viewing
from huiyin.record.cases.parties import sides
from huiyin.record.cases.shown.case_view import CaseView
from huiyin.record.cases.who import scope
from huiyin.record.identity import access as identity
from huiyin.record.identity.access import Identity
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.ledger.promises import Promise, promise
from huiyin.record.ledger.proofs import InclusionProof, inclusion_proof
from huiyin.record.ledger.queries import event_of
from huiyin.record.sealing import in_hand
from huiyin.rules.chain import Json
from huiyin.rules.procedure import Words
from huiyin.rules.receipt import parse_case_number
from huiyin.rules.refusal import Refusal

PURPOSES = ("handle", "sign_off", "register", "review", "supervise", "hand_over", "answer_enquiry", "outside")
UNSEAL_REASONS = ("ask_back", "deliver_reply", "invite", "verify_facts", "protect")


def open_case(case_number: str, *, reader: Reader, purpose: str = "handle", what: str = "case") -> CaseView:
    """Read one case as an officer; the look stands in its ledger first. Without a ``purpose``, why follows from where it stands.

    Raises Refusal("not_found") when it does not exist or is not the reader's to
    open: both look the same; Refusal("sealed_locked") when it is sealed and the reader brought no key. Must not run inside another transaction.
    """
    if purpose and purpose not in PURPOSES:
        raise Refusal("unknown_choice", field="purpose")
    with transaction.atomic(durable=True):
        case, posts = scope.opened(case_number, reader)
        why = purpose or queries.purpose_of(case, reader=reader)
        matter_keys.must_be_open(case)  # a sealed matter that stays shut is no look: nothing of it leaves
        append_event(
            ChainRef.case(case.number),
            "case_opened",
            actor=reader.actor(posts[0] if posts else None),
            details={"purpose": why_opened(reader, case, why), "what": what},
        )
        matter_keys.share(case)
    return viewing.build(case, reader=reader, today=clock.today(case.body.time_zone))


def why_opened(reader: Reader, case: Case, purpose: str) -> str:
    """The purpose that a look carries: what a desk outside looks at is seen by the complainant, not by the units concerned."""
    return scope.OUTSIDE if scope.reads_from_outside(reader, case) else purpose


def open_receipt(number: str, code: str, *, source: str) -> Holder:
    """Check a receipt as typed. Raises Refusal("check_digits") or Refusal("busy")."""
    return receipts.check(number, code, source=source)


def open_as_complainant(holder: Holder, case_number: str = "") -> CaseView:
    """Read one case of the receipt's family as its complainant; the use of the receipt is logged too.

    Raises Refusal("not_found") for a case outside the family or an ended session.
    """
    with transaction.atomic(durable=True):
        case = family_case(holder, case_number, to="read")
        append_event(
            ChainRef.case(case.number),
            "receipt_used",
            actor=Actor.complainant(holder.helper),
            details={"purpose": "follow", "what": "case"},
        )
        matter_keys.share(case)
        if case.version > 1 and not holder.helper:  # what a helper reads has not reached the complainant
            service.serve_what_is_read(case)
    view = viewing.build(case, reader=None, today=clock.today(case.body.time_zone))
    return (
        replace(view, links=tuple(each for each in view.links if each.kind != matter_keys.PRESSURE))
        if holder.helper
        else view
    )


def family_case(holder: Holder, case_number: str = "", *, to: str = "act") -> Case:
    """The case of the receipt, or a linked one of its family by number; ``to`` is what for (``rules.helping.NEEDS``).

    A report of pressure stays the complainant's own; another side of a dispute reaches nothing here (``sides.of_holder``).
    Raises Refusal("not_found") or Refusal("helper_may_not").
    """
    if to == "mediate":
        return sides.of_holder(holder, case_number).case
    if holder.side != receipts.COMPLAINANT:
        raise Refusal("not_found")
    if not receipts.still_valid(holder):
        raise Refusal("not_found")
    if holder.key:
        in_hand.take_complainant(holder.key)
    else:
        in_hand.take_entry()
    receipts.must_let(holder, to)
    if case_number and case_number != holder.number:
        family = entering.family_of(holder.case_id, is_helper=bool(holder.helper))
        case = Case.scoped.select_related(*scope.RELATED).filter(number=case_number, pk__in=family).first()
    else:
        case = scope.case_by_key(holder.case_id)
    if case is None:
        raise Refusal("not_found")
    if to == "write" and not case.is_open and matter_keys.is_erased(case):
        raise Refusal("words_erased")  # what is written to a key that is gone could be read by nobody
    return case


def proof(case_number: str, seq: int = 1) -> InclusionProof | None:
    """The inclusion proof of an event of the case; None until the sequencer has placed it."""
    return inclusion_proof(ChainRef.case(case_number), seq)


def promise_of(case_number: str, seq: int = 1) -> Promise | None:
    """The signed promise over an event of the case, as it was given with the receipt."""
    event = event_of(ChainRef.case(case_number), seq)
    return promise(event) if event else None


def tell_status(number: str, word: str, *, reader: Reader) -> tuple[Words, str, Words]:
    """By phone: state, due day and officer's name for a number with its status word, and nothing else.

    Raises Refusal("check_digits") alike for an unknown number and a wrong word.
    """
    known = parse_case_number(number)
    case = Case.scoped.select_related(*scope.RELATED).filter(number=known).first() if known else None
    said = "".join(word.split()).casefold()
    right = receipts.status_word(known) if known else None
    if case is None or right is None or said not in {"".join(each.split()).casefold() for each in (right.zh, right.en)}:
        raise Refusal("check_digits")
    if scope.is_barred(reader, case):
        raise Refusal("check_digits")
    with transaction.atomic(durable=True):
        append_event(
            ChainRef.case(case.number),
            "status_told",
            actor=reader.actor(),
            details={"purpose": "answer_enquiry", "what": "status"},
        )
    view = viewing.build(case, reader=None, today=clock.today(case.body.time_zone))
    due_on = view.due_on.isoformat() if view.due_on else ""
    return view.state.name, due_on, view.responsible.name if view.responsible else view.unit


def unseal_identity(case_number: str, *, reader: Reader, reason: str) -> Identity:
    """Open the sealed name of a named matter: the responsible officer alone, with a reason.

    The access row is committed before a byte is decrypted, and the complainant
    sees it. Raises Refusal("not_found"), Refusal("reason_missing") or
    Refusal("not_yours_to_unseal").
    """
    if reason not in UNSEAL_REASONS:
        raise Refusal("reason_missing")
    with transaction.atomic(durable=True):
        case = scope.openable(reader).filter(number=case_number).first()
        if case is None:
            raise Refusal("not_found")
        if case.confidentiality != "named" or case.responsible_post_id not in reader.post_ids:
            raise Refusal("not_yours_to_unseal")
        rows = log_unsealing(case, reader.actor(case.responsible_post_id), {"purpose": reason})
    return revealed(rows)


def log_unsealing(case: Case, actor: Actor, details: Mapping[str, Json]) -> list[UUID]:
    """Write down, in the caller's durable transaction, that a name is opened: a look for each row that ``revealed`` opens."""
    party = Party.objects.filter(case=case, kind="complainant").order_by("id").first()
    if party is None:
        raise Refusal("not_found")
    words = SealedPart.objects.filter(case=case, kind="words")
    parts = list(words.order_by("id").values_list("vault_id", flat=True))
    for what in ("identity", *("words" for _part in parts)):
        append_event(ChainRef.case(case.number), "identity_unsealed", actor=actor, details={**details, "what": what})
    return [party.vault_id, *parts]


def revealed(rows: Sequence[UUID]) -> Identity:
    """The name behind rows whose opening is written down and committed."""
    shown, *parts = [identity.reveal(each) for each in rows]
    notes = [shown.note, *(each.note for each in parts)]
    return replace(shown, note="\n".join(filter(None, notes)))


def keep_nothing() -> UUID:
    """A vault row for somebody of whom no name is kept; it looks like any other."""
    return identity.keep(None)


def keep_words(words: Sequence[str]) -> tuple[UUID, str]:
    """Seal words that tell who somebody is; the vault row is committed when this returns. Gives its key and hash."""
    return identity.keep_bound(Identity(note="\n".join(words)))


def keep_identity(identity_of: Identity | None) -> tuple[UUID, str]:
    """Seal who another side of a dispute is; the vault row is committed when this returns. Gives its key and hash."""
    return identity.keep_bound(identity_of)


def sealed_digest(vault_id: UUID) -> str:
    """The hash of a sealed row as it is now; nothing is opened."""
    return identity.digests([vault_id]).get(vault_id, "")


def replace_identity(vault_id: UUID, new: Identity) -> str:
    """Put new particulars of a side in place of the old ones, which are gone; gives the hash of the sealed row."""
    return identity.replace(vault_id, new)


def erase_identity(vault_id: UUID) -> None:
    """Take who a side is out of the vault for good."""
    identity.erase(vault_id)


def unseal_side(case_number: str, side_number: int, *, reader: Reader, reason: str) -> Identity:
    """Open who a side of a dispute is: whoever is responsible for it alone, with a reason, to invite or to reach that side.

    The access row is committed before a byte is decrypted; that side sees it, the others do not. Raises
    Refusal("not_found"), "reason_missing" or "not_yours_to_unseal".
    """
    if reason not in UNSEAL_REASONS:
        raise Refusal("reason_missing")
    with transaction.atomic(durable=True):
        case, _posts = scope.opened(case_number, reader)
        side = sides.side_number(case, side_number)
        if case.responsible_post_id not in reader.post_ids:
            raise Refusal("not_yours_to_unseal")
        if side.erased_at is not None:
            raise Refusal("not_found")
        details: dict[str, Json] = {"purpose": reason, "what": "identity", "side": side_number}
        actor = reader.actor(case.responsible_post_id)
        append_event(ChainRef.case(case.number), "identity_unsealed", actor=actor, details=details)
        vault_id = side.party.vault_id
    return identity.reveal(vault_id)


def digests_of_parts(case: Case) -> list[str]:
    """The hashes of what else of a matter lies in the vault, in order; nothing is opened."""
    parts = list(SealedPart.objects.filter(case=case).order_by("id").values_list("vault_id", flat=True))
    found = identity.digests(parts)
    return [found.get(each, "") for each in parts]


def replace_code(holder: Holder, code: str) -> Holder:
    """Another code for the complainant's receipt, web or card; gives its holder. Part of the caller's transaction.

    Raises Refusal("not_found"), Refusal("helper_may_not") or Refusal("repeated").
    """
    case = scope.locked(family_case(holder, to="own").pk)
    verifier, rating_key = receipts.new_code_of(holder, code)
    details: dict[str, Json] = {"bound": {"receipt_sha256": hashlib.sha256(verifier).hexdigest()}}
    append_event(ChainRef.case(case.number), "code_replaced", actor=Actor.complainant(), details=details)
    return replace(holder, epoch=holder.epoch + 1, rating_key=rating_key)


def replace_contact(holder: Holder, new: Identity) -> None:
    """Put a new contact in place of the old one; the old one is never read back."""
    case = family_case(holder, to="own")
    party = Party.objects.get(case=case, kind="complainant")
    sealed = identity.replace(party.vault_id, new)
    details: dict[str, Json] = {"bound": {"identity_sha256": sealed}}
    with transaction.atomic(durable=True):
        Party.objects.filter(pk=party.pk).update(has_contact=new.contact().is_given)
        append_event(ChainRef.case(case.number), "contact_replaced", actor=Actor.complainant(), details=details)
