"""A signed promise: the receipt's proof until the tree has grown over the event.

A promise whose leaf is not in the tree after the delay that we publish is
proof, in the complainant's hand, that we took the event out.
"""

from __future__ import annotations

import base64
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from huiyin.record import keyring
from huiyin.rules.merkle import leaf_hash

DOMAIN = "huiyin ledger promise v1"


class Promised(Protocol):
    """An event, just appended or read again."""

    @property
    def hash(self) -> str: ...

    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True)
class Promise:
    """Everything text: leaf and signature in base64, ``at`` in UTC, as it was signed."""

    origin: str
    leaf: str
    at: str
    key_id: str
    signature: str

    def as_dict(self) -> dict[str, str]:
        """For an answer in JSON."""
        return asdict(self)


def promise(event: Promised) -> Promise:
    """The promise over an event that is committed."""
    return make_promise(event.hash, event.at)


def leaf_of(event_hash: str) -> str:
    """The leaf of an event in the tree, in base64: what a promise names, and a letter too."""
    return base64.b64encode(leaf_hash(bytes.fromhex(event_hash))).decode()


def make_promise(event_hash: str, at: datetime) -> Promise:
    """Sign origin, leaf and time with the log key."""
    keys, leaf = keyring.load(), leaf_of(event_hash)
    time = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    origin: str = settings.HUIYIN_ORIGIN
    signature = keys.log_key.sign(_message(origin, leaf, time))
    return Promise(origin, leaf, time, keys.log_key_id, base64.b64encode(signature).decode())


def verify_promise(given: Promise, key: Ed25519PublicKey) -> bool:
    """Did the holder of this log key promise this?"""
    try:
        key.verify(base64.b64decode(given.signature, validate=True), _message(given.origin, given.leaf, given.at))
    except (InvalidSignature, ValueError):
        return False
    return True


def _message(origin: str, leaf: str, at: str) -> bytes:
    """Its first line keeps a promise from ever being read as a checkpoint, or the other way round."""
    return "\n".join((DOMAIN, origin, leaf, at, "")).encode()
