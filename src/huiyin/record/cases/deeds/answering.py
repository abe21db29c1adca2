"""The answer to what a complainant asked, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.asks import asking
from huiyin.record.cases.deeds import classing, recusing, withdrawing
from huiyin.record.cases.fairness import letting_back, putting
from huiyin.record.cases.models import Ask, Case
from huiyin.record.ledger.chains import Actor
from huiyin.rules import asking as rule


def answer(case_number: str, number: int, *, by: Reader, text: str, outcome: str = "") -> None:
    """Answer what was asked of one of my posts, with reasons; the complainant reads them.

    Raises Refusal("not_found") for what is not there or not mine, also where the matter has come to concern me;
    "repeated" or "not_allowed_now" once it was answered or undone; "empty", "too_long", "input_missing" or
    "unknown_choice" for the words.
    """
    text = asking.checked(text)
    with transaction.atomic():
        case, row = asking.locked(case_number, number)
        asking.may_answer(case, row, by)
        actor = by.actor(row.owed_by_id)
        asking.set_answer(row, rule.check_outcome(row.kind, outcome), text, actor)
        _AFTER[row.kind](case, row, actor)


def _look_answered(_case: Case, row: Ask, actor: Actor) -> None:
    asking.note(row, "look_answered", actor, text=row.answer)


_AFTER: dict[str, Callable[[Case, Ask, Actor], None]] = {
    "look": _look_answered,
    "withdrawal": withdrawing.answered,
    "withdrawn": withdrawing.looked_over,
    "recusal": recusing.recusal_answered,
    "class": classing.class_answered,
    "evidence": classing.evidence_answered,
    "put": putting.put_answered,
    "removal": letting_back.removal_answered,
}
