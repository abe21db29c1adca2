"""The sides of a dispute: who asked, and the others, each with a code, a sealed identity and private words of its own.

A side reads what the others released and nothing else of theirs. What binds the sides stands in the history with
every change, without a word and without a name.
"""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass
from uuid import UUID

from huiyin.record import clock
from huiyin.record.cases import as_kept
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.models import Case, Party, Receipt, Side
from huiyin.record.cases.parties import consenting
from huiyin.record.cases.who import scope
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.sealing import in_hand
from huiyin.rules import consenting as rule
from huiyin.rules.chain import Json
from huiyin.rules.procedure import Procedure
from huiyin.rules.refusal import Refusal

MOST = 8  # sides of one dispute
GUARDIANS = ("beside", "matter")
"""A minor's guardian sits beside; or the dispute is about the guardian, and somebody else sits there."""


@dataclass(frozen=True, slots=True)
class SideShown:
    """A side as the other sides, and the pages of the office, may name it: by its number, never by a name."""

    number: int
    kind: str
    state: str
    is_minor: bool
    guardian: str
    released: str
    has_contact: bool
    has_code: bool
    erase_on: datetime.date | None
    is_erased: bool


def of_holder(holder: Holder, case_number: str = "", *, to: str = "read") -> Side:
    """The side that a receipt opens, with its case. ``to`` is what a helper of the asking side needs for it.

    Without the number of a dispute it is the one in which the side still takes part, else the last.
    Raises Refusal("not_found") where the receipt opens none, or Refusal("helper_may_not").
    """
    if not receipts.still_valid(holder):
        raise Refusal("not_found")
    if holder.key:
        in_hand.take_complainant(holder.key)
    receipts.must_let(holder, to)
    found = _of_receipt(holder)
    named = [side for side in found if side.case.number == case_number] if case_number != holder.number else []
    staying = [side for side in found if side.state != "out"]
    side = next(iter(named or ([] if _is_elsewhere(holder, case_number) else staying or found)), None)
    if side is None:
        raise Refusal("not_found")
    return side


def locked_of_holder(holder: Holder, case_number: str = "", *, to: str = "act") -> Side:
    """The same with its case locked until the transaction ends."""
    return locked(of_holder(holder, case_number, to=to))


def locked(side: Side) -> Side:
    """A side as it stands, its case locked until the transaction ends."""
    case = scope.locked(side.case_id)
    fresh = Side.objects.select_related("party", "receipt").get(pk=side.pk)
    fresh.case = case
    return fresh


def has_table(holder: Holder, case_number: str = "") -> bool:
    """Whether a receipt opens a side of a dispute under this number."""
    try:
        of_holder(holder, case_number)
    except Refusal:
        return False
    return True


def sides_of(case: Case) -> list[Side]:
    """The sides of a dispute in the order of their numbers."""
    return list(Side.objects.filter(case=case).select_related("party", "receipt").order_by("number"))


def side_number(case: Case, number: int) -> Side:
    """One side of a locked case by its number. Raises Refusal("not_found")."""
    side = next((each for each in sides_of(case) if each.number == number), None)
    if side is None:
        raise Refusal("not_found")
    side.case = case
    return side


def shown(case: Case) -> tuple[SideShown, ...]:
    """The sides as pages may show them."""
    return tuple(_shown(side) for side in sides_of(case))


def add(
    case: Case, party: Party, *, actor: Actor, sealed_sha256: str | None = None, receipt: Receipt | None = None,
    released: str = "", words: str = "", guardian: str = "",
) -> Side:  # fmt: skip
    """One more side of the locked case; ``party`` is saved, ``sealed_sha256`` is the hash of its row in the vault.

    Raises Refusal("too_many").
    """
    number = len(sides_of(case)) + 1
    if number > MOST:
        raise Refusal("too_many", field="sides", maximum=MOST)
    side = Side.objects.create(
        case=case, party=party, number=number, receipt=receipt, released=released, words=words,
        guardian=guardian, state="in" if party.kind == "complainant" else "invited", made_at=clock.now(),
    )  # fmt: skip
    tell(case, "side_added", actor=actor, number=number, identity_sha256=sealed_sha256)
    return side


def add_other(
    case: Case, vault_id: UUID, *, actor: Actor, sealed_sha256: str, language: str, has_contact: bool = False,
    is_minor: bool = False, guardian: str = "", receipt: Receipt | None = None,
) -> Side:  # fmt: skip
    """Another side of the locked case, whose name and address lie in the vault already.

    Raises Refusal("too_many"), or "unknown_choice" for the guardian.
    """
    if guardian and guardian not in GUARDIANS:
        raise Refusal("unknown_choice", field="guardian")
    party = Party.objects.create(
        case=case, kind=receipts.OTHER_PARTY, vault_id=vault_id, language=language, has_contact=has_contact,
        is_minor=is_minor,
    )  # fmt: skip
    return add(case, party, actor=actor, sealed_sha256=sealed_sha256, receipt=receipt, guardian=guardian)


