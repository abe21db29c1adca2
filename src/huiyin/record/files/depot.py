"""Where sealed attachments lie: under generated names in a folder of this machine, or wherever a storage class puts them.

What lies here opens nothing: each file has a key of its own, and the keys stand, sealed, in the database.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages

from huiyin.rules.refusal import Refusal

NAME_BYTES = 16
NAMED = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}")
PIECE = 1024 * 1024  # bytes


class DurableFolder(FileSystemStorage):
    """A folder whose files are on the disk before anybody hears that they were kept."""

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        """Write, and wait for the disk: the file, and the folders that know it."""
        kept = str(super().save(name, content, max_length))
        for path in (Path(self.path(kept)), Path(self.path(kept)).parent, Path(self.location)):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        return kept


def put(sealed: bytes) -> str:
    """Keep a sealed file under a new name that says nothing; give the name. Raises Refusal("attachments_no_room")."""
    drawn = secrets.token_hex(NAME_BYTES)
    name = f"{drawn[:2]}/{drawn}"
    try:
        return storages["attachments"].save(name, ContentFile(sealed))
    except OSError as full:
        with contextlib.suppress(OSError):
            storages["attachments"].delete(name)
        raise Refusal("attachments_no_room") from full


def get(name: str) -> bytes:
    """The sealed file of this name."""
    with storages["attachments"].open(name, "rb") as file:
        return bytes(file.read())


def pieces(name: str) -> Iterator[bytes]:
    """The sealed file of this name, a mebibyte at a time. Raises FileNotFoundError."""
    with storages["attachments"].open(name, "rb") as file:
        yield from (bytes(piece) for piece in file.chunks(PIECE))


def put_back(name: str, sealed: bytes) -> bool:
    """Keep a sealed file under the name it had; False where the same lies there already.

    Raises FileExistsError where something else has that name.
    """
    there = storages["attachments"]
    if not NAMED.fullmatch(name):
        raise FileExistsError(f"{name!r} is no name of a sealed file")
    if there.exists(name):
        if get(name) != sealed:
            raise FileExistsError(f"another file lies under {name}")
        return False
    there.save(name, ContentFile(sealed))
    return True


def forget(names: list[str]) -> None:
    """Take away what was put for a row that was never written."""
    for name in names:
        storages["attachments"].delete(name)


def must_have_room(size: int) -> None:
    """The disk keeps a reserve for text: attachments are the first to be turned away. Raises Refusal("attachments_no_room")."""
    home = Path(settings.HUIYIN_HOME)
    home.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(home).free - 3 * size < settings.HUIYIN_DISK_RESERVE * 1024 * 1024:
        raise Refusal("attachments_no_room")
