"""The key files: made once, read at start, never overwritten.

======================  ====================================================
pepper                  32 bytes; receipts and idempotency keys are found by HMAC under it
server.key              32 bytes; short-lived answers and ordinary secrets are sealed under it
log.ed25519             signs promises and checkpoints of the ledger
vault.x25519(.pub)      the vault desk: opens sealed names
contact.x25519(.pub)    the notifier: opens the contact address only
recovery.x25519.pub     opens sealed names when the vault key is lost; its private half is offline
backup.x25519.pub       opens backups; its private half is offline
======================  ====================================================

A process that must not open names runs without ``vault.x25519``, one that
sends no notices without ``contact.x25519``: the public halves are enough to seal.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.conf import settings

PAIRS = ("vault", "contact")
OFFLINE_PAIRS = ("recovery", "backup")
SECRETS = ("pepper", "server.key", "log.ed25519")
OFFLINE_WARNING = (
    "# PRIVATE {name} KEY OF THIS INSTALLATION. Move this file off the machine now\n"
    "# (paper or a sealed stick, two places) and delete it here: {use}\n"
)
OFFLINE_USE = {
    "recovery": "whoever holds it can open every sealed name.",
    "backup": "whoever holds it can read every backup; without it no backup can be restored.",
}


class KeyringError(Exception):
    """A key file is missing, wrong or in the way; the message says which one and what to do."""


@dataclass(frozen=True, repr=False)
class Keyring:
    """All keys a process holds; a private half that is not here cannot leak from here."""

    pepper: bytes
    server_key: bytes
    log_key: Ed25519PrivateKey
    vault_public: X25519PublicKey
    vault_private: X25519PrivateKey | None
    contact_public: X25519PublicKey
    recovery_public: X25519PublicKey
    backup_public: X25519PublicKey

    @property
    def log_public(self) -> Ed25519PublicKey:
        """The half of the log key that everybody may know."""
        return self.log_key.public_key()

    @property
    def log_key_id(self) -> str:
        """A short name of the log key: the first 8 bytes of SHA-256 of its public half."""
        return hashlib.sha256(self.log_public.public_bytes_raw()).hexdigest()[:16]


def create(directory: str | Path) -> list[Path]:
    """Make all keys of an installation; return the files that must leave the machine.

    Refuses when any key file is there already: a new key over an old one would
    shut everything that the old one sealed.
    """
    place = Path(directory)
    for name in _all_files():
        if (place / name).exists():
            raise KeyringError(
                f"{place / name} exists already. Keys are never overwritten: choose an empty folder or keep these."
            )
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o700)
    for name in SECRETS:
        write_file(place / name, secrets.token_bytes(32).hex() + "\n")
    for name in PAIRS:
        private = X25519PrivateKey.generate()
        write_file(place / f"{name}.x25519", private.private_bytes_raw().hex() + "\n")
        write_file(place / f"{name}.x25519.pub", private.public_key().public_bytes_raw().hex() + "\n")
    return [_make_offline_pair(place, name) for name in OFFLINE_PAIRS]


def load(directory: str | Path | None = None) -> Keyring:
    """The keys under ``HUIYIN_KEYS_DIR``, read once for each process."""
    return _load(str(directory or settings.HUIYIN_KEYS_DIR))


def contact_private(directory: str | Path | None = None) -> X25519PrivateKey:
    """The notifier's own half, read when the first notice is sent: no web process ever has it in memory.

    Raises ``KeyringError`` in a process that may not open contacts.
    """
    return _contact_private(str(directory or settings.HUIYIN_KEYS_DIR))


def forget() -> None:
    """Read the files anew at the next ``load`` (after a key was changed, and in tests)."""
    _load.cache_clear()
    _contact_private.cache_clear()


def read_private(path: str | Path) -> X25519PrivateKey:
    """An offline private key, brought back for a restore or a recovery."""
    return X25519PrivateKey.from_private_bytes(_read(Path(path)))


@lru_cache(maxsize=8)
def _load(directory: str) -> Keyring:
    place = Path(directory)
    if not place.is_dir():
        raise KeyringError(f"There is no key folder {place}. Make it with `huiyin init`, or set HUIYIN_KEYS_DIR.")
    if place.stat().st_mode & 0o077:
        raise KeyringError(f"{place} can be read by others on this machine. Run: chmod 700 {place}")
    vault_public, vault_private = _pair(place, "vault")
    return Keyring(
        pepper=_read(place / "pepper"),
        server_key=_read(place / "server.key"),
        log_key=Ed25519PrivateKey.from_private_bytes(_read(place / "log.ed25519")),
        vault_public=vault_public,
        vault_private=vault_private,
        contact_public=read_public(place / "contact.x25519.pub"),
        recovery_public=read_public(place / "recovery.x25519.pub"),
        backup_public=read_public(place / "backup.x25519.pub"),
    )


@lru_cache(maxsize=8)
def _contact_private(directory: str) -> X25519PrivateKey:
    _, private = _pair(Path(directory), "contact")
    if private is None:
        raise KeyringError("This process does not hold contact.x25519 and cannot send notices.")
    return private


def _all_files() -> list[str]:
    halves = [f"{name}.x25519{end}" for name in PAIRS for end in ("", ".pub")]
    offline = [f"{name}.x25519{end}" for name in OFFLINE_PAIRS for end in (".pub", ".OFFLINE")]
    return [*SECRETS, *halves, *offline]


def _make_offline_pair(place: Path, name: str) -> Path:
    private = X25519PrivateKey.generate()
    write_file(place / f"{name}.x25519.pub", private.public_key().public_bytes_raw().hex() + "\n")
    offline = place / f"{name}.x25519.OFFLINE"
    warning = OFFLINE_WARNING.format(name=name.upper(), use=OFFLINE_USE[name])
    write_file(offline, warning + private.private_bytes_raw().hex() + "\n")
    return offline


def write_file(path: Path, text: str) -> None:
    """A new file that only its owner can read, on disk before we go on."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> bytes:
    """The 32 bytes of a key file; lines that begin with # are for people."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except FileNotFoundError as missing:
        raise KeyringError(
            f"The key file {path} is missing. Bring it back from your key backup; a new key opens nothing that is sealed."
        ) from missing
    except (OSError, UnicodeDecodeError) as broken:
        raise KeyringError(f"The key file {path} cannot be read: {broken}") from broken
    if mode & 0o077:
        raise KeyringError(f"{path} can be read by others on this machine. Run: chmod 600 {path}")
    try:
        key = bytes.fromhex("".join(line for line in text.splitlines() if not line.startswith("#")).strip())
    except ValueError as broken:
        raise KeyringError(f"The key file {path} is damaged: 64 hexadecimal digits were expected.") from broken
    if len(key) != 32 or key == bytes(32):
        raise KeyringError(f"The key file {path} is damaged: 64 hexadecimal digits were expected.")
    return key


def read_public(path: Path) -> X25519PublicKey:
    """The public half in a file. Raises ``KeyringError``."""
    return X25519PublicKey.from_public_bytes(_read(path))


def _pair(place: Path, name: str) -> tuple[X25519PublicKey, X25519PrivateKey | None]:
    """A public half, and the private one where this process may hold it; they must belong together."""
    public = read_public(place / f"{name}.x25519.pub")
    path = place / f"{name}.x25519"
    if not path.exists():
        return public, None
    private = X25519PrivateKey.from_private_bytes(_read(path))
    if private.public_key().public_bytes_raw() != public.public_bytes_raw():
        raise KeyringError(f"{path} and {path}.pub do not belong together. Bring back the pair from your key backup.")
    return public, private
