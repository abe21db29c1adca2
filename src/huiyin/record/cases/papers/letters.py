"""Letters before and after they are sent: look ahead, draft, read, and how each reached the person.

Reading one is a look: it stands in the ledger, committed, before a byte leaves.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.composing import letter_content
from huiyin.record.cases.days import service
from huiyin.record.cases.given import Given
from huiyin.record.cases.keys import matter_keys, texts
from huiyin.record.cases.models import Case
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access, viewing
from huiyin.record.cases.who import scope
from huiyin.record.files import signed_copies, store, typesetting
from huiyin.record.files.content import LetterContent
from huiyin.record.files.models import SERVED, Letter, SignedCopy
from huiyin.record.files.typesetting import Form
from huiyin.record.keyring import SealBroken
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.refusal import Refusal

PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Made = Form | Literal["docx"]


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A file to hand out. Its name carries a number and nothing else."""

    name: str
    media_type: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """A letter before it is sent. ``sha256`` is that of its PDF; empty where no font here can set it."""

    kind: str
    number: str
    sha256: str


def are_available() -> bool:
    """Whether letters can be set here; where not, pages offer the print page."""
    return typesetting.is_available()


def ahead(case_number: str, move_id: str, given: Given | None = None, *, by: Reader) -> Ahead | None:
    """What a page says of the letter that a move would send; None for a move without one. Raises what the move refuses.

    Hand its ``sha256`` to ``moves.move`` or ``moves.sign`` as ``seen``: then no other letter can go out.
    """
    return _told(moves.letter_ahead(case_number, move_id, by=by, given=given))


def ahead_of_draft(case_number: str, *, by: Reader) -> Ahead | None:
    """The same for the draft that waits for signatures; no word of it leaves, so this is no look."""
    return _told(moves.letter_of_draft(case_number, by=by))


def preview(
    case_number: str, move_id: str, given: Given | None = None, *, by: Reader, form: Made = "pdf"
) -> LetterFile | None:
    """The letter that a move would send, byte for byte as it will be sent; None for a move without one.

    As ``docx`` it is for those who must work on paper; what is sent is what the move sets.
    Raises what the move refuses, and Refusal("no_typeface") where no font can set Chinese.
    """
    content = moves.letter_ahead(case_number, move_id, by=by, given=given)
    return typeset(content, form) if content else None


def preview_draft(case_number: str, *, by: Reader, form: Made = "pdf") -> LetterFile | None:
    """The letter of the draft that waits for signatures; a look at somebody's words, so it is logged."""
    content = moves.letter_of_draft(case_number, by=by)
    if content is None:
        return None
    _log_look(case_number, by, what=f"draft {content.number}", purpose="sign_off")
    return typeset(content, form)


def letter_as_officer(case_number: str, letter_id: int, *, reader: Reader, form: Form = "pdf") -> LetterFile:
    """One letter of a case the officer may open. Raises Refusal("not_found")."""
    case = scope.openable(reader).filter(number=case_number).first()
    letter = store.find(case.pk, letter_id) if case else None
    if case is None or letter is None:
        raise Refusal("not_found")
    matter_keys.must_be_open(case)
    _log_look(case_number, reader, what=f"letter {letter.number}")
    return _kept(letter, case, form)


def letter_as_complainant(holder: Holder, letter_id: int, *, case_number: str = "", form: Form = "pdf") -> LetterFile:
    """One letter of the receipt's family; reading it the first time is its service on the portal.

    Raises Refusal("not_found").
    """
    with transaction.atomic(durable=True):
        case = access.family_case(holder, case_number, to="read")
        letter = store.find(case.pk, letter_id)
        if letter is None:
            raise Refusal("not_found")
        _note_reading(case, holder, f"letter {letter.number}", letter)
    return _kept(letter, case, form)


def _note_reading(case: Case, holder: Holder, what: str, letter: Letter | None) -> None:
    """The look of whoever follows the matter, and the service of the letter where it is the complainant's own."""
    actor = Actor.complainant(holder.helper)
    details = {"purpose": "follow", "what": what}
    append_event(ChainRef.case(case.number), "receipt_used", actor=actor, details=details)
    if letter is not None and not holder.helper:  # what a helper reads has not reached the complainant
        service.serve(case, letter, how="portal_read", on=clock.today(case.body.time_zone), actor=actor)


def signed_copy_as_officer(case_number: str, copy_id: int, *, reader: Reader) -> LetterFile:
    """The scan of a letter signed by hand. Raises Refusal("not_found")."""
    case = scope.openable(reader).filter(number=case_number).first()
    copy = signed_copies.find(case.pk, copy_id) if case else None
    if case is None or copy is None:
        raise Refusal("not_found")
    matter_keys.must_be_open(case)
    _log_look(case_number, reader, what=f"copy {copy.number}")
    return _scan(copy, case)


