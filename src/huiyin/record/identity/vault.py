"""How a name is sealed: a fresh key for each row, wrapped to two desks, padded to one size.

Layout of ``blob``: version, suite, nonce, AES-256-GCM ciphertext. The fresh
key is wrapped (HPKE) to the vault desk and to the recovery key. The address
for notices is sealed to the contact key apart, so that whoever sends notices
learns no name. Each part is bound to its row and field: swapped blobs do not open.
"""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from huiyin.record import keyring

VERSION = 1
SUITE = 1
"""X25519, AES-256-GCM, SHA-256. 2 (hybrid ML-KEM-768 and X25519) and 3 (SM algorithms) are reserved."""

IDENTITY_STEP, CONTACT_STEP = 1024, 512
"""Bytes to which a name, and an address for notices, are filled up; two such rows fit a page of the database."""

NONCE_BYTES = 12
LENGTH_BYTES = 4
LABEL = "huiyin identity"


@dataclass(frozen=True)
class Sealed:
    """The ciphertext of one row."""

    suite: int
    blob: bytes
    desk_wrap: bytes
    recovery_wrap: bytes
    contact: bytes


def seal(vault_id: uuid.UUID, identity: Mapping[str, str], contact: Mapping[str, str]) -> Sealed:
    """Seal with the public halves alone; this process need not be able to open it again."""
    keys = keyring.load()
    key, nonce, head = secrets.token_bytes(32), secrets.token_bytes(NONCE_BYTES), bytes((VERSION, SUITE))
    ciphertext = AESGCM(key).encrypt(nonce, _padded(identity, IDENTITY_STEP), head + _place(vault_id, "blob"))
    return Sealed(
        suite=SUITE,
        blob=head + nonce + ciphertext,
        desk_wrap=keyring.seal_envelope(keys.vault_public, LABEL, key, _place(vault_id, "desk_wrap")),
        recovery_wrap=keyring.seal_envelope(keys.recovery_public, LABEL, key, _place(vault_id, "recovery_wrap")),
        contact=keyring.seal_envelope(
            keys.contact_public, LABEL, _padded(contact, CONTACT_STEP), _place(vault_id, "contact")
        ),
    )


def open_identity(vault_id: uuid.UUID, blob: bytes, desk_wrap: bytes) -> dict[str, str]:
    """Open a name with the vault desk's key."""
    private = keyring.load().vault_private
    if private is None:
        raise keyring.KeyringError("This process does not hold vault.x25519 and cannot open names.")
    return _open(vault_id, blob, desk_wrap, private, "desk_wrap")


def recover_identity(
    vault_id: uuid.UUID, blob: bytes, recovery_wrap: bytes, private: X25519PrivateKey
) -> dict[str, str]:
    """Open a name with the offline recovery key."""
    return _open(vault_id, blob, recovery_wrap, private, "recovery_wrap")


def open_contact(vault_id: uuid.UUID, contact: bytes) -> dict[str, str]:
    """Open the address for notices with the notifier's key."""
    return _unpadded(keyring.open_envelope(keyring.contact_private(), LABEL, contact, _place(vault_id, "contact")))


def _open(vault_id: uuid.UUID, blob: bytes, wrap: bytes, private: X25519PrivateKey, field: str) -> dict[str, str]:
    key = keyring.open_envelope(private, LABEL, wrap, _place(vault_id, field))
    head, nonce, ciphertext = blob[:2], blob[2 : 2 + NONCE_BYTES], blob[2 + NONCE_BYTES :]
    if head != bytes((VERSION, SUITE)):
        raise keyring.SealBroken("This identity was sealed by a suite that this version does not know.")
    try:
        return _unpadded(AESGCM(key).decrypt(nonce, ciphertext, head + _place(vault_id, "blob")))
    except (InvalidTag, ValueError) as broken:
        raise keyring.SealBroken("This identity does not open: it was changed or moved.") from broken


def _place(vault_id: uuid.UUID, field: str) -> bytes:
    return vault_id.bytes + bytes((SUITE,)) + field.encode()


def _padded(values: Mapping[str, str], step: int) -> bytes:
    """The values in whole steps of one size, so that an empty row looks like a full one."""
    data = json.dumps({name: value for name, value in values.items() if value}, ensure_ascii=False).encode()
    body = len(data).to_bytes(LENGTH_BYTES, "big") + data
    return body + bytes(-len(body) % step)


def _unpadded(padded: bytes) -> dict[str, str]:
    length = int.from_bytes(padded[:LENGTH_BYTES], "big")
    values: dict[str, str] = json.loads(padded[LENGTH_BYTES : LENGTH_BYTES + length])
    return values
