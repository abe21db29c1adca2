"""The key of one officer, behind a vault passphrase that is no password: signing in, by whatever house, opens nothing.

Forgotten, it is lost: a new key begins, and a colleague who holds the desk's key gives it again.
"""

from __future__ import annotations

import threading
from collections import deque

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.db import transaction

from huiyin.record import clock, keyring
from huiyin.record.bodies.queries import Reader
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.sealing import in_hand
from huiyin.record.sealing.models import DeskHolder, StaffKey
from huiyin.rules.refusal import Refusal

SHORTEST, LONGEST = 16, 200  # characters
WAITING_AT_MOST = 3  # 128 MiB each: one runs, two wait
_one_at_a_time = threading.Semaphore(1)
_waiting: deque[None] = deque()


def has_key(officer: int) -> bool:
    """Whether an officer has set a vault passphrase."""
    return StaffKey.objects.filter(officer=officer).exists()


def public_of(officers: list[int]) -> dict[int, X25519PublicKey]:
    """The public halves of those who have one."""
    rows = StaffKey.objects.filter(officer__in=officers).values_list("officer_id", "public")
    return {officer: X25519PublicKey.from_public_bytes(bytes(public)) for officer, public in rows}


def set_passphrase(passphrase: str, *, by: Reader) -> X25519PrivateKey:
    """Begin a key under a passphrase, or anew where the old one was forgotten: what hung on the old one is gone.

    Raises Refusal("too_short") or "too_long" for the passphrase, and "busy".
    """
    _check(passphrase)
    private, salt = X25519PrivateKey.generate(), keyring.new_salt()
    locked = keyring.lock_private(_stretched(passphrase, salt), private, place(by.officer_id))
    with transaction.atomic():
        is_new = not StaffKey.objects.filter(officer=by.officer_id).exists()
        DeskHolder.objects.filter(officer=by.officer_id).delete()
        values = {
            "public": private.public_key().public_bytes_raw(), "salt": salt, "locked": locked, "made_at": clock.now(),
        }  # fmt: skip
        StaffKey.objects.update_or_create(officer_id=by.officer_id, defaults=values)
        _note("vault_key_made" if is_new else "vault_key_renewed", by)
    in_hand.take_staff(by.officer_id, private)
    return private


def change_passphrase(old: str, new: str, *, by: Reader) -> None:
    """Another passphrase for the same key. Raises Refusal("wrong_passphrase"), "too_short", "too_long" or "busy"."""
    _check(new)
    private, salt = unlock(old, by=by), keyring.new_salt()
    locked = keyring.lock_private(_stretched(new, salt), private, place(by.officer_id))
    with transaction.atomic():
        StaffKey.objects.filter(officer=by.officer_id).update(salt=salt, locked=locked)
        _note("vault_passphrase_changed", by)


def unlock(passphrase: str, *, by: Reader) -> X25519PrivateKey:
    """Open one's key and take it in hand. Raises Refusal("wrong_passphrase") or "busy"."""
    row = StaffKey.objects.filter(officer=by.officer_id).first()
    if row is None or len(passphrase) > LONGEST:
        raise Refusal("wrong_passphrase")
    try:
        private = keyring.unlock_private(
            _stretched(passphrase, bytes(row.salt)), bytes(row.locked), place(by.officer_id)
        )
    except keyring.SealBroken:
        raise Refusal("wrong_passphrase") from None
    in_hand.take_staff(by.officer_id, private)
    return private


def is_current(officer: int, private: X25519PrivateKey) -> bool:
    """Whether a key is still the officer's: none that was replaced is taken in hand."""
    return StaffKey.objects.filter(officer=officer, public=private.public_key().public_bytes_raw()).exists()


def _check(passphrase: str) -> None:
    if len(passphrase) < SHORTEST:
        raise Refusal("too_short", field="passphrase", minimum=SHORTEST)
    if len(passphrase) > LONGEST:
        raise Refusal("too_long", field="passphrase", maximum=LONGEST)


def _stretched(passphrase: str, salt: bytes) -> bytes:
    """One at a time, for each takes 128 MiB; whoever finds two waiting already is asked to come again."""
    if len(_waiting) >= WAITING_AT_MOST:
        raise Refusal("busy")
    _waiting.append(None)
    try:
        with _one_at_a_time:
            return keyring.stretch(passphrase, salt, keyring.PASSPHRASE)
    finally:
        _waiting.pop()


def place(officer: int) -> bytes:
    """Where the locked key of an officer stands."""
    return f"sealing_staffkey {officer}".encode()


def _note(kind: str, by: Reader) -> None:
    if by.posts:
        append_event(ChainRef.body(by.posts[0].body_code), kind, actor=by.actor(), details={})
