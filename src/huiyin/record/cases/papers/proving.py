"""What a complainant takes home against the day when somebody says it was otherwise: proofs, and the whole history."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.db import transaction

from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.held.as_stored import as_stored
from huiyin.record.cases.models import Case
from huiyin.record.cases.opening import access
from huiyin.record.cases.shown.timeline import LOOKS
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.ledger.proofs import Unchanged, history, proof_file, unchanged_since
from huiyin.record.ledger.queries import events_of
from huiyin.rules.refusal import Refusal

HISTORY = "huiyin-history/1"


@dataclass(frozen=True, slots=True)
class ProofFile:
    """A file to keep; its name carries a number and nothing else."""

    name: str
    text: str


def receipt_proof(number: str, *, is_opened: bool = True) -> ProofFile | None:
    """The proof of a registration for who has just been given its receipt; None while it has no place yet."""
    text = proof_file(ChainRef.case(number), 1, is_opened=is_opened)
    return ProofFile(f"{number}.tlog-proof", text) if text else None


def proof_as_complainant(
    holder: Holder, *, case_number: str = "", letter: str = "", is_opened: bool = True
) -> ProofFile | None:
    """The proof of the registration, or of the step that sent a letter (its number); None while it has no place yet.

    Raises Refusal("not_found").
    """
    case = _looked(holder, case_number, f"letter {letter}" if letter else "case")
    seq = _seq_of(case, letter) if letter else 1
    text = proof_file(ChainRef.case(case.number), seq, is_opened=is_opened)
    return ProofFile(f"{letter or case.number}.tlog-proof", text) if text else None


def unchanged_as_complainant(holder: Holder, *, case_number: str = "") -> tuple[str, Unchanged | None]:
    """Whether the signed history of the day of the receipt is the beginning of that of now; with the number."""
    case = access.family_case(holder, case_number, to="read")
    return case.number, unchanged_since(ChainRef.case(case.number), 1)


def history_as_complainant(holder: Holder, *, case_number: str = "") -> ProofFile:
    """The whole history of the matter, and what is stored beside it, as hashes: whether both fit can be checked far away.

    What a look was for stays closed; that it was, and when, is there. Raises Refusal("not_found").
    """
    return history_of(_looked(holder, case_number, "case"))


def history_of(case: Case) -> ProofFile:
    """The same for a case at hand."""
    kept = history(ChainRef.case(case.number), closed=LOOKS)
    stored = as_stored([case])[case.pk]
    text = json.dumps({"format": HISTORY, **kept, "stored": stored}, ensure_ascii=False, indent=1, sort_keys=True)
    return ProofFile(f"history-{case.number}.json", text + "\n")


def _looked(holder: Holder, case_number: str, what: str) -> Case:
    """The matter; the use of the receipt is written down first."""
    with transaction.atomic(durable=True):
        case = access.family_case(holder, case_number, to="read")
        details = {"purpose": "follow", "what": what}
        append_event(
            ChainRef.case(case.number), "receipt_used", actor=Actor.complainant(holder.helper), details=details
        )
    return case


def _seq_of(case: Case, letter: str) -> int:
    """The number of the event that sent a letter."""
    for event in events_of(ChainRef.case(case.number)):
        if letter in (event.details.get("letter"), event.details.get("number")):
            return event.seq
    raise Refusal("not_found")
