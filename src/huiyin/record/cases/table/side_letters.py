"""The letters of a dispute as another side gets them: the same words under its own number, and the reading written down."""

from __future__ import annotations

from django.db import transaction

from huiyin.record.cases.codes.receipts import COMPLAINANT, Holder
from huiyin.record.cases.keys import texts
from huiyin.record.cases.models import Side
from huiyin.record.cases.papers import letters
from huiyin.record.cases.papers.letters import LetterFile
from huiyin.record.cases.parties import sides
from huiyin.record.files import store
from huiyin.record.files.content import LetterContent
from huiyin.record.files.typesetting import Form
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import ChainRef
from huiyin.rules.refusal import Refusal


def letter_as_side(holder: Holder, letter_id: int, *, case_number: str = "", form: Form = "pdf") -> LetterFile:
    """One letter of the dispute for the side that the code opens.

    Whoever asked gets the letter byte for byte, and the first reading is its service. Another side gets its own copy:
    every word is the same, and where the number of the matter stands, its own stands. What another side reads is no
    service on the one who asked. Raises Refusal("not_found"), and Refusal("no_typeface") where no font can set it.
    """
    side = sides.of_holder(holder, case_number)
    if side.party.kind == COMPLAINANT:
        return letters.letter_as_complainant(holder, letter_id, case_number=side.case.number, form=form)
    with transaction.atomic(durable=True):
        letter = store.find(side.case_id, letter_id)
        if letter is None:
            raise Refusal("not_found")
        details = {"purpose": "follow", "what": f"letter {own_number(side, letter.number)}"}
        chain = ChainRef.case(side.case.number)
        append_event(chain, "receipt_used", actor=sides.actor_of(side, holder), details=details)
    content = store.content_of(letter, side.case.number, texts.opener(side.case))
    return letters.typeset(own_copy(content, side), form)


def own_number(side: Side, number: str) -> str:
    """The number of a letter with the side's own number in place of that of whoever asked."""
    own = side.receipt.number if side.receipt else ""
    return number if side.number == 1 or not own else number.replace(side.case.number, own)


def own_copy(content: LetterContent, side: Side) -> LetterContent:
    """The same for everything that stands on the paper."""
    return LetterContent.from_json(own_number(side, content.as_json()))
