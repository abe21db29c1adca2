"""A dispute becomes a case: like every matter, with its sides. Who the others are is sealed first, as the applicant's name is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.record.cases.models import About, Case, CaseLink, Party, Receipt
from huiyin.record.cases.opening import access
from huiyin.record.cases.parties import consenting, sides
from huiyin.record.cases.registering import registration
from huiyin.record.cases.registering.linked import register_linked_case
from huiyin.record.cases.registering.registration import Identity, Prepared, Registered
from huiyin.record.cases.who import scope
from huiyin.record.law import versions
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.chain import Json
from huiyin.rules.consenting import BEGIN
from huiyin.rules.procedure import Procedure
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import within

LINK = "mediation"


@dataclass(frozen=True, slots=True)
class OtherSide:
    """Another side, as the one who asks describes it; ``identity`` is sealed and opened for the invitation alone."""

    identity: Identity | None
    language: str = "zh-hans"
    is_minor: bool = False
    guardian: str = ""


@dataclass(frozen=True, slots=True)
class PreparedSide:
    """Another side whose identity is sealed and committed in the vault."""

    side: OtherSide
    vault_id: UUID
    sealed_sha256: str


def pack() -> Procedure:
    """The pack by which disputes are mediated here; where several are in force, the one with levels.

    Raises Refusal("procedure_missing").
    """
    found = sorted(versions.mediations_in_force(), key=lambda each: (not each.levels, each.id))
    if not found:
        raise Refusal("procedure_missing", procedure="mediation")
    return found[0]


def prepare_sides(others: Sequence[OtherSide]) -> tuple[PreparedSide, ...]:
    """Seal who the other sides are: the vault rows are committed when this returns. Raises Refusal("empty") or "too_many"."""
    if not others:
        raise Refusal("empty", field="other_name")
    if len(others) >= sides.MOST:
        raise Refusal("too_many", field="sides", maximum=sides.MOST)
    return tuple(PreparedSide(each, *access.keep_identity(_for_inviting(each.identity))) for each in others)


def _for_inviting(identity: Identity | None) -> Identity | None:
    """What somebody says of how to reach another serves to invite it. Messages go to what the side itself leaves, later."""
    return replace(identity, notices="never") if identity is not None else None


def checked_words(text: str, *, field: str, is_needed: bool = False) -> str:
    """Words as they are kept. Raises Refusal("empty") or "too_long", naming the field."""
    return within(text, field=field, limit=TEXT_LIMIT, is_needed=is_needed)


def register_dispute(
    prepared: Prepared, others: Sequence[PreparedSide], *, by: Actor, released: str = "", guardian: str = "",
    card: str = "", at_post: str = "",
) -> Registered:  # fmt: skip
    """Write the case of a dispute with its sides, in the caller's transaction; gives the receipt.

    Raises what ``registration.register`` and ``sides.add_other`` refuse.
    """
    registered = registration.register(prepared, by=by, card=card, at_post=at_post)
    case = _locked(registered.case_number)
    _write_sides(case, others, by=by, released=released, guardian=guardian)
    return registered


def dispute_of_complaint(
    holder: Holder, others: Sequence[PreparedSide], *, case_number: str = "", procedure: str, subject: str, words: str,
    released: str,
) -> str:  # fmt: skip
    """A complaint whose complainant wants to sit down with the other side: a linked dispute under the same receipt.

    Gives its number, in the caller's transaction.
    The complaint goes on with its clocks. Raises Refusal("not_found"), "helper_may_not"; "mediation_apart" where the
    complaint is confidential, anonymous or about staff: sitting down would tell who complained; and "repeated" where
    one is open already.
    """
    complaint = scope.locked(access.family_case(holder, case_number, to="own").pk)
    is_apart = complaint.confidentiality != "named" or complaint.is_restricted or complaint.key_epoch
    if is_apart or About.objects.filter(case=complaint, kind__in=("officer", "unit", "body")).exists():
        raise Refusal("mediation_apart")
    if versions.procedure_of(complaint.law_id).kind == "mediation":
        raise Refusal("not_allowed_now", move="mediate", state=complaint.state)
    if CaseLink.objects.filter(from_case=complaint, kind=LINK, to_case__is_open=True).exists():
        raise Refusal("repeated")
    by = Actor.complainant(holder.helper)
    case = register_linked_case(
        complaint, kind=LINK, channel="web", procedure=procedure, subject=subject, grounds=words, by=by,
        also_barred=frozenset(),
    )  # fmt: skip
    append_event(ChainRef.case(complaint.number), "mediation_opened", actor=by, details={"number": case.number})
    case = scope.locked(case.pk)
    receipt = Receipt.objects.filter(pk=holder.receipt_id).get()
    _write_sides(case, others, by=by, released=released, guardian="", receipt=receipt)
    return case.number


def say_yes(case_number: str, side_number: int, how: str, *, by: Actor) -> None:
    """A side that asks, or was heard by an officer, has said yes to mediation; in the transaction that opens the dispute."""
    side = sides.side_number(_locked(case_number), side_number)
    consenting.keep(side, versions.procedure_of(side.case.law_id), BEGIN, "yes", how, actor=by)


def give_code(case_number: str, side_number: int, *, by: Actor) -> tuple[str, str]:
    """A number and a code for another side, in the transaction that opens the dispute; shown once."""
    return sides.give_code(sides.side_number(_locked(case_number), side_number), actor=by)


def _locked(case_number: str) -> Case:
    return scope.locked(Case.scoped.filter(number=case_number).values_list("pk", flat=True).get())


def _write_sides(
    case: Case,
    others: Sequence[PreparedSide],
    *,
    by: Actor,
    released: str,
    guardian: str,
    receipt: Receipt | None = None,
) -> None:
    party = Party.objects.get(case=case, kind="complainant")
    own = receipt or Receipt.objects.filter(party=party).first()
    sides.add(case, party, actor=by, receipt=own, released=released, guardian=guardian)
    for each in others:
        sides.add_other(
            case, each.vault_id, actor=by, sealed_sha256=each.sealed_sha256, language=each.side.language,
            has_contact=bool(each.side.identity and each.side.identity.contact().is_given),
            is_minor=each.side.is_minor, guardian=each.side.guardian,
        )  # fmt: skip


def note_by_clock(key: int, kind: str, told: Callable[[], Mapping[str, Json]] = dict) -> bool:
    """An event that the clock makes in a dispute, in the caller's transaction; its case is locked first.

    ``told`` writes the stage's own rows once it is locked, and gives what the event tells of them.
    """
    case = scope.locked(key)
    append_event(ChainRef.case(case.number), kind, actor=Actor.system(), details=dict(told()))
    return True