def give_code(side: Side, *, actor: Actor) -> tuple[str, str]:
    """A number and a code for another side of the locked case, shown once; an earlier code of it opens nothing any more.

    Raises Refusal("not_allowed_now") for the asking side, for one that a receipt of another matter opens, or an erased one.
    """
    own = side.receipt
    if side.party.kind != receipts.OTHER_PARTY or side.erased_at or (own and own.party_id != side.party_id):
        raise Refusal("not_allowed_now", move="invite", state=side.case.state)
    if own is None:
        own, code = receipts.new_receipt(side.party)
        own.save()
        side.receipt = own
        side.save(update_fields=["receipt"])
    else:
        code = receipts.new_code()
        own.verifier, own.epoch = receipts.verifier(own.number, code), own.epoch + 1
        own.save(update_fields=["verifier", "epoch"])
    tell(side.case, "side_code_given", actor=actor, number=side.number)
    return own.number, code


def close_code(own: Receipt) -> None:
    """A code opens nothing any more, and every session of it has ended."""
    own.verifier, own.epoch = secrets.token_bytes(32), own.epoch + 1
    own.save(update_fields=["verifier", "epoch"])


def tell(case: Case, kind: str, *, actor: Actor, number: int, **more: Json) -> None:
    """An event about a side, which binds all sides as they stand now."""
    identity = more.pop("identity_sha256", None)
    bound = _bound(case)
    if identity is not None:
        bound[as_kept.side_identity(number)] = identity
    append_event(ChainRef.case(case.number), kind, actor=actor, details={"side": number, **more, "bound": bound})


def note_move(case: Case, procedure: Procedure, move_id: str, came_from: str, actor: Actor) -> dict[str, Json]:
    """What a move means for the sides: who leaves is out, consents are spent, who never said yes is erased in time.

    Gives what binds the sides from then on.
    """
    if procedure.kind != "mediation":
        return {}
    if actor.kind == receipts.OTHER_PARTY and not case.is_open:
        Side.objects.filter(case=case, number=int(actor.duty_number)).update(state="out", left_at=clock.now())
    if came_from != case.state and procedure.states[case.state].stage == "mediation":
        Side.objects.filter(case=case, state="invited").update(state="in")
    if not case.is_open:
        _plan_erasure(case)
    consenting.spend(case, procedure, move_id, came_from)
    return _bound(case)


def actor_of(side: Side, holder: Holder) -> Actor:
    """Who acts for a side: the complainant or a helper of theirs, or another side by its number."""
    if side.party.kind == receipts.COMPLAINANT or holder.side == receipts.COMPLAINANT:
        return Actor.complainant(holder.helper) if side.number == 1 else Actor.other_party(side.number)
    return Actor.other_party(side.number)


def _bound(case: Case) -> dict[str, Json]:
    return {"sides": [as_kept.of_side(side) for side in sides_of(case)]}


def _plan_erasure(case: Case) -> None:
    """Where a dispute ends before another side ever said yes, everything of that side is erased after thirty days."""
    on = clock.today(case.body.time_zone) + datetime.timedelta(days=rule.DAYS_TO_ERASE)
    for side in sides_of(case):
        never = side.party.kind == receipts.OTHER_PARTY and not consenting.ever_said_yes(side)
        if never and side.erase_on is None:
            Side.objects.filter(pk=side.pk).update(erase_on=on)


def _of_receipt(holder: Holder) -> list[Side]:
    return list(
        Side.objects.filter(receipt=_receipt_of(holder), erased_at=None)
        .select_related("party", "receipt", *(f"case__{name}" for name in scope.RELATED))
        .order_by("-id")
    )


def _receipt_of(holder: Holder) -> int:
    """A helper of the asking side has a receipt of their own; the side is opened by the complainant's."""
    if not holder.helper:
        return holder.receipt_id
    own = Receipt.objects.filter(party__case=holder.case_id, party__kind=receipts.COMPLAINANT).values_list(
        "pk", flat=True
    )
    return own.first() or 0


def _is_elsewhere(holder: Holder, case_number: str) -> bool:
    return bool(case_number) and case_number != holder.number


def _shown(side: Side) -> SideShown:
    return SideShown(
        side.number, side.party.kind, side.state, side.party.is_minor, side.guardian, side.released,
        side.party.has_contact, side.receipt_id is not None, side.erase_on, side.erased_at is not None,
    )  # fmt: skip