def signed_copy_as_complainant(holder: Holder, copy_id: int, *, case_number: str = "") -> LetterFile:
    """The same for the receipt's family; the first reading is the service of its letter. Raises Refusal("not_found")."""
    with transaction.atomic(durable=True):
        case = access.family_case(holder, case_number, to="read")
        copy = signed_copies.find(case.pk, copy_id)
        if copy is None:
            raise Refusal("not_found")
        _note_reading(case, holder, f"copy {copy.number}", store.find_number(case.pk, copy.number))
    return _scan(copy, case)


def acknowledgment_as_complainant(holder: Holder, *, case_number: str = "", form: Form = "pdf") -> LetterFile:
    """The acknowledgment of receipt, set when it is asked for."""
    with transaction.atomic(durable=True):
        case = access.family_case(holder, case_number, to="read")
        details = {"purpose": "follow", "what": "acknowledgment"}
        append_event(
            ChainRef.case(case.number), "receipt_used", actor=Actor.complainant(holder.helper), details=details
        )
    return typeset(_acknowledgment(case), form)


def acknowledgment_as_officer(case_number: str, *, reader: Reader, form: Form = "pdf") -> LetterFile:
    """The acknowledgment of receipt, for the counter and the post. Raises Refusal("not_found")."""
    _log_look(case_number, reader, what="acknowledgment")
    case = scope.openable(reader).select_related(*viewing.RELATED).get(number=case_number)
    return typeset(_acknowledgment(case), form)


def record_service(case_number: str, letter_id: int, *, how: str, on: datetime.date, by: Reader) -> None:
    """Write down that a letter was posted, handed over or came back.

    Said twice it stands once. Raises Refusal("not_found"), Refusal("unknown_choice", field="how"),
    Refusal("date_in_future"), or Refusal("dates_reversed") for a day before the letter's own.
    """
    if how not in SERVED or how == "portal_read":
        raise Refusal("unknown_choice", field="how")
    with transaction.atomic():
        case = scope.openable(by).select_related("body").filter(number=case_number).first()
        letter = store.find(case.pk, letter_id) if case else None
        if case is None or letter is None:
            raise Refusal("not_found")
        if on > clock.today(case.body.time_zone):
            raise Refusal("date_in_future", field="on")
        first = letter.made_at.astimezone(ZoneInfo(case.body.time_zone)).date()
        if on < first:
            raise Refusal("dates_reversed", field="on", first=first)
        posts = scope.granting_posts(by, case)
        service.serve(case, letter, how=how, on=on, actor=by.actor(posts[0] if posts else None))


def _told(content: LetterContent | None) -> Ahead | None:
    if content is None:
        return None
    sha256 = store.digest(typesetting.render(content)) if typesetting.is_available() else ""
    return Ahead(content.kind, content.number, sha256)


def _log_look(case_number: str, reader: Reader, *, what: str, purpose: str = "handle") -> None:
    with transaction.atomic(durable=True):
        case = scope.openable(reader).filter(number=case_number).first()
        if case is None:
            raise Refusal("not_found")
        posts = scope.granting_posts(reader, case)
        append_event(
            ChainRef.case(case.number),
            "case_opened",
            actor=reader.actor(posts[0] if posts else None),
            details={"purpose": access.why_opened(reader, case, purpose), "what": what},
        )


def _acknowledgment(case: Case) -> LetterContent:
    on = case.registered_at.astimezone(ZoneInfo(case.body.time_zone)).date()
    return letter_content.acknowledgment(case, procedure_of(case.law_id), on=on)


def _kept(letter: Letter, case: Case, form: Form) -> LetterFile:
    if form != "pdf":
        return typeset(store.content_of(letter, case.number, texts.opener(case)), form)
    return _file(
        f"{letter.number}.pdf", PDF, _as_told(store.pdf_of(letter, case.number, texts.opener(case)), letter.sha256)
    )


def _as_told(data: bytes, sha256: str) -> bytes:
    """The bytes, if they are those of which the ledger tells: to a matter's public key everybody could seal others."""
    if store.digest(data) != sha256:
        raise SealBroken("This file is not the one of which the history tells.")
    return data


def _scan(copy: SignedCopy, case: Case) -> LetterFile:
    data = _as_told(signed_copies.data_of(copy, case.number, texts.opener(case)), copy.sha256)
    return LetterFile(signed_copies.name_of(copy), copy.media_type, data, copy.sha256)


def typeset(content: LetterContent, form: Made) -> LetterFile:
    """A letter as a file. Raises Refusal("no_typeface") where no font here can set it."""
    if form == "docx":
        from huiyin.record.files import drafts  # noqa: PLC0415  eight megabytes in each web worker, for those who ask

        return _file(f"{content.number}.docx", DOCX, drafts.as_docx(content))
    name = f"{content.number}.pdf" if form == "pdf" else f"{content.number}-large.pdf"
    return _file(name, PDF, typesetting.render(content, form=form))


def _file(name: str, media_type: str, data: bytes) -> LetterFile:
    return LetterFile(name, media_type, data, store.digest(data))
