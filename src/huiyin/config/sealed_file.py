"""A file that only the holder of an offline key can read, written and read as a stream.

``magic | envelope of a fresh key (HPKE) | chunks of AES-256-GCM``. A chunk's
nonce is its number and a flag for the last one, so that chunks cannot be
swapped, left out or cut off at the end without notice.
"""

from __future__ import annotations

import io
import secrets
from typing import TYPE_CHECKING, BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from huiyin.record import keyring

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

MAGIC: Final = b"huiyin sealed file 1\n"
LABEL: Final = "huiyin sealed file"
ENVELOPE: Final = 80
CHUNK: Final = 64 * 1024
TAG: Final = 16


class SealedFileError(Exception):
    """The file is not one of ours, was changed or cut, or the key is another one."""


class SealedWriter(io.RawIOBase):
    """Write into it; ``close`` seals the last chunk and leaves the file below open."""

    def __init__(self, file: BinaryIO, to: X25519PublicKey) -> None:
        super().__init__()
        self._file, self._rest, self._count = file, bytearray(), 0
        key = secrets.token_bytes(32)
        self._cipher = AESGCM(key)
        file.write(MAGIC + keyring.seal_envelope(to, LABEL, key, MAGIC))

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        """Take bytes in; whole chunks go out sealed."""
        self._rest += data
        while len(self._rest) > CHUNK:  # the last chunk is only known at the end
            self._put(bytes(self._rest[:CHUNK]), last=False)
            del self._rest[:CHUNK]
        return memoryview(data).nbytes

    def close(self) -> None:
        """Seal what is left as the last chunk."""
        if not self.closed:
            self._put(bytes(self._rest), last=True)
        super().close()

    def _put(self, chunk: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._count, last), chunk, None))
        self._count += 1


class SealedReader(io.RawIOBase):
    """Read from it; wrong key, changed, swapped or missing chunks raise ``SealedFileError``."""

    def __init__(self, file: BinaryIO, key: X25519PrivateKey) -> None:
        super().__init__()
        self._file, self._rest, self._count = file, b"", 0
        if file.read(len(MAGIC)) != MAGIC:
            raise SealedFileError("This is not a sealed file of Huiyin.")
        try:
            self._cipher = AESGCM(keyring.open_envelope(key, LABEL, file.read(ENVELOPE), MAGIC))
        except keyring.SealBroken as wrong:
            raise SealedFileError("This key does not open this file.") from wrong
        self._next = file.read(CHUNK + TAG)

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer with opened bytes; 0 at the end."""
        if not self._rest and self._next:
            self._rest = self._open()
        view = memoryview(buffer)
        count = min(len(view), len(self._rest))
        view[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def _open(self) -> bytes:
        sealed, self._next = self._next, self._file.read(CHUNK + TAG)
        try:
            opened = self._cipher.decrypt(_nonce(self._count, not self._next), sealed, None)
        except (InvalidTag, ValueError) as broken:
            raise SealedFileError("The file was changed or cut short.") from broken
        self._count += 1
        return opened


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes((last,))
