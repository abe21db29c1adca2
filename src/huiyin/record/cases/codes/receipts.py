"""Receipt numbers and codes: made, handed out, checked.

An ordinary matter's code is checked by HMAC under the pepper, bound to the
number. A failure costs one bounded argon2id, so that a wrong code and an
unknown number look and take the same (``slow_answer``).
"""

from __future__ import annotations

import hmac
import secrets
import time
from dataclasses import dataclass, field, replace

from django.db import connection, transaction
from django.db.models import F

from huiyin.record import clock, keyring
from huiyin.record.cases.codes import entering, slow_answer
from huiyin.record.cases.codes.filing_sealed import SUITE_SEALED
from huiyin.record.cases.keys import matter_keys
from huiyin.record.cases.models import Authority, CaseLink, Party, Receipt, ReceiptKey
from huiyin.record.prepared import Place, Prepared
from huiyin.rules import helping
from huiyin.rules import receipt as rule
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal

SUITE_ORDINARY = 1
COMPLAINANT, OTHER_PARTY = "complainant", "other_party"
LONGEST_FAMILY = 50  # reviews and returns one after the other, from a number back to the receipt's own
_BY_NUMBER = Prepared(lambda: Receipt.objects.select_related("party").filter(number=Place("number")))
_KEY_OF = Prepared(lambda: ReceiptKey.objects.filter(receipt=Place("receipt")))
_IN_EPOCH = Prepared(lambda: Receipt.objects.filter(pk=Place("key"), epoch=Place("epoch")).values_list("pk"))


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who has shown the number and code of a receipt: the complainant of that family, or another side of a dispute.

    ``side`` is the kind of the party. An "other_party" reaches its table in the one dispute, and nothing else.
    """

    receipt_id: int
    number: str
    epoch: int
    case_id: int
    rating_key: bytes
    helper: int = 0  # the number of a helper who holds it; 0 is the complainant
    key: bytes = field(default=b"", repr=False)  # of a sealed matter: what the code opened
    side: str = COMPLAINANT


def new_number() -> str:
    """A case number nobody has yet, by chance alone."""
    for _ in range(20):
        number = rule.make_case_number(f"{secrets.randbelow(10**9):09d}")
        if not _is_taken(number):
            return number
    raise Refusal("busy")


def _is_taken(number: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM cases_receipt WHERE number = %s UNION ALL SELECT 1 FROM cases_case WHERE number = %s LIMIT 1",
            [number, number],
        )
        return cursor.fetchone() is not None


def new_code() -> str:
    """A receipt code as 20 digits."""
    code = rule.parse_code(rule.make_code(f"{secrets.randbelow(10**18):018d}"))
    if code is None:
        raise AssertionError("a code just made must parse")
    return code


def verifier(number: str, code: str) -> bytes:
    """What is stored instead of the code (suite 1)."""
    return keyring.hmac("receipt", number, code)


def rating_key(number: str, code: str) -> bytes:
    """The name of the rating row: nobody without the code can find it."""
    return keyring.hmac("rating", number, code)


def status_word(number: str) -> Words:
    """The two words that tell state, date and name by phone, and nothing else."""
    return rule.make_status_word(keyring.hmac("status-word", number))


def make_cards(count: int) -> list[tuple[str, str, str]]:
    """Scratch cards made ahead: (serial, number, code); the code is printed once and kept nowhere.

    Each has a complainant's key, which its code opens, so that a matter registered at the desk can be sealed.
    """
    made: list[tuple[str, str, str]] = []
    rows: list[Receipt] = []
    keys: list[ReceiptKey] = []
    for _ in range(count):
        number, code = new_number(), new_code()
        serial = rule.make_card_serial(f"{secrets.randbelow(10**7):07d}")
        rows.append(Receipt(number=number, verifier=verifier(number, code), card_serial=serial, made_at=clock.now()))
        keys.append(matter_keys.lock_for_code(rows[-1], code)[0])
        made.append((serial, number, code))
    with transaction.atomic():
        Receipt.objects.bulk_create(rows)
        for key, row in zip(keys, rows, strict=True):
            key.receipt = row
        ReceiptKey.objects.bulk_create(keys)
    return made


def card(serial: str) -> Receipt:
    """The unused receipt behind a card's serial.

    Raises Refusal("card_unknown") or Refusal("card_used").
    """
    known = rule.parse_card_serial(serial)
    row = Receipt.objects.filter(card_serial=known).first() if known else None
    if row is None:
        raise Refusal("card_unknown")
    if row.party_id is not None:
        raise Refusal("card_used")
    return row


def check(number_typed: str, code_typed: str, *, source: str) -> Holder:
    """The holder of a receipt, for the number and code as typed.

    The number may be that of a linked case of the family. Raises
    Refusal("check_digits") for everything wrong alike, Refusal("busy") when too
    many failures wait. ``source`` only shares the queue fairly; it is not kept.
    """
    began = time.monotonic()
    number, code = rule.parse_case_number(number_typed), rule.parse_code(code_typed)
    if number is None or code is None:
        raise Refusal("check_digits")
    row = receipt_of(number)
    given = verifier(row.number if row else number, code)
    if row is not None and row.suite == SUITE_SEALED and row.party is not None:
        return _check_sealed(row, code, source, began)
    if row is None or row.party is None or not hmac.compare_digest(bytes(row.verifier), given):
        slow_answer.spend(source, since=began)
        raise Refusal("check_digits")
    helper, side = 0, row.party.kind
    if side not in {COMPLAINANT, OTHER_PARTY}:
        side = COMPLAINANT
        authority = authority_of(row.pk)
        if authority is None:
            slow_answer.spend(source, since=began)
            raise Refusal("check_digits")
        helper = authority.number
    holder = Holder(row.pk, row.number, row.epoch, row.party.case_id, rating_key(row.number, code), helper, side=side)
    return holder if side == OTHER_PARTY else _with_key(row, holder, code)


def _with_key(row: Receipt, holder: Holder, code: str) -> Holder:
    """Where a matter was sealed since, this entry makes the code what opens its key."""
    made = entering.enter(row, holder.case_id, code, helper=holder.helper)
    if made is None:
        return holder
    own = rating_key(row.number, made.key.hex())
    if not holder.helper:
        entering.rating_follows(holder.rating_key, own)
    return replace(holder, epoch=made.epoch, key=made.key, rating_key=own)


def authority_of(receipt_id: int) -> Authority | None:
    """What the helper who holds a receipt may do; None where it has ended."""
    row = Authority.objects.filter(party__receipt=receipt_id, ended_at=None).select_related("party__case__body").first()
    if row is None or (row.until_on and row.until_on < clock.today(row.party.case.body.time_zone)):
        return None
    return row


def must_let(holder: Holder, needed: str) -> None:
    """Raises Refusal("not_found") where a helper's authority has ended, Refusal("helper_may_not") where it is too small."""
    if not holder.helper:
        return
    authority = authority_of(holder.receipt_id)
    if authority is None:
        raise Refusal("not_found")
    if not helping.lets(authority.may, needed):
        raise Refusal("helper_may_not")


