"""A private key that lies here locked by something a person knows: a receipt code, a passphrase.

Neither the code nor the passphrase is kept, and no fast hash of it: that it was right shows in that the key opens.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from huiyin.record.keyring.blobs import NONCE_BYTES, SUITE_AES_256_GCM, VERSION, SealBroken

SALT_BYTES = 16
HEAD = bytes((VERSION, SUITE_AES_256_GCM))


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: argon2id with so much memory (KiB) and so many rounds."""

    memory_kib: int
    rounds: int


CODE = Cost(19_456, 2)
"""For a random code of 59.8 bits."""
PASSPHRASE = Cost(131_072, 3)
"""For words that a person chose."""


def new_salt() -> bytes:
    """A salt for one key."""
    return secrets.token_bytes(SALT_BYTES)


def stretch(secret: str, salt: bytes, cost: Cost) -> bytes:
    """The key that locks a key: argon2id of what a person knows."""
    return hash_secret_raw(secret.encode(), salt, cost.rounds, cost.memory_kib, 1, 32, Type.ID)


def lock_private(by: bytes, private: X25519PrivateKey, aad: bytes) -> bytes:
    """The private half, sealed in its place under a stretched secret."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return HEAD + nonce + AESGCM(by).encrypt(nonce, private.private_bytes_raw(), HEAD + aad)


def unlock_private(by: bytes, blob: bytes, aad: bytes) -> X25519PrivateKey:
    """Open what ``lock_private`` closed, or raise ``SealBroken``."""
    if blob[: len(HEAD)] != HEAD:
        raise SealBroken("A locked key is of a suite that this version does not know.")
    rest = blob[len(HEAD) :]
    try:
        raw = AESGCM(by).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], HEAD + aad)
    except (InvalidTag, ValueError) as broken:
        raise SealBroken("A locked key does not open with this.") from broken
    return X25519PrivateKey.from_private_bytes(raw)
