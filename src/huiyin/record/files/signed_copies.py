"""A letter signed by hand, scanned and kept beside the one that was set: sealed like it, its hash in the ledger."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from huiyin.record import keyring
from huiyin.record.files import store
from huiyin.record.files.models import SignedCopy
from huiyin.record.prepared import Place, Prepared, insert
from huiyin.rules.refusal import Refusal

LABEL = "signed copy"
LARGEST = 10 * 1024 * 1024  # bytes
BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
_COPIES = Prepared(
    lambda: (
        SignedCopy.objects.filter(case=Place("case"))
        .order_by("id")
        .values_list("id", "kind", "number", "media_type", "sha256", "size", "signed_on", "made_at")
    )
)


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """What the last signer hands in: the day on the paper, and the scan."""

    signed_on: datetime.date
    data: bytes


@dataclass(frozen=True, slots=True)
class SignedCopyView:
    """A signed copy as it stands in the dossier, without the picture."""

    id: int
    kind: str
    number: str
    media_type: str
    sha256: str
    size: int
    signed_on: datetime.date
    made_at: datetime.datetime


def media_type_of(data: bytes) -> str:
    """What a file is by how it begins, whatever its name says.

    Raises Refusal("file_empty"), Refusal("file_too_large") or Refusal("file_kind"), each naming the field.
    """
    if not data:
        raise Refusal("file_empty", field="scan")
    if len(data) > LARGEST:
        raise Refusal("file_too_large", field="scan", maximum=LARGEST // (1024 * 1024))
    for beginning, media_type in BEGINNINGS.items():
        if data.startswith(beginning):
            return media_type
    raise Refusal("file_kind", field="scan")


def keep(
    case_id: int,
    case_number: str,
    paper: SignedPaper,
    *,
    kind: str,
    number: str,
    at: datetime.datetime,
    seal: store.Seal = keyring.seal,
) -> SignedCopy:
    """Seal a scan under the number of its letter and keep it. Raises what ``media_type_of`` refuses."""
    row = SignedCopy(
        case_id=case_id,
        kind=kind,
        number=number,
        media_type=media_type_of(paper.data),
        sealed=seal(LABEL, paper.data, _place(case_number, number)),
        sha256=store.digest(paper.data),
        size=len(paper.data),
        signed_on=paper.signed_on,
        made_at=at,
    )
    insert(row)
    return row


def find(case_id: int, copy_id: int) -> SignedCopy | None:
    """One signed copy of the case."""
    return SignedCopy.objects.filter(case_id=case_id, pk=copy_id).first()


def data_of(copy: SignedCopy, case_number: str, open_: store.Seal = keyring.open_sealed) -> bytes:
    """The scan's bytes, exactly as they were handed in."""
    return open_(LABEL, bytes(copy.sealed), _place(case_number, copy.number))


def closed_anew(case_id: int, case_number: str, close: store.Seal) -> Iterator[SignedCopy]:
    """The scans of a case that is sealed from now on, closed to its key; the rows are saved by whoever asks."""
    for row in SignedCopy.objects.filter(case=case_id).order_by("id"):
        row.sealed = close(LABEL, data_of(row, case_number), _place(case_number, row.number))
        yield row


def name_of(copy: SignedCopy) -> str:
    """What the file is called: the letter's number and nothing else."""
    return f"{copy.number}-signed.{ENDINGS[copy.media_type]}"


def signed_copies_of(case_id: int) -> tuple[SignedCopyView, ...]:
    """The signed copies of a case in their order."""
    return tuple(SignedCopyView(*row) for row in _COPIES.all(case=case_id))


def _place(case_number: str, number: str) -> bytes:
    return f"{case_number} {number}".encode()
