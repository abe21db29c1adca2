"""Large files sealed in pieces, each under a fresh key of its own file.

``version | suite | prefix`` and then chunks of 64 KiB. The nonce of a chunk is the random prefix, its place in the
file and whether it is the last: chunks cannot be swapped, left out or cut off at the end without being found.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from huiyin.record.keyring.blobs import SUITE_AES_256_GCM, VERSION, SealBroken

CHUNK = 64 * 1024  # bytes of content in a chunk
TAG = 16  # bytes that AES-GCM adds to each
PREFIX_BYTES = 7
HEAD = bytes((VERSION, SUITE_AES_256_GCM))
HEAD_BYTES = len(HEAD) + PREFIX_BYTES


def new_key() -> bytes:
    """The key of one file, used for nothing else."""
    return secrets.token_bytes(32)


def seal_stream(key: bytes, content: bytes, aad: bytes) -> bytes:
    """Seal a whole file, bound to its place. The key must be fresh."""
    cipher, prefix = AESGCM(key), secrets.token_bytes(PREFIX_BYTES)
    pieces = [content[start : start + CHUNK] for start in range(0, len(content), CHUNK)] or [b""]
    sealed = [
        cipher.encrypt(_nonce(prefix, number, is_last=number == len(pieces) - 1), piece, aad)
        for number, piece in enumerate(pieces)
    ]
    return b"".join((HEAD, prefix, *sealed))


def open_stream(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    """Open what ``seal_stream`` closed, whole, or raise ``SealBroken``."""
    if sealed[: len(HEAD)] != HEAD or len(sealed) < HEAD_BYTES + TAG:
        raise SealBroken("A sealed file is cut off, or was sealed by another suite.")
    cipher, prefix = AESGCM(key), sealed[len(HEAD) : HEAD_BYTES]
    starts = range(HEAD_BYTES, len(sealed), CHUNK + TAG)
    try:
        return b"".join(
            cipher.decrypt(
                _nonce(prefix, number, is_last=number == len(starts) - 1), sealed[start : start + CHUNK + TAG], aad
            )
            for number, start in enumerate(starts)
        )
    except (InvalidTag, ValueError) as broken:
        raise SealBroken("A sealed file does not open here.") from broken


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes((is_last,))
