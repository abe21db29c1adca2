"""Somebody acts for the complainant, with a code of their own: listed with what they looked at, and ended at once."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from django.db import transaction

from huiyin.record import clock, keyring
from huiyin.record.cases import as_kept
from huiyin.record.cases.codes import entering, receipts
from huiyin.record.cases.codes.filing_sealed import SUITE_SEALED
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.keys import matter_keys
from huiyin.record.cases.models import Authority, Case, MatterWrap, Party, Receipt, ReceiptKey
from huiyin.record.cases.opening import access
from huiyin.record.cases.shown.helper_views import LABEL, authorities, label_place
from huiyin.record.cases.who import scope
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules import helping as rule
from huiyin.rules.chain import Json
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable

MOST = 5  # helpers at a time
LABEL_LIMIT = 200  # characters


@dataclass(frozen=True, slots=True)
class Helper:
    """Who helps, in whose words, how far and until when.

    ``has_code``: with a receipt of their own; ``card`` is the serial of a scratch card that becomes it, at the desk.
    """

    who: str
    label: str = ""
    may: str = "act"
    until_on: datetime.date | None = None
    has_code: bool = True
    card: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A helper's own receipt, shown once."""

    helper: int
    number: str
    code: str


def checked(helper: Helper) -> Helper:
    """Raises Refusal("unknown_choice") or Refusal("too_long"), each naming the field."""
    if helper.who not in rule.WHO:
        raise Refusal("unknown_choice", field="who")
    if helper.may not in rule.MAY:
        raise Refusal("unknown_choice", field="may")
    label = storable(helper.label)
    if len(label) > LABEL_LIMIT:
        raise Refusal("too_long", field="label", maximum=LABEL_LIMIT)
    return replace(helper, label=label)


def add_helper(holder: Holder, helper: Helper) -> Code:
    """Give somebody a code of their own: the complainant alone does, and no helper for another.

    Raises Refusal("helper_may_not"), "too_many", "date_in_past", and what ``checked`` refuses.
    """
    helper = checked(helper)
    receipts.must_let(holder, rule.OWN)
    vault_id = access.keep_nothing()
    with transaction.atomic():
        case = scope.locked(access.family_case(holder, to=rule.OWN).pk)
        today = clock.today(case.body.time_zone)
        if helper.until_on is not None and helper.until_on < today:
            raise Refusal("date_in_past", field="until_on")
        if sum(row.ended_at is None for row in authorities(case)) >= MOST:
            raise Refusal("too_many", field="helpers", maximum=MOST)
        code = write(case, helper, vault_id)
        _tell(case, "helper_added", helper.who, helper.may, helper.until_on, number=code.helper)
        return code


def write_at_filing(case_number: str, helper: Helper, vault_id: UUID, *, by: Actor | None = None) -> Code:
    """Whoever files for somebody else stands in the matter from its first minute; in the transaction that registers it.

    ``by`` is the registrar who took it down. Raises Refusal("date_in_past"), and for the card of a helper what
    ``receipts.card`` refuses, naming the field ``helper_card``.
    """
    found = Case.scoped.filter(number=case_number).values_list("pk", flat=True).get()
    case = scope.locked(found)
    if helper.until_on is not None and helper.until_on < clock.today(case.body.time_zone):
        raise Refusal("date_in_past", field="until_on")
    code = write(case, checked(helper), vault_id)
    _tell(case, "helper_at_filing", helper.who, helper.may, helper.until_on, number=code.helper, by=by)
    return code


def end_helper(holder: Holder, number: int) -> None:
    """Take a helper's code away; it opens nothing from this instant on. Said twice it counts once.

    Raises Refusal("not_found") or Refusal("helper_may_not").
    """
    with transaction.atomic():
        case = scope.locked(access.family_case(holder, to=rule.OWN).pk)
        row = next((each for each in authorities(case) if each.number == number), None)
        if row is None:
            raise Refusal("not_found")
        if row.ended_at is not None:
            return
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        _tell(case, "helper_ended", row.who, row.may, row.until_on, number=number)
        _end_key(case, row)


def write(case: Case, helper: Helper, vault_id: UUID) -> Code:
    """The rows of a helper, in the transaction of the event that tells of it."""
    number = len(authorities(case)) + 1
    party = Party.objects.create(
        case=case, kind=rule.kind_of_party(helper.who), vault_id=vault_id, language=case.language
    )
    Authority.objects.create(
        party=party,
        number=number,
        who=helper.who,
        may=helper.may,
        sealed_label=keyring.seal(LABEL, helper.label.encode(), label_place(case, number)),
        until_on=helper.until_on,
        made_at=clock.now(),
    )
    if helper.card:
        _give_card(case, party, helper.card)
    if helper.card or not helper.has_code or not matter_keys.is_open(case):  # nobody gives on what nobody here can open
        return Code(number, "", "")
    receipt, code = receipts.new_receipt(party)
    if not case.key_epoch:
        receipt.save()
    else:
        _give_key(case, receipt, code)
    return Code(number, receipt.number, code)


def _give_key(case: Case, receipt: Receipt, code: str) -> None:
    """To a sealed matter a helper's code opens a key of the helper's own, to which the matter's keys are wrapped."""
    key, private = matter_keys.lock_for_code(receipt, code)
    receipt.suite, receipt.verifier = SUITE_SEALED, matter_keys.verifier_of(key)
    receipt.save()
    key.receipt = receipt
    key.save()
    for each in sorted(entering.family_of(case.pk, is_helper=True)):
        matter = Case.scoped.get(pk=each)
        if matter.key_epoch:
            matter_keys.wrap_all(matter, matter_keys.HELPER, private.public_key())


def _give_card(case: Case, party: Party, serial: str) -> None:
    """A scratch card becomes the helper's receipt; to a sealed matter only one that was made with a key."""
    try:
        row = receipts.card(serial)
    except Refusal as refusal:
        raise Refusal(refusal.code, field="helper_card") from None
    key = ReceiptKey.objects.filter(receipt=row).first()
    if case.key_epoch:
        if key is None or not matter_keys.is_open(case):
            raise Refusal("card_unknown", field="helper_card")
        row.suite, row.verifier = SUITE_SEALED, matter_keys.verifier_of(key)
        matter_keys.wrap_all(case, matter_keys.HELPER, X25519PublicKey.from_public_bytes(bytes(key.public)))
    row.party = party
    row.save(update_fields=["party", "suite", "verifier"])


def _end_key(case: Case, row: Authority) -> None:
    """What is written from now on goes to a new key, of which the helper has none; the wraps of before go."""
    key = ReceiptKey.objects.filter(receipt__party=row.party).first()
    if key is None:
        return
    for each in sorted(entering.family_of(case.pk, is_helper=True)):
        matter = scope.locked(each)
        if matter.key_epoch and not matter_keys.is_erased(matter):
            MatterWrap.objects.filter(key__case=matter, kind=matter_keys.HELPER, to_public=bytes(key.public)).delete()
            matter_keys.begin_anew(matter)


def bound(case: Case) -> Sequence[Json]:
    """What binds the helpers of a case: who, how far, until when, and whether it has ended."""
    return [as_kept.of_helper(row) for row in authorities(case)]


def _tell(
    case: Case, kind: str, who: str, may: str, until_on: datetime.date | None, *, number: int, by: Actor | None = None
) -> None:
    details: dict[str, Json] = {
        "number": str(number), "who": who, "may": may, "until": until_on.isoformat() if until_on else "",
        "bound": {"helpers": list(bound(case))},
    }  # fmt: skip
    append_event(ChainRef.case(case.number), kind, actor=by or Actor.complainant(), details=details)
