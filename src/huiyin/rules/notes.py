"""Signed notes and checkpoints as text (C2SP signed-note, tlog-checkpoint, tlog-cosignature): read, not verified.

A note is a body, an empty line and signature lines. Whoever reads one checks the
signatures with the keys that he trusts, and leaves out lines of keys that he does not know.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

DASH = "\N{EM DASH}"
ED25519, COSIGNATURE = b"\x01", b"\x04"  # kinds of key: a log's own, a witness's
KEY_BYTES, ID_BYTES, TIME_BYTES, SIGNATURE_BYTES = 32, 4, 8, 64
LONGEST = 16_384  # characters of a note that is read at all


class NoteBroken(ValueError):
    """A text that is no signed note, checkpoint or verifier key; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A name with its public key. ``kind`` is ``ED25519`` or ``COSIGNATURE``."""

    name: str
    kind: bytes
    key: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature line names the key."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.kind + self.key).digest()[:ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(self.kind + self.key).decode()}"

    @classmethod
    def read(cls, text: str) -> VerifierKey:
        """The key from ``name+hash+key``. Raises NoteBroken."""
        name, _, rest = text.strip().partition("+")
        digest, _, encoded = rest.partition("+")
        data = decoded(encoded)
        found = cls(name, data[:1], data[1:])
        if not name or any(each.isspace() for each in name) or found.kind not in {ED25519, COSIGNATURE}:
            raise NoteBroken("a verifier key is written name+hash+key, and its key is Ed25519")
        if len(found.key) != KEY_BYTES or found.id.hex() != digest:
            raise NoteBroken("the hash in the verifier key is not that of its name and key")
        return found


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line below a note."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{DASH} {self.name} {base64.b64encode(self.key_id + self.signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class Head:
    """A checkpoint: whose tree, how many leaves, which root; ``body`` is what is signed."""

    origin: str
    size: int
    root: bytes
    body: bytes
    lines: tuple[SignatureLine, ...]


def read_checkpoint(text: str) -> Head:
    """The checkpoint of a signed note. Raises NoteBroken."""
    if len(text) > LONGEST:
        raise NoteBroken("the note is too long")
    above, gap, below = text.partition("\n\n")
    if not gap or not below.endswith("\n"):
        raise NoteBroken("a signed note has an empty line between its text and its signatures")
    parts = above.split("\n")
    if len(parts) < 3 or not parts[0] or not _is_number(parts[1]):
        raise NoteBroken("a checkpoint begins with origin, size and root")
    root = decoded(parts[2])
    if len(root) != 32:
        raise NoteBroken("the root of a checkpoint has 32 bytes")
    return Head(parts[0], int(parts[1]), root, f"{above}\n".encode(), tuple(map(_line, below[:-1].split("\n"))))


def cosigned(at: int, body: bytes) -> bytes:
    """What a witness signs: the whole checkpoint, and when (``at``, seconds since 1970)."""
    return f"cosignature/v1\ntime {at}\n".encode() + body


def time_and_signature(line: SignatureLine) -> tuple[int, bytes]:
    """The two parts of a cosignature. Raises NoteBroken."""
    if len(line.signature) != TIME_BYTES + SIGNATURE_BYTES:
        raise NoteBroken("a cosignature has 72 bytes: a time and a signature")
    return int.from_bytes(line.signature[:TIME_BYTES], "big"), line.signature[TIME_BYTES:]


def cosignature(key: VerifierKey, at: int, signature: bytes) -> SignatureLine:
    """The line that a witness adds to a checkpoint."""
    return SignatureLine(key.name, key.id, at.to_bytes(TIME_BYTES, "big") + signature)


def decoded(text: str) -> bytes:
    """Bytes from base64, strictly. Raises NoteBroken."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as broken:
        raise NoteBroken("this is not base64") from broken


def _line(text: str) -> SignatureLine:
    dash, _, rest = text.partition(" ")
    name, _, encoded = rest.partition(" ")
    data = decoded(encoded)
    if dash != DASH or not name or len(data) <= ID_BYTES:
        raise NoteBroken("a signature line is a dash, a name, and a key's number with its signature")
    return SignatureLine(name, data[:ID_BYTES], data[ID_BYTES:])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and (text == "0" or not text.startswith("0")) and len(text) < 19
