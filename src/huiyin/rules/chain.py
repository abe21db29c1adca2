"""The hash chain of one matter: every event holds the hash of the one before.

``h = SHA-256(0x10 | previous | public part | SHA-256(nonce | private part))``. The private part
enters only as a salted commitment: when its nonce is erased, the text can no longer be guessed
from the chain, and the chain can still be checked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"

GENESIS = bytes(32)
HASH_BYTES = 32
NONCE_BYTES = 32
_EVENT = b"\x10"
_LARGEST_INTEGER = 2**53 - 1


def canonical(value: Json) -> bytes:
    """The one way to write a value (RFC 8785, JSON Canonicalization Scheme).

    Floating point numbers are refused, and so are integers that a reader in another language
    could not hold exactly: nothing in the ledger is worth a rounding.
    """
    text = json.dumps(_ordered(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("a lone surrogate cannot be written as canonical JSON") from error


def _ordered(value: Json) -> object:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        if abs(value) > _LARGEST_INTEGER:
            raise ValueError("an integer beyond 2**53 - 1 has no canonical form")
        return int(value)
    if isinstance(value, (list, tuple)):
        return [_ordered(item) for item in value]
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("the names in a canonical object are strings")
        return {key: _ordered(value[key]) for key in sorted(value, key=_utf16)}
    raise TypeError(f"no canonical form for {type(value).__name__}")


def _utf16(name: str) -> bytes:
    """The order of RFC 8785, section 3.2.3: by UTF-16 code units."""
    return name.encode("utf-16-be", "surrogatepass")


def commitment(nonce: bytes, private: bytes) -> bytes:
    """The salted hash under which a private part stands in the chain."""
    if len(nonce) != NONCE_BYTES:
        raise ValueError("a nonce has 32 bytes")
    return hashlib.sha256(nonce + private).digest()


def event_hash(prev: bytes, public: bytes, commitment: bytes) -> bytes:
    """The hash of one event, after the event hashed to ``prev`` (``GENESIS`` for the first)."""
    if len(prev) != HASH_BYTES or len(commitment) != HASH_BYTES:
        raise ValueError("a hash in the chain has 32 bytes")
    return hashlib.sha256(_EVENT + prev + public + commitment).digest()
