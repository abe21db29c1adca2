"""Sealing under a key of this server, and the keyed hash.

A blob is ``version | suite | key id | nonce | ciphertext``. What it is for
(the label) and where it stands (``aad``) are bound into it, so that a blob
moved to another row or another use does not open.
"""

from __future__ import annotations

import hashlib
import hmac as stdlib_hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from huiyin.record.keyring.files import load

VERSION = 1
SUITE_AES_256_GCM = 1
"""Suite 1. Numbers 2 (hybrid ML-KEM-768 and X25519) and 3 (SM algorithms) are reserved."""

KEY_ID_BYTES = 4
NONCE_BYTES = 12
HEAD_BYTES = 2 + KEY_ID_BYTES


class SealBroken(Exception):
    """A blob that does not open: another key, another place, or changed bytes."""


def hmac(label: str, *parts: str | bytes) -> bytes:
    """HMAC-SHA256 under the pepper. Every part carries its length, so that "1","23" is not "12","3"."""
    return stdlib_hmac.digest(load().pepper, _joined(label, *parts), "sha256")


def seal(label: str, plaintext: bytes, aad: bytes) -> bytes:
    """Seal under the server key, for one use and one place."""
    return _seal(load().server_key, b"", label, plaintext, aad)


def open_sealed(label: str, blob: bytes, aad: bytes) -> bytes:
    """Open what ``seal`` closed, or raise ``SealBroken``."""
    return _open(load().server_key, b"", label, blob, aad)


def seal_under(secret: bytes, label: str, plaintext: bytes, aad: bytes) -> bytes:
    """Seal under a secret that we do not keep, together with the pepper: either alone opens nothing."""
    return _seal(load().pepper, secret, label, plaintext, aad)


def open_under(secret: bytes, label: str, blob: bytes, aad: bytes) -> bytes:
    """Open what ``seal_under`` closed, or raise ``SealBroken``."""
    return _open(load().pepper, secret, label, blob, aad)


def _joined(label: str, *parts: str | bytes) -> bytes:
    pieces = [b"huiyin/v1"]
    for part in (label, *parts):
        data = part.encode() if isinstance(part, str) else part
        pieces += [len(data).to_bytes(4, "big"), data]
    return b"".join(pieces)


def _seal(key: bytes, secret: bytes, label: str, plaintext: bytes, aad: bytes) -> bytes:
    head = bytes((VERSION, SUITE_AES_256_GCM)) + _key_id(key)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return head + nonce + _cipher(key, secret, label).encrypt(nonce, plaintext, _joined(label, head, aad))


def _open(key: bytes, secret: bytes, label: str, blob: bytes, aad: bytes) -> bytes:
    head = bytes(blob[:HEAD_BYTES])
    if head != bytes((VERSION, SUITE_AES_256_GCM)) + _key_id(key):
        raise SealBroken(f"A blob for {label!r} was sealed by another key or another suite.")
    nonce, ciphertext = blob[HEAD_BYTES : HEAD_BYTES + NONCE_BYTES], blob[HEAD_BYTES + NONCE_BYTES :]
    try:
        return _cipher(key, secret, label).decrypt(bytes(nonce), bytes(ciphertext), _joined(label, head, aad))
    except (InvalidTag, ValueError) as broken:
        raise SealBroken(f"A blob for {label!r} does not open here.") from broken


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"huiyin key id" + key).digest()[:KEY_ID_BYTES]


def _cipher(key: bytes, secret: bytes, label: str) -> AESGCM:
    """The cipher of one label; those of passing secrets are not kept in memory."""
    return _derived(key, secret, label) if secret else _kept(key, label)


@lru_cache(maxsize=32)
def _kept(key: bytes, label: str) -> AESGCM:
    return _derived(key, b"", label)


def _derived(key: bytes, secret: bytes, label: str) -> AESGCM:
    material, salt = (secret, key) if secret else (key, None)
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=salt, info=_joined("seal", label)).derive(material))
