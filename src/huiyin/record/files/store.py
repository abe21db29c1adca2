"""Where letters are kept: sealed to their case and number, with the hash that stands in the ledger."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from huiyin.record import keyring
from huiyin.record.files.content import LetterContent
from huiyin.record.files.models import Letter, Service
from huiyin.record.prepared import Place, Prepared, insert

LABEL, LABEL_CONTENT = "letter", "letter content"
Seal = Callable[[str, bytes, bytes], bytes]
"""Closes bytes for a use and a place, or opens them again."""
_CASE = Place("case")
_LETTERS = Prepared(
    lambda: (
        Letter.objects.filter(case=_CASE)
        .order_by("id")
        .values_list("id", "kind", "number", "language", "sha256", "size", "made_at")
    )
)
_NUMBERS = Prepared(lambda: Letter.objects.filter(case=_CASE).values_list("number"))
_SERVICES = Prepared(
    lambda: Service.objects.filter(letter__case=_CASE).order_by("id").values_list("letter_id", "how", "on", "at", "by")
)


@dataclass(frozen=True, slots=True)
class ServiceView:
    """One way in which a letter reached the person, or came back."""

    how: str
    on: datetime.date
    at: datetime.datetime
    by: str


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter as it stands in the dossier, without its words."""

    id: int
    kind: str
    number: str
    language: str
    sha256: str
    size: int
    made_at: datetime.datetime
    services: tuple[ServiceView, ...]

    @property
    def received_on(self) -> datetime.date | None:
        """The first day on which it reached the person; None while that is not known."""
        return min((each.on for each in self.services if each.how in {"portal_read", "handed_over"}), default=None)


def digest(pdf: bytes) -> str:
    """The hash of a letter, as it stands in the ledger."""
    return hashlib.sha256(pdf).hexdigest()


def keep(
    case_id: int,
    case_number: str,
    content: LetterContent,
    pdf: bytes,
    *,
    at: datetime.datetime,
    seal: Seal = keyring.seal,
) -> Letter:
    """Seal a letter and keep it; ``seal`` is how the files of its matter are closed."""
    place = _place(case_number, content.number)
    row = Letter(
        case_id=case_id,
        kind=content.kind,
        number=content.number,
        language=content.language,
        sealed=seal(LABEL, pdf, place),
        sealed_content=seal(LABEL_CONTENT, content.as_json().encode(), place),
        sha256=digest(pdf),
        size=len(pdf),
        made_at=at,
    )
    insert(row)
    return row


def pdf_of(letter: Letter, case_number: str, open_: Seal = keyring.open_sealed) -> bytes:
    """The letter's bytes, exactly as they were previewed and sent."""
    return open_(LABEL, bytes(letter.sealed), _place(case_number, letter.number))


def content_of(letter: Letter, case_number: str, open_: Seal = keyring.open_sealed) -> LetterContent:
    """The letter's words, to set them larger."""
    text = open_(LABEL_CONTENT, bytes(letter.sealed_content), _place(case_number, letter.number))
    return LetterContent.from_json(text.decode())


def closed_anew(case_id: int, case_number: str, close: Seal) -> Iterator[Letter]:
    """The letters of a case that is sealed from now on, closed to its key; the rows are saved by whoever asks."""
    for row in Letter.objects.filter(case=case_id).order_by("id"):
        place, pdf = _place(case_number, row.number), pdf_of(row, case_number)
        row.sealed_content = close(LABEL_CONTENT, content_of(row, case_number).as_json().encode(), place)
        row.sealed = close(LABEL, pdf, place)
        yield row


def letters_of(case_id: int) -> tuple[LetterView, ...]:
    """The letters of a case in their order, with how each was served."""
    letters = _LETTERS.all(case=case_id)
    served: dict[int, list[ServiceView]] = {row[0]: [] for row in letters}
    for letter_id, how, on, at, by in _SERVICES.all(case=case_id) if letters else []:
        served[letter_id].append(ServiceView(how, on, at, by))
    return tuple(LetterView(*row, services=tuple(served[row[0]])) for row in letters)


def numbers_of(case_id: int) -> set[str]:
    """Letter numbers used in a case."""
    return {number for (number,) in _NUMBERS.all(case=case_id)}


def find(case_id: int, letter_id: int) -> Letter | None:
    """One letter of the case."""
    return Letter.objects.filter(case_id=case_id, pk=letter_id).first()


def find_number(case_id: int, number: str) -> Letter | None:
    """The letter of the case that bears this number."""
    return Letter.objects.filter(case_id=case_id, number=number).first()


def note_service(letter: Letter, *, how: str, on: datetime.date, at: datetime.datetime, by: str) -> bool:
    """Write down how a letter was served; False when the same stands already, or a first reading on the portal."""
    if how == "portal_read":
        _, is_new = Service.objects.get_or_create(letter=letter, how=how, defaults={"on": on, "at": at, "by": by})
        return is_new
    _, is_new = Service.objects.get_or_create(letter=letter, how=how, on=on, defaults={"at": at, "by": by})
    return is_new


def _place(case_number: str, number: str) -> bytes:
    return f"{case_number} {number}".encode()
