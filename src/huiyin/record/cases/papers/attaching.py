"""The doors for attachments: add, release or withhold the original, open. Every opening is a look.

Text never depends on a file: a matter is filed first, and files follow it, one by one.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass

from django.db import transaction

from huiyin.record import clock, keyring
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.keys import matter_keys, texts
from huiyin.record.cases.lists import queries
from huiyin.record.cases.models import Case
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers.letters import LetterFile
from huiyin.record.cases.who import scope
from huiyin.record.files import attachments, depot, scanning
from huiyin.record.files.attachments import AttachmentView, Part, Sender
from huiyin.record.files.models import Attachment
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.chain import Json
from huiyin.rules.refusal import Refusal

SCANNED_AT_ONCE = 20
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file: kept now, or here already, because the same bytes had come before."""

    view: AttachmentView
    is_new: bool


def add_as_complainant(
    holder: Holder, data: bytes, *, name: str = "", is_released: bool = False, case_number: str = ""
) -> Added:
    """Attach a file in any state, also after the end. Officers see a cleaned copy; the original where ``is_released``.

    The same file sent twice stands once. Raises Refusal("not_found"), Refusal("attachments_full"), and what
    ``attachments.check`` refuses.
    """
    case = access.family_case(holder, case_number, to="write")
    actor = Actor.complainant(holder.helper)
    return _add(case, data, name=name, is_released=is_released, sender="complainant", actor=actor)


def add_as_office(case_number: str, data: bytes, *, by: Reader, name: str = "") -> Added:
    """Attach what came on paper or at the counter; both sides open it. Raises Refusal("not_found"), and the same."""
    case, actor = _mine(case_number, by)
    return _add(case, data, name=name, is_released=True, sender="office", actor=actor, reader=by)


def release(holder: Holder, number: int, *, is_released: bool, case_number: str = "") -> None:
    """Let officers open the original, or no longer; said twice it counts once. Raises Refusal("not_found").

    What somebody has opened before stays in the list of looks.
    """
    with transaction.atomic():
        case = scope.locked(access.family_case(holder, case_number).pk)
        row = attachments.find(case.pk, number)
        if row is None or row.sender != "complainant":
            raise Refusal("not_found")
        if row.is_released == is_released:
            return
        row.is_released = is_released
        row.save(update_fields=["is_released"])
        kind = "attachment_released" if is_released else "attachment_withheld"
        append_event(
            ChainRef.case(case.number), kind, actor=Actor.complainant(holder.helper), details={"number": str(number)}
        )


def open_as_complainant(holder: Holder, number: int, part: Part, *, case_number: str = "") -> LetterFile:
    """One's own file, or what the office attached. Raises Refusal("not_found")."""
    with transaction.atomic(durable=True):
        case = access.family_case(holder, case_number, to="read")
        row = _openable(attachments.find(case.pk, number), part)
        details = {"purpose": "follow", "what": _what(row, part)}
        append_event(
            ChainRef.case(case.number), "receipt_used", actor=Actor.complainant(holder.helper), details=details
        )
    return _file(case, row, part)


def open_as_officer(
    case_number: str, number: int, part: Part, *, reader: Reader, purpose: str = "handle"
) -> LetterFile:
    """The cleaned copy, or the original where the complainant released it; ``purpose`` as ``access.open_case`` takes it.

    Raises Refusal("not_found").
    """
    with transaction.atomic(durable=True):
        case, posts = scope.opened(case_number, reader)
        row = _openable(attachments.find(case.pk, number), part)
        if part == "original" and not row.is_released:
            raise Refusal("not_found")
        matter_keys.must_be_open(case)
        actor = reader.actor(posts[0] if posts else None)
        why = access.why_opened(reader, case, purpose or queries.purpose_of(case, reader=reader))
        details = {"purpose": why, "what": _what(row, part)}
        append_event(ChainRef.case(case.number), "case_opened", actor=actor, details=details)
    return _file(case, row, part)


def names_as_complainant(holder: Holder, *, case_number: str = "") -> dict[int, str]:
    """What the complainant called the files; no officer reads it."""
    case = access.family_case(holder, case_number, to="read")
    return attachments.names_of(case.pk, case.number, "complainant", texts.opener(case))


