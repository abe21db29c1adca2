"""Sealing to somebody else's key: HPKE (RFC 9180), base mode.

The writer needs the public half only: a web process can put a name into the
vault that it cannot take out again.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from huiyin.record.keyring.blobs import SealBroken

SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def seal_envelope(to: X25519PublicKey, label: str, plaintext: bytes, aad: bytes) -> bytes:
    """Seal so that only the holder of the private half can open, for one use and one place."""
    return SUITE.encrypt(plaintext, to, _info(label, aad))


def open_envelope(key: X25519PrivateKey, label: str, blob: bytes, aad: bytes) -> bytes:
    """Open an envelope, or raise ``SealBroken``."""
    try:
        return SUITE.decrypt(bytes(blob), key, _info(label, aad))
    except (InvalidTag, ValueError) as broken:
        raise SealBroken(f"An envelope for {label!r} does not open with this key in this place.") from broken


def _info(label: str, aad: bytes) -> bytes:
    name = label.encode()
    return b"huiyin/v1" + len(name).to_bytes(4, "big") + name + aad
