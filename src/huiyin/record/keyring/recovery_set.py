"""Recovery by two of three bodies: each pair gets an envelope inside an envelope, so that neither opens it alone.

The private halves are made at set-up as files to print, one for each of three bodies, and leave the machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.conf import settings

from huiyin.record.keyring.envelopes import open_envelope, seal_envelope
from huiyin.record.keyring.files import KeyringError, read_public, write_file

BODIES = ("a", "b", "c")
PAIRS_OF_BODIES = (("a", "b"), ("a", "c"), ("b", "c"))
WARNING = (
    "# RECOVERY KEY {name} OF THREE. Give this file to one body and no other (paper or a sealed stick), and delete it here.\n"
    "# Two of the three together open sealed matters whose desk has lost its keys: `huiyin recover`.\n"
)


def create_recovery_set(directory: str | Path) -> list[Path]:
    """Make the three pairs; give the files that must leave the machine. Refuses where one is there already."""
    place = Path(directory)
    for name in BODIES:
        for file in (_public_file(place, name), _offline_file(place, name)):
            if file.exists():
                raise KeyringError(f"{file} exists already. Keys are never overwritten.")
    for name in BODIES:
        private = X25519PrivateKey.generate()
        warning = WARNING.format(name=name.upper())
        write_file(_offline_file(place, name), warning + private.private_bytes_raw().hex() + "\n")
        write_file(_public_file(place, name), private.public_key().public_bytes_raw().hex() + "\n")
    forget_recovery_set()
    return [_offline_file(place, name) for name in BODIES]


def recovery_set(directory: str | Path | None = None) -> Mapping[str, X25519PublicKey]:
    """The public halves of the three bodies; empty where no recovery set was made here yet."""
    return _recovery_set(str(directory or settings.HUIYIN_KEYS_DIR))


def forget_recovery_set() -> None:
    """Read the files anew the next time."""
    _recovery_set.cache_clear()


def seal_for_pair(
    bodies: Mapping[str, X25519PublicKey], pair: tuple[str, str], label: str, plaintext: bytes, aad: bytes
) -> bytes:
    """Seal for two of the bodies: inside for the second, around it for the first."""
    inner = seal_envelope(bodies[pair[1]], label, plaintext, b"inner" + aad)
    return seal_envelope(bodies[pair[0]], label, inner, b"outer" + aad)


def open_for_pair(first: X25519PrivateKey, second: X25519PrivateKey, label: str, blob: bytes, aad: bytes) -> bytes:
    """Open the envelope of a pair with both private halves, or raise ``SealBroken``."""
    return open_envelope(second, label, open_envelope(first, label, blob, b"outer" + aad), b"inner" + aad)


@lru_cache(maxsize=8)
def _recovery_set(directory: str) -> dict[str, X25519PublicKey]:
    place = Path(directory)
    if not all(_public_file(place, name).is_file() for name in BODIES):
        return {}
    return {name: read_public(_public_file(place, name)) for name in BODIES}


def _public_file(place: Path, name: str) -> Path:
    return place / f"recovery-{name}.x25519.pub"


def _offline_file(place: Path, name: str) -> Path:
    return place / f"recovery-{name}.x25519.OFFLINE"
