"""Files that a page sends: taken one by one, so that one that cannot be taken keeps back no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from huiyin.record.cases.papers.attaching import Added
from huiyin.record.files.attachments import MEGABYTE, AttachmentView, must_fit
from huiyin.record.files.kinds import LARGEST_PICTURES, MOST_PAGES
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals, uploads

AT_ONCE = 5  # files of one sending


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of one file, under the name its sender gave it; ``why_not`` is a whole sentence."""

    name: str
    view: AttachmentView | None = None
    is_new: bool = False
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is told before anybody chooses a file."""

    at_once: int
    file: int
    sending: int
    count: int
    all: int
    pixels: int
    heic: int
    webp: int
    pages: int


def limits() -> Limits:
    """The limits of this installation; sizes in megabytes, pixels in millions."""
    return Limits(
        at_once=AT_ONCE,
        file=settings.HUIYIN_FILE_MEGABYTES,
        sending=uploads.LARGEST // MEGABYTE,
        count=settings.HUIYIN_FILES,
        all=settings.HUIYIN_FILES_MEGABYTES,
        pixels=LARGEST_PICTURES["image/jpeg"] // 1_000_000,
        heic=LARGEST_PICTURES["image/heic"] // 1_000_000,
        webp=LARGEST_PICTURES["image/webp"] // 1_000_000,
        pages=MOST_PAGES,
    )


def take(files: Sequence[UploadedFile[bytes]], add: Callable[[bytes, str], Added | None]) -> list[Arrived]:
    """Hand each file to ``add`` (its bytes and its name) and say what became of it; None: sealed, and in no list."""
    return [_taken(each, add, is_late=place >= AT_ONCE) for place, each in enumerate(files)]


def data_of(file: UploadedFile[bytes]) -> bytes:
    """The bytes of a file, looked at only once its size is known to be right.

    Raises what ``must_fit`` refuses, and Refusal("attachment_not_arrived") where the sending as a whole was too large.
    """
    size = file.size or 0
    must_fit(size)
    data: bytes = file.read()
    if len(data) != size:
        raise Refusal("attachment_not_arrived", maximum=uploads.LARGEST // MEGABYTE)
    return data


def _taken(file: UploadedFile[bytes], add: Callable[[bytes, str], Added | None], *, is_late: bool) -> Arrived:
    name = file.name or ""
    try:
        if is_late:
            raise Refusal("attachment_too_many", maximum=AT_ONCE)
        added = add(data_of(file), name)
    except Refusal as refusal:
        if refusal.code in {"not_found", "not_your_move"}:
            raise
        return Arrived(name, why_not=refusals.sentence(refusal))
    return Arrived(name, added.view, added.is_new) if added else Arrived(name, is_new=True)
