"""An office that seals: a recovery set, and officers with a vault passphrase. Passphrases are cheap here, codes are not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings

from huiyin.record import keyring
from huiyin.record.bodies.queries import Reader
from huiyin.record.keyring.locked import Cost
from huiyin.record.sealing import desks, in_hand, staff

PASSPHRASE = "four invented words here"


@contextmanager
def cheap() -> Iterator[None]:
    """A passphrase that is stretched less."""
    with patch.object(keyring, "PASSPHRASE", Cost(64, 1)):
        yield


@contextmanager
def recovery_set() -> Iterator[dict[str, X25519PrivateKey]]:
    """A recovery set for one test; gives the private halves that would lie with three bodies."""
    folder = Path(settings.HUIYIN_KEYS_DIR)
    leaving = keyring.create_recovery_set(folder)
    try:
        yield {file.name.split(".")[0][-1]: keyring.read_private(file) for file in leaving}
    finally:
        for file in folder.glob("recovery-?.x25519*"):
            file.unlink()
        keyring.forget_recovery_set()


def give_key(*officers: Reader) -> None:
    """Each sets a passphrase; the first of a desk makes its key and gives it to those who come after."""
    with cheap():
        for officer in officers:
            with in_hand.scope():
                staff.set_passphrase(PASSPHRASE, by=officer)
                desks.begin_missing(officer)
        for officer in officers:
            with unlocked(officer):
                for desk in desks.desks_of(officer):
                    for member in desk.members:
                        if desk.may_give and member.has_key and not member.is_holder:
                            desks.give(desk.unit_code, member.code, by=officer)


@contextmanager
def unlocked(officer: Reader) -> Iterator[Reader]:
    """As one request of an officer who has unlocked."""
    with cheap(), in_hand.scope():
        staff.unlock(PASSPHRASE, by=officer)
        yield officer
