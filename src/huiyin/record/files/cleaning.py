"""Handing one file to the cleaner and taking back its answer. Here no byte of it is read but the first few.

The cleaner is a process with little memory, ten seconds, a closed environment and no way out (``cleaner/limits.py``).
Where it dies or says nothing sensible, the file is refused.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from threading import BoundedSemaphore
from typing import BinaryIO

from huiyin.record.files.cleaner.limits import LARGEST_RESULT, SECONDS
from huiyin.record.files.cleaner.outcome import DAMAGED, KIND, Cleaned
from huiyin.record.files.kinds import SHOWN, TYPES, begins_as
from huiyin.rules.refusal import Refusal

CLEANER = Path(__file__).with_name("cleaner")
AT_ONCE = 2  # cleaners of one process; a third waits
PORTRAITS = frozenset({"image/jpeg", "image/png", "image/webp"})
PATIENCE = 20.0  # seconds until it is told to come again
ENVIRONMENT = {"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
_places = BoundedSemaphore(AT_ONCE)


def clean(data: bytes) -> Cleaned:
    """What a file is, and its copy for officers.

    Raises Refusal with one of the codes ``attachment_...`` for what is not taken, and Refusal("busy").
    """
    begun = begins_as(data)
    if begun is None:
        raise Refusal(KIND)
    return _cleaned(begun, begun, data)


def portrait(data: bytes) -> bytes:
    """A photo drawn anew, cut to the middle and small (JPEG). Raises what ``clean`` raises; JPEG, PNG and WebP are taken."""
    begun = begins_as(data)
    if begun not in PORTRAITS:
        raise Refusal(KIND)
    return _cleaned(f"{begun} portrait", begun, data).data or b""


def _cleaned(head: str, begun: str, data: bytes) -> Cleaned:
    if not _places.acquire(timeout=PATIENCE):
        raise Refusal("busy")
    try:
        return _told(_run(head, data), begun)
    finally:
        _places.release()


def _run(begun: str, data: bytes) -> bytes:
    """The cleaner's answer; files that have no name carry it, so that no pipe can fill and nothing lies about."""
    with ExitStack() as held:
        given, answered = held.enter_context(_nameless()), held.enter_context(_nameless())
        given.write(begun.encode() + b"\n" + data)
        given.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-I", str(CLEANER)],
            stdin=given, stdout=answered, stderr=subprocess.DEVNULL, env=ENVIRONMENT, cwd="/",
        )  # fmt: skip
        try:
            process.wait(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            raise Refusal("attachment_unreadable") from None
        finally:
            process.kill()
            process.wait()
        if process.returncode != 0:
            raise Refusal("attachment_unreadable")
        answered.seek(0)
        return answered.read(LARGEST_RESULT)


def _told(answer: bytes, begun: str) -> Cleaned:
    """The answer, believed only as far as it can be true."""
    head, _line, copy = answer.partition(b"\n")
    try:
        said = json.loads(head)
        if "refused" in said:
            params = {name: int(value) for name, value in said["params"].items()}
            raise Refusal(str(said["refused"]), **params)
        media_type, shown_type = str(said["media_type"]), str(said["shown_type"])
    except (ValueError, KeyError, AttributeError, TypeError):
        raise Refusal(DAMAGED) from None
    is_open = media_type == begun or begun in {"application/zip", "video/mp4"}
    if media_type not in TYPES or not is_open or (shown_type and (shown_type not in SHOWN or not copy)):
        raise Refusal(DAMAGED)
    return Cleaned(media_type, shown_type, copy if shown_type else None)


def _nameless() -> BinaryIO:
    """A file in memory where the system has them, otherwise one without a name on the disk."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("file"), "w+b")
    return tempfile.TemporaryFile()