def new_receipt(party: Party) -> tuple[Receipt, str]:
    """A receipt of its own for a party, and its code, which is kept nowhere."""
    number, code = new_number(), new_code()
    row = Receipt(number=number, verifier=verifier(number, code), party=party, made_at=clock.now())
    return row, code


def new_code_of(holder: Holder, code: str) -> tuple[bytes, bytes]:
    """Put another code in place of the one that was shown; every session of the old one ends at once.

    Gives the new verifier, and the new name of the rating. Raises Refusal("repeated") where the code was replaced meanwhile.
    """
    if holder.key:
        return _new_code_of_sealed(holder, code)
    new = verifier(holder.number, code)
    changed = Receipt.objects.filter(pk=holder.receipt_id, epoch=holder.epoch).update(
        verifier=new, epoch=F("epoch") + 1
    )
    if changed != 1:
        raise Refusal("repeated")
    return new, rating_key(holder.number, code)


def _new_code_of_sealed(holder: Holder, code: str) -> tuple[bytes, bytes]:
    """The same key, locked by another code: whatever was sealed to it stays open to the complainant."""
    key = ReceiptKey.objects.select_for_update().get(receipt=holder.receipt_id)
    matter_keys.lock_again(key, holder.number, holder.key, code)
    new = matter_keys.verifier_of(key)
    changed = Receipt.objects.filter(pk=holder.receipt_id, epoch=holder.epoch).update(
        verifier=new, epoch=F("epoch") + 1
    )
    if changed != 1:
        raise Refusal("repeated")
    key.save(update_fields=["salt", "locked"])
    return new, holder.rating_key


def _check_sealed(row: Receipt, code: str, source: str, began: float) -> Holder:
    """The code of a sealed matter is right if it opens the complainant's key; a wrong one costs what every wrong one costs."""
    assert row.party is not None
    key = _KEY_OF.first(receipt=row.pk)
    if key is None:  # erased: it looks like every wrong code
        slow_answer.spend(source, since=began)
        raise Refusal("check_digits")
    stretched = slow_answer.spend(source, code, bytes(key.salt), since=began)
    try:
        private = keyring.unlock_private(stretched, bytes(key.locked), matter_keys.receipt_place(row.number))
    except keyring.SealBroken:
        raise Refusal("check_digits") from None
    slow_answer.forgive(source)
    helper = 0
    if row.party.kind != "complainant":
        authority = authority_of(row.pk)
        if authority is None:
            raise Refusal("check_digits")
        helper = authority.number
    raw = private.private_bytes_raw()
    return Holder(row.pk, row.number, row.epoch, row.party.case_id, rating_key(row.number, raw.hex()), helper, raw)


def still_valid(holder: Holder) -> bool:
    """False once the receipt's sessions were ended."""
    return _IN_EPOCH.first(key=holder.receipt_id, epoch=holder.epoch) is not None


def end_sessions(holder: Holder) -> None:
    """Sign off everywhere: every open session of this receipt ends, on this device and on others."""
    Receipt.objects.filter(pk=holder.receipt_id, epoch=holder.epoch).update(epoch=F("epoch") + 1)


def receipt_of(number: str) -> Receipt | None:
    """The receipt of the family to which a matter belongs, by the number of any of its matters."""
    row = _BY_NUMBER.first(number=number)
    for _ in range(LONGEST_FAMILY):
        if row is not None:
            return row
        link = _link_to(number)
        if link is None:
            return None
        number = link.from_case.number
        row = _BY_NUMBER.first(number=number)
    return row


def _link_to(number: str) -> CaseLink | None:
    return CaseLink.objects.select_related("from_case").filter(to_case__number=number).order_by("id").first()
