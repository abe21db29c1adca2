"""The next entry with the code: where a matter was sealed after the receipt was made, the code becomes what opens its key.

Until then the server holds that key (``matter_keys.ENTRY``), because the code, which nobody else knows, was not there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from huiyin.record import clock, keyring
from huiyin.record.cases import as_kept
from huiyin.record.cases.codes.filing_sealed import SUITE_SEALED
from huiyin.record.cases.keys import matter_keys
from huiyin.record.cases.models import Case, CaseLink, Receipt, ReceiptKey
from huiyin.record.cases.shown.helper_views import authorities
from huiyin.record.cases.who import scope
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.prepared import Place, Prepared
from huiyin.record.sealing import in_hand
from huiyin.rules.chain import Json

_GROWN = Prepared(lambda: CaseLink.objects.filter(from_case=Place("case")).values_list("to_case_id", "kind"))


@dataclass(frozen=True, slots=True)
class Entered:
    """What the code opens from now on; sessions of before have ended."""

    epoch: int
    key: bytes


def family_of(first: int, *, is_helper: bool = False) -> set[int]:
    """A matter and all that grew out of it, by key; a report of pressure is hidden from helpers."""
    seen, edge = {first}, [first]
    while edge:
        links = _GROWN.all(case=edge.pop())
        new = {case for case, kind in links if not (is_helper and kind == matter_keys.PRESSURE)} - seen
        seen |= new
        edge.extend(new)
    return seen


def enter(receipt: Receipt, case: int, code: str, *, helper: int) -> Entered | None:
    """Give the holder of a right code a key of their own, where a matter of the family waits for it; None else.

    The receipt has no fast hash of its code from now on. The complainant's entry ends what the server kept, and the
    codes of those helpers who have not come since.
    """
    if not matter_keys.waits_for_entry(family_of(case, is_helper=bool(helper))):
        return None
    with transaction.atomic():
        own = scope.locked(case)
        row = Receipt.objects.select_for_update().get(pk=receipt.pk)
        if row.suite == SUITE_SEALED:
            return None  # another entry of the same instant was quicker; the next one opens it
        key, private = _key_of(row, code)
        row.suite, row.verifier, row.epoch = SUITE_SEALED, matter_keys.verifier_of(key), row.epoch + 1
        row.save(update_fields=["suite", "verifier", "epoch"])
        key.receipt = row
        key.save()
        _take_over(case, private.public_key(), helper=helper)
        _tell(own, row, helper)
    return Entered(row.epoch, private.private_bytes_raw())


def rating_follows(before: bytes, now: bytes) -> None:
    """One's own rating is found under its new name; wired in the settings, for ratings lie in another room."""
    import_string(settings.HUIYIN_CODE_MOVED)(before, now)


def _key_of(receipt: Receipt, code: str) -> tuple[ReceiptKey, X25519PrivateKey]:
    """A new key that the code opens; of a card, the one that was made with it."""
    made = ReceiptKey.objects.filter(receipt=receipt).first()
    if made is None:
        return matter_keys.lock_for_code(receipt, code)
    stretched = keyring.stretch(code, bytes(made.salt), keyring.CODE)
    return made, keyring.unlock_private(stretched, bytes(made.locked), matter_keys.receipt_place(receipt.number))


def _take_over(first: int, to: X25519PublicKey, *, helper: int) -> None:
    with in_hand.scope():  # hands of its own: the keys of the family, for as long as this takes
        in_hand.take_entry()
        for key in sorted(family_of(first, is_helper=bool(helper))):
            each = Case.scoped.get(pk=key)
            if each.key_epoch and helper:
                matter_keys.wrap_all(each, matter_keys.HELPER, to)
            elif each.key_epoch:
                matter_keys.entry_made(each, to)


def _tell(case: Case, receipt: Receipt, helper: int) -> None:
    """The history binds the receipt anew; helpers whose codes open nothing any more are ended, and listed as ended."""
    bound: dict[str, Json] = {}
    if not helper:
        bound["receipt_sha256"] = hashlib.sha256(bytes(receipt.verifier)).hexdigest()
        for row in authorities(case):
            own = getattr(row.party, "receipt", None)
            if own is not None and own.suite != SUITE_SEALED and row.ended_at is None:
                row.ended_at = clock.now()
                row.save(update_fields=["ended_at"])
    bound["helpers"] = [as_kept.of_helper(row) for row in authorities(case)]
    actor = Actor.complainant(helper)
    append_event(ChainRef.case(case.number), "code_opens_key", actor=actor, details={"bound": bound})
