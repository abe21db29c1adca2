"""Photos, documents and recordings of a case: sealed one by one, the original and the copy that officers see."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.conf import settings

from huiyin.record import keyring
from huiyin.record.files import cleaning, depot, scanning, store
from huiyin.record.files.cleaner.outcome import Cleaned
from huiyin.record.files.kinds import TYPES, Kind
from huiyin.record.files.models import Attachment
from huiyin.record.prepared import Place, Prepared, insert
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable

LABEL_KEY, LABEL_NAME = "attachment key", "attachment name"
LONGEST_NAME = 120  # characters of what the sender called it
MEGABYTE = 1024 * 1024
Part = Literal["original", "copy"]
Sender = Literal["complainant", "office"]
OPEN_AFTER_SCAN = frozenset({"none", "clean"})
_OF_CASE = Prepared(lambda: Attachment.objects.filter(case=Place("case")).order_by("number"))


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """An attachment as it stands in the dossier, without its content."""

    number: int
    sender: str
    by: str
    kind: Kind
    media_type: str
    size: int
    sha256: str
    shown_type: str
    shown_size: int
    scan: str
    is_released: bool
    added_at: datetime.datetime

    @property
    def is_closed(self) -> bool:
        """Nobody opens it: the scanner has not answered, or has found something."""
        return self.scan not in OPEN_AFTER_SCAN

    @property
    def has_copy(self) -> bool:
        """Whether there is a cleaned copy that officers may open."""
        return bool(self.shown_type) and not self.is_closed

    @property
    def has_open_original(self) -> bool:
        """Whether officers may open it as it came."""
        return self.is_released and not self.is_closed


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: cleaned and scanned, not written yet."""

    data: bytes
    cleaned: Cleaned
    scan: str

    @property
    def sha256(self) -> str:
        """The hash of the file as it came."""
        return store.digest(self.data)


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where the sealed bytes lie, and the keys that open them."""

    stored: str
    key: bytes
    stored_shown: str
    shown_key: bytes

    @property
    def names(self) -> list[str]:
        """What was put into the depot."""
        return [each for each in (self.stored, self.stored_shown) if each]


def must_fit(size: int) -> None:
    """A file of this size, before it is read.

    Raises Refusal("attachment_empty"), Refusal("attachment_too_large") or Refusal("attachments_no_room").
    """
    if not size:
        raise Refusal("attachment_empty")
    if size > settings.HUIYIN_FILE_MEGABYTES * MEGABYTE:
        raise Refusal("attachment_too_large", maximum=settings.HUIYIN_FILE_MEGABYTES)
    depot.must_have_room(size)


def check(data: bytes) -> Checked:
    """Find out what a file is, clean it, and have it scanned where a scanner is set up.

    Raises Refusal("attachment_virus"), and whatever ``must_fit`` and ``cleaning.clean`` refuse.
    """
    must_fit(len(data))
    verdict = scanning.scan(data) if scanning.is_set_up() else "none"
    if verdict == "found":
        raise Refusal("attachment_virus")
    return Checked(data, cleaning.clean(data), "waiting" if verdict == "unknown" else verdict)


def must_have_place(kept: tuple[AttachmentView, ...], size: int, sender: Sender) -> None:
    """Each side has its own share, so that neither can fill the case of the other. Raises Refusal("attachments_full")."""
    own = [each for each in kept if each.sender == sender]
    is_full = sum(each.size for each in own) + size > settings.HUIYIN_FILES_MEGABYTES * MEGABYTE
    if is_full or len(own) >= settings.HUIYIN_FILES:
        raise Refusal("attachments_full", number=settings.HUIYIN_FILES, maximum=settings.HUIYIN_FILES_MEGABYTES)


def seal(checked: Checked, case_number: str) -> Sealed:
    """Put the bytes into the depot, each part under a key of its own. It counts once a row is written for it."""
    key, shown_key, copy = keyring.new_key(), keyring.new_key(), checked.cleaned.data
    place = _place(case_number, checked.sha256)
    stored = depot.put(keyring.seal_stream(key, checked.data, place + b" original"))
    try:
        shown = "" if copy is None else depot.put(keyring.seal_stream(shown_key, copy, place + b" copy"))
    except Refusal:
        depot.forget([stored])
        raise
    return Sealed(stored, key, shown, shown_key)


def keep(
    case_id: int,
    case_number: str,
    checked: Checked,
    sealed: Sealed,
    *,
    number: int,
    sender: Sender,
    by: str,
    name: str,
    is_released: bool,
    at: datetime.datetime,
    close: store.Seal = keyring.seal,
) -> AttachmentView:
    """Write the row of an attachment, in the transaction of its event."""
    place, copy = _place(case_number, checked.sha256), checked.cleaned.data
    row = Attachment(
        case_id=case_id,
        number=number,
        sender=sender,
        by=by,
        media_type=checked.cleaned.media_type,
        size=len(checked.data),
        sha256=checked.sha256,
        stored=sealed.stored,
        sealed_key=close(LABEL_KEY, sealed.key, place + b" original"),
        sealed_name=close(LABEL_NAME, storable(name)[:LONGEST_NAME].encode(), place),
        shown_type=checked.cleaned.shown_type,
        shown_size=len(copy) if copy is not None else 0,
        shown_sha256=store.digest(copy) if copy is not None else "",
        stored_shown=sealed.stored_shown,
        sealed_shown_key=close(LABEL_KEY, sealed.shown_key, place + b" copy"),
        scan=checked.scan,
        is_released=is_released,
        added_at=at,
    )
    insert(row)
    return view_of(row)


def attachments_of(case_id: int) -> tuple[AttachmentView, ...]:
    """The attachments of a case in their order."""
    return tuple(view_of(row) for row in _OF_CASE.all(case=case_id))


def names_of(case_id: int, case_number: str, sender: Sender, open_: store.Seal = keyring.open_sealed) -> dict[int, str]:
    """What one side called its files. For that side alone: a name can say who somebody is."""
    return {
        row.number: open_(LABEL_NAME, bytes(row.sealed_name), _place(case_number, row.sha256)).decode()
        for row in _OF_CASE.all(case=case_id)
        if row.sender == sender
    }


def closed_anew(case_id: int, case_number: str, close: store.Seal) -> Iterator[Attachment]:
    """The keys and names of a case's files, closed to the key of the case; the rows are saved by whoever asks."""
    for row in Attachment.objects.filter(case=case_id).order_by("number"):
        place = _place(case_number, row.sha256)
        for column, label, where in (
            ("sealed_key", LABEL_KEY, place + b" original"),
            ("sealed_shown_key", LABEL_KEY, place + b" copy"),
            ("sealed_name", LABEL_NAME, place),
        ):
            setattr(row, column, close(label, keyring.open_sealed(label, bytes(getattr(row, column)), where), where))
        yield row


