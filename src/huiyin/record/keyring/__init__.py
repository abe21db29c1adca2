"""The keys of this installation, and the few things done with them.

Nothing here is a primitive of our own: AES-256-GCM, HKDF, HMAC-SHA256,
Ed25519 and HPKE (RFC 9180) come from one library.
"""

from huiyin.record.keyring.blobs import SealBroken, hmac, open_sealed, open_under, seal, seal_under
from huiyin.record.keyring.envelopes import open_envelope, seal_envelope
from huiyin.record.keyring.files import Keyring, KeyringError, contact_private, create, forget, load, read_private
from huiyin.record.keyring.locked import CODE, PASSPHRASE, lock_private, new_salt, stretch, unlock_private
from huiyin.record.keyring.recovery_set import (
    PAIRS_OF_BODIES,
    create_recovery_set,
    forget_recovery_set,
    open_for_pair,
    recovery_set,
    seal_for_pair,
)
from huiyin.record.keyring.streams import new_key, open_stream, seal_stream

open = open_sealed  # noqa: A001 - reads keyring.open(...)

__all__ = [
    "CODE",
    "PAIRS_OF_BODIES",
    "PASSPHRASE",
    "Keyring",
    "KeyringError",
    "SealBroken",
    "contact_private",
    "create",
    "create_recovery_set",
    "forget",
    "forget_recovery_set",
    "hmac",
    "load",
    "lock_private",
    "new_key",
    "new_salt",
    "open",
    "open_envelope",
    "open_for_pair",
    "open_sealed",
    "open_stream",
    "open_under",
    "read_private",
    "recovery_set",
    "seal",
    "seal_envelope",
    "seal_for_pair",
    "seal_stream",
    "seal_under",
    "stretch",
    "unlock_private",
]
