"""A matter that becomes an accusation, or confidential, when it is under way: sealed from then on (ADR 16).

Every word that stands in a row is closed to a first key of the matter; the search index, a draft and the keys of its
files with them. What was read, hashed, mailed or copied before cannot be called back, and the pages say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from huiyin.record.cases import as_kept
from huiyin.record.cases.as_kept import text_digest
from huiyin.record.cases.asks import asking
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.codes.filing_sealed import SUITE_SEALED
from huiyin.record.cases.fairness.staff import EVIDENCE_WORDS
from huiyin.record.cases.keys import matter_keys, original_words, texts
from huiyin.record.cases.lists import search
from huiyin.record.cases.models import (
    About,
    Ask,
    Barred,
    Case,
    Conversation,
    Document,
    Draft,
    Duty,
    DutyStep,
    Message,
    Party,
    ReaderCopy,
    ReceiptKey,
    StaffComplaint,
)
from huiyin.record.files import attachments, signed_copies, store
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.chain import Json
from huiyin.rules.sealing import is_to_be_sealed

SEALED_LATER = "sealed_later"


def seal_where_due(case: Case) -> bool:
    """Seal a locked case from now on, if it is to be and is not; False where nothing was done.

    Where its desk has no key it stays as it is, for else nobody could read on; the matter's page says so.
    """
    wanted = is_to_be_sealed(confidentiality=case.confidentiality, is_restricted=case.is_restricted)
    if not wanted or case.key_epoch or not matter_keys.is_possible(case.unit_id):
        return False
    before = search.indexed_text(case)
    private = matter_keys.begin(case.number)
    case.key_epoch = 1
    matter_keys.write_first(case, private, _complainant_of(case))
    _copies(case)
    rewritten = _rows(case)
    bound = _case_and_parties(case)
    _files(case)
    case.save(update_fields=["key_epoch", "subject", "description", "officer_summary"])
    search.forget(case, before=before)
    key = matter_keys.digest_of(private.public_key().public_bytes_raw())
    details: dict[str, Json] = {"sealed": {"epoch": 1, "key_sha256": key}, "rewritten": rewritten, "bound": bound}
    append_event(ChainRef.case(case.number), SEALED_LATER, actor=Actor.system(), details=details)
    return True


def _complainant_of(case: Case) -> X25519PublicKey | None:
    """The complainant's key, where the code of the family's receipt opens one already; else it waits for the next entry."""
    receipt = receipts.receipt_of(case.number)
    if receipt is None or receipt.suite != SUITE_SEALED:
        return None
    key = ReceiptKey.objects.filter(receipt=receipt).first()
    return X25519PublicKey.from_public_bytes(bytes(key.public)) if key else None


def _case_and_parties(case: Case) -> dict[str, Json]:
    """The words of the case itself, of its parties and of whom it names; gives what binds them from now on."""
    for name in ("subject", "description", "officer_summary"):
        setattr(case, name, texts.seal(case, f"cases_case.{name}", getattr(case, name)))
    for party in Party.objects.filter(case=case):
        _close(case, party, needs="cases_case.needs")
    for row in About.objects.filter(case=case):
        _close(case, row, words="cases_case.about")
    barred = list(Barred.objects.filter(case=case))
    named = as_kept.of_named(
        About.objects.filter(case=case),
        [row.officer_id for row in barred if row.officer_id],
        [row.unit_id for row in barred if row.unit_id],
    )
    own = Party.objects.filter(case=case, kind="complainant").order_by("id").first()
    copy = original_words.latest(case)
    kept = original_words.originals(case, copy) if copy else None
    words = kept or original_words.texts_of(case)
    bound: dict[str, Json] = {
        **as_kept.of_case(case), **named, **(as_kept.of_party(own) if own else {}),
        "text_begun": text_digest(words[original_words.SUBJECT], words[original_words.DESCRIPTION]),
        "completed_sha256": text_digest(words[original_words.DESCRIPTION]),
    }  # fmt: skip
    if kept is not None:
        bound["reader_copy_sha256"] = text_digest(*original_words.texts_of(case, kept).values())
    complaint = StaffComplaint.objects.filter(case=case).first()
    if complaint is not None:
        _close(case, complaint, why=asking.ANSWER, evidence_words=EVIDENCE_WORDS)
        bound |= as_kept.of_staff(complaint)
    return bound


def _copies(case: Case) -> None:
    """The original words behind each reader copy."""
    for copy in ReaderCopy.objects.filter(case=case).order_by("number"):
        closed = original_words.closed(case, original_words.originals(case, copy))
        copy.sealed_original = original_words.sealed(case, closed)
        copy.save(update_fields=["sealed_original"])


def _rows(case: Case) -> dict[str, Json]:
    """The words of everything written in the case; gives the hashes of what the history speaks of, in its order."""
    copy = original_words.latest(case)
    whole = original_words.originals(case, copy) if copy else {}
    procedure = procedure_of(case.law_id)
    messages: list[Json] = []
    for message in Message.objects.filter(case=case).order_by("id"):
        _close(case, message, text="cases_message.text")
        messages.append(text_digest(whole.get(str(message.pk), message.text)))
    documents: list[Json] = []
    for document in Document.objects.filter(case=case).order_by("id"):
        _close(case, document, text="cases_document.text", legal_basis="cases_document.legal_basis")
        if document.reason and document.reason not in procedure.reasons:
            document.reason = texts.seal(case, "reason", document.reason)[:60]
            document.save(update_fields=["reason"])
        documents.append([text_digest(document.text, document.legal_basis), document.reason])
    for asked in Ask.objects.filter(case=case).exclude(kind=asking.PUT):
        _close(case, asked, text="cases_ask.text", answer=asking.ANSWER)
    duties: list[Json] = []
    for duty in Duty.objects.filter(case=case).order_by("id"):
        _close(case, duty, text="cases_duty.text")
        duties.append([duty.number, text_digest(duty.text)])
    steps: list[Json] = []
    for step in DutyStep.objects.filter(duty__case=case).order_by("id"):
        _close(case, step, text="cases_dutystep.text")
        steps.append(text_digest(step.text))
    for talk in Conversation.objects.filter(case=case):
        _close(case, talk, text="cases_conversation.text", reason="cases_conversation.reason")
    draft = Draft.objects.filter(case=case).first()
    if draft is not None:
        draft.given = texts.seal_draft(case, draft.given)
        draft.note = texts.seal(case, "cases_draft.note", draft.note)
        draft.save(update_fields=["given", "note"])
    return {
        "messages": messages, "documents": documents, "duties": duties, "duty_steps": steps,
        "draft": as_kept.given_digest(draft.given) if draft else "",
    }  # fmt: skip


def _close(case: Case, row: Any, **fields: str) -> None:
    """Seal some columns of a row, each under its name."""
    for column, field in fields.items():
        setattr(row, column, texts.seal(case, field, getattr(row, column)))
    row.save(update_fields=list(fields))


def _files(case: Case) -> None:
    """Letters, scans and the keys of attachments: closed to the key of the matter instead of the server's.

    A file that still waits for the virus scanner is closed too, and stays shut: the scanner has no key to it.
    """
    close = texts.closer(case)
    for change in _changes(case, close):
        change.save()


def _changes(case: Case, close: store.Seal) -> Iterable[Any]:
    yield from store.closed_anew(case.pk, case.number, close)
    yield from signed_copies.closed_anew(case.pk, case.number, close)
    yield from attachments.closed_anew(case.pk, case.number, close)