def stored_names() -> Iterator[str]:
    """The name of every sealed file that a row names, in the order the attachments came."""
    for names in Attachment.objects.order_by("pk").values_list("stored", "stored_shown").iterator(chunk_size=1_000):
        yield from filter(None, names)


def find(case_id: int, number: int) -> Attachment | None:
    """One attachment of the case."""
    return Attachment.objects.filter(case_id=case_id, number=number).first()


def data_of(row: Attachment, case_number: str, part: Part, open_: store.Seal = keyring.open_sealed) -> bytes:
    """The bytes of one part."""
    stored, sealed_key = (
        (row.stored, row.sealed_key) if part == "original" else (row.stored_shown, row.sealed_shown_key)
    )
    place = _place(case_number, row.sha256) + b" " + part.encode()
    return keyring.open_stream(open_(LABEL_KEY, bytes(sealed_key), place), depot.get(stored), place)


def file_name(row: Attachment, case_number: str, part: Part) -> str:
    """What the file is called when it leaves: the matter and its number, never what its sender called it."""
    media_type = row.media_type if part == "original" else row.shown_type
    return f"{case_number}-{row.number}{'-original' if part == 'original' else ''}.{TYPES[media_type].ending}"


def view_of(row: Attachment) -> AttachmentView:
    """A row as pages may know it."""
    return AttachmentView(
        number=row.number,
        sender=row.sender,
        by=row.by,
        kind=TYPES[row.media_type].kind,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        shown_type=row.shown_type,
        shown_size=row.shown_size,
        scan=row.scan,
        is_released=row.is_released,
        added_at=row.added_at,
    )


def _place(case_number: str, sha256: str) -> bytes:
    return f"{case_number} files_attachment {sha256}".encode()
