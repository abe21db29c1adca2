"""Witnesses: outside bodies that look at every root, and sign it where nothing before it changed (C2SP tlog-cosignature).

Only keys that this office has written into its settings (``HUIYIN_WITNESSES``) are heard.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from huiyin.record.ledger.checkpoints import checkpoint_at, checkpoint_text
from huiyin.record.ledger.models import Checkpoint, Cosignature
from huiyin.rules.notes import (
    COSIGNATURE,
    Head,
    NoteBroken,
    SignatureLine,
    VerifierKey,
    cosigned,
    read_checkpoint,
    time_and_signature,
)

LATEST = 2**33  # seconds since 1970: beyond the year 2200 no clock of a witness stands


class NotHeard(Exception):
    """A cosignature that is not kept: the status of the answer, and a sentence for the witness's operator."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


def witnesses() -> tuple[VerifierKey, ...]:
    """The keys that are heard here. Raises NoteBroken for a setting that is none."""
    return _read(tuple(settings.HUIYIN_WITNESSES))


@lru_cache(maxsize=4)
def _read(keys: tuple[str, ...]) -> tuple[VerifierKey, ...]:
    found = tuple(VerifierKey.read(key) for key in keys)
    if any(key.kind != COSIGNATURE for key in found):
        raise NoteBroken("a witness signs with a key of its own kind (4), not with a log's")
    if len({key.name for key in found}) < len(found):
        raise NoteBroken("two witnesses have the same name")
    return found


def take_cosignatures(note: str) -> int:
    """Keep the words of known witnesses on one of our roots; gives how many lines of theirs hold.

    Raises NotHeard: 400 for what is no checkpoint, 404 for a root we never signed, 403 where no line is a witness's.
    """
    try:
        head = read_checkpoint(note)
    except NoteBroken as broken:
        raise NotHeard(400, f"This is no checkpoint: {broken}.") from broken
    ours = checkpoint_at(head.size)
    if ours is None or head.origin != settings.HUIYIN_ORIGIN or bytes(ours.root) != head.root:
        raise NotHeard(404, "This log never signed this root.")
    heard = [row for line in head.lines if (row := _heard(head, line)) is not None]
    if not heard:
        raise NotHeard(403, "No line is signed with the key of a witness that this log knows.")
    Cosignature.objects.bulk_create(heard, ignore_conflicts=True)
    return len(heard)


def cosigned_text(checkpoint: Checkpoint) -> str:
    """The signed note with the line of every witness that is still known."""
    known = {key.name: key.id for key in witnesses()}
    rows = Cosignature.objects.filter(size=checkpoint.size, name__in=known).order_by("name") if known else ()
    lines = (SignatureLine(row.name, bytes(row.key_id), bytes(row.signature)) for row in rows)
    return checkpoint_text(checkpoint) + "".join(str(line) for line in lines if known[line.name] == line.key_id)


def newest_of_each() -> list[tuple[VerifierKey, Cosignature | None]]:
    """Every known witness with its newest word."""
    return [
        (key, Cosignature.objects.filter(name=key.name, key_id=key.id).order_by("-size").first()) for key in witnesses()
    ]


def newest_witnessed(after: int = 0) -> Checkpoint | None:
    """The newest root over more than ``after`` leaves that a known witness signed."""
    known = [key.name for key in witnesses()]
    if not known:
        return None
    size = Cosignature.objects.filter(name__in=known, size__gt=after).order_by("-size").values_list("size", flat=True)
    return checkpoint_at(size[0]) if size[:1] else None


def _heard(head: Head, line: SignatureLine) -> Cosignature | None:
    """The row of a line that a known witness signed; None for anybody else's."""
    key = next((each for each in witnesses() if (each.name, each.id) == (line.name, line.key_id)), None)
    if key is None:
        return None
    try:
        seconds, signature = time_and_signature(line)
        Ed25519PublicKey.from_public_bytes(key.key).verify(signature, cosigned(seconds, head.body))
    except (NoteBroken, InvalidSignature):
        return None
    if seconds > LATEST:
        return None
    at = datetime.fromtimestamp(seconds, UTC)
    return Cosignature(size=head.size, name=line.name, key_id=line.key_id, at=at, signature=line.signature)