def scan_waiting() -> int:
    """Ask the scanner again about files that it has not answered for; give how many are settled now."""
    settled = 0
    waiting = Attachment.objects.filter(scan="waiting").order_by("id").values_list("pk", "case_id")
    for key, case_id in list(waiting[:SCANNED_AT_ONCE]) if scanning.is_set_up() else []:
        case, row = scope.case_by_key(case_id), Attachment.objects.get(pk=key)
        if case is None:
            continue
        try:
            verdict = scanning.scan(attachments.data_of(row, case.number, "original"))
        except (OSError, keyring.SealBroken) as lost:
            log.error("file %s of a matter does not open", row.stored, exc_info=lost)
            continue
        if verdict == "unknown":
            break  # the scanner is away; the next turn asks again
        with transaction.atomic():
            scope.locked(case_id)
            if Attachment.objects.filter(pk=key, scan="waiting").update(scan=verdict):
                kind = "attachment_cleared" if verdict == "clean" else "attachment_infected"
                details = {"number": str(row.number)}
                append_event(ChainRef.case(case.number), kind, actor=Actor.system(), details=details)
                settled += 1
    return settled


def _add(
    case: Case,
    data: bytes,
    *,
    name: str,
    is_released: bool,
    sender: Sender,
    actor: Actor,
    reader: Reader | None = None,
) -> Added:
    """Check and seal without a lock, for that takes its time; then, locked, write row and event together."""
    sha256 = hashlib.sha256(data).hexdigest()
    kept = attachments.attachments_of(case.pk)
    if (known := _known(kept, sender, sha256)) is not None:
        return Added(known, is_new=False)
    attachments.must_fit(len(data))
    attachments.must_have_place(kept, len(data), sender)
    checked = attachments.check(data)
    if case.key_epoch and checked.scan == "waiting":
        raise Refusal("busy")  # scanned later by the worker, which holds no key to it: it must be scanned now
    sealed = attachments.seal(checked, case.number)
    is_written = False
    try:
        with transaction.atomic():
            case = scope.locked(case.pk)
            if reader is not None:
                _mine(case.number, reader)  # somebody named in the matter meanwhile adds nothing any more
            kept = attachments.attachments_of(case.pk)
            if (known := _known(kept, sender, sha256)) is not None:
                return Added(known, is_new=False)
            attachments.must_have_place(kept, len(data), sender)
            view = attachments.keep(
                case.pk, case.number, checked, sealed,
                number=max((each.number for each in kept), default=0) + 1,
                sender=sender, by=actor.kind if actor.role == "helper" else actor.duty_number or actor.kind, name=name, is_released=is_released, at=clock.now(),
                close=texts.closer(case),
            )  # fmt: skip
            _tell(case, view, checked.cleaned.data, sender, actor)
        is_written = True
    finally:
        if not is_written:
            depot.forget(sealed.names)
    return Added(view, is_new=True)


def _tell(case: Case, view: AttachmentView, copy: bytes | None, sender: Sender, actor: Actor) -> None:
    case.last_word_at, case.last_word_by = view.added_at, sender
    case.save(update_fields=["last_word_at", "last_word_by"])
    details: dict[str, Json] = {
        "number": str(view.number),
        "file": view.kind,
        "sha256": view.sha256,
        "shown_sha256": hashlib.sha256(copy).hexdigest() if copy is not None else "",
        "size": view.size,
        "is_released": view.is_released,
    }
    append_event(ChainRef.case(case.number), f"attachment_from_{sender}", actor=actor, details=details)


def _known(kept: tuple[AttachmentView, ...], sender: Sender, sha256: str) -> AttachmentView | None:
    return next((each for each in kept if (each.sender, each.sha256) == (sender, sha256)), None)


def _mine(case_number: str, by: Reader) -> tuple[Case, Actor]:
    case, posts = scope.in_hand(case_number, by, deed="write", lock=False)
    matter_keys.must_be_open(case)
    return case, by.actor(posts[0])


def _openable(row: Attachment | None, part: Part) -> Attachment:
    if row is None or row.scan not in attachments.OPEN_AFTER_SCAN or (part == "copy" and not row.stored_shown):
        raise Refusal("not_found")
    return row


def _what(row: Attachment, part: Part) -> str:
    return f"original {row.number}" if part == "original" else f"file {row.number}"


def _file(case: Case, row: Attachment, part: Part) -> LetterFile:
    media_type, sha256 = (row.media_type, row.sha256) if part == "original" else (row.shown_type, row.shown_sha256)
    data = attachments.data_of(row, case.number, part, texts.opener(case))
    return LetterFile(attachments.file_name(row, case.number, part), media_type, data, sha256)
