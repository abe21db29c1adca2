"""Signed roots, written as C2SP checkpoints: what an outside witness keeps.

The text is ``origin``, size and root, each on its line, then an empty line
and the signature line of a signed note; tools made for other logs read it.
"""

from __future__ import annotations

import base64
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from huiyin.record import clock, keyring
from huiyin.record.ledger.models import Checkpoint
from huiyin.record.prepared import Prepared
from huiyin.rules.notes import DASH, ED25519, VerifierKey

_NEWEST = Prepared(lambda: Checkpoint.objects.order_by("-size")[:1])


def write_checkpoint(size: int, root: bytes) -> Checkpoint:
    """Sign the tree at this size and keep the signature."""
    key = keyring.load().log_key
    signature = key.sign(_body(settings.HUIYIN_ORIGIN, size, root))
    return Checkpoint.objects.create(size=size, root=root, at=clock.now(), signature=signature)


def newest_checkpoint() -> Checkpoint | None:
    """The last root signed, if any."""
    return _NEWEST.first()


def checkpoint_at(size: int) -> Checkpoint | None:
    """The root signed at just this size, if one was."""
    return Checkpoint.objects.filter(size=size).first()


def first_checkpoint_over(position: int) -> Checkpoint | None:
    """The first signed root that covers a leaf: the tree as it was when the leaf got its place."""
    return Checkpoint.objects.filter(size__gt=position).order_by("size").first()


def last_checkpoint_before(instant: datetime) -> Checkpoint | None:
    """The last root signed before an instant: a day's root for the notice board."""
    return Checkpoint.objects.filter(at__lt=instant).order_by("-size").first()


def checkpoint_text(checkpoint: Checkpoint) -> str:
    """The signed note, for a notice board, a newspaper or a witness."""
    origin: str = settings.HUIYIN_ORIGIN
    body = _body(origin, checkpoint.size, bytes(checkpoint.root)).decode()
    signed = note_key_id(origin, keyring.load().log_public) + bytes(checkpoint.signature)
    return f"{body}\n{DASH} {origin} {base64.b64encode(signed).decode()}\n"


def is_signed(size: int, root: bytes, signature: bytes, key: Ed25519PublicKey) -> bool:
    """Did the holder of this log key sign this root for this size, under our origin?"""
    try:
        key.verify(signature, _body(settings.HUIYIN_ORIGIN, size, root))
    except InvalidSignature:
        return False
    return True


def verifier_key() -> str:
    """Our name and public key in the form that note verifiers take (``name+hash+key``)."""
    return str(VerifierKey(settings.HUIYIN_ORIGIN, ED25519, keyring.load().log_public.public_bytes_raw()))


def note_key_id(origin: str, key: Ed25519PublicKey) -> bytes:
    """The four bytes by which a signed note names its key."""
    return VerifierKey(origin, ED25519, key.public_bytes_raw()).id


def _body(origin: str, size: int, root: bytes) -> bytes:
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n".encode()
