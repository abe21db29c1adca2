"""Calls and visits, noted where the complainant reads them at once.

Nothing outside the page of its own matter reads them: they are in no list, no search, no figure, no export and on no
other matter, and no rule asks for them. What is written here stops nobody from anything.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.keys import matter_keys, texts
from huiyin.record.cases.models import Case, Conversation
from huiyin.record.cases.registering.registration import text_digest
from huiyin.record.cases.shown.case_view import ConversationView, WayOfTalking
from huiyin.record.cases.who import scope
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.prepared import Place, Prepared
from huiyin.rules import conversations as rule
from huiyin.rules.chain import Json
from huiyin.rules.procedure import Words
from huiyin.rules.text import storable

NOTED = "conversation_noted"
_OF_CASE = Prepared(lambda: Conversation.objects.filter(case=Place("case")).order_by("held_on", "id"))


@dataclass(frozen=True, slots=True)
class Conduct:
    """How the two sides go on talking: a word of ``rules.conversations.CONDUCT``, why, and until when."""

    conduct: str
    reason: str
    ends_on: datetime.date | None


def note_conversation(
    case_number: str,
    *,
    by: Reader,
    kind: str,
    held_on: datetime.date,
    text: str,
    was_read_back: bool = False,
    conduct: Conduct | None = None,
) -> None:
    """Write down a call or a visit of the complainant.

    The ledger says that it was noted, and a hash of all its words; that there was a rule of conduct it does not say,
    so that none is left when it has ended. Raises Refusal("not_found"), Refusal("not_your_move"), and what
    ``rules.conversations`` refuses.
    """
    text = storable(text)
    with transaction.atomic():
        case, posts = scope.in_hand(case_number, by, deed="write")
        matter_keys.must_be_open(case)
        today, actor = clock.today(case.body.time_zone), by.actor(posts[0])
        rule.check(kind, held_on, text, today=today)
        text = texts.seal(case, "cases_conversation.text", text)
        row = Conversation(
            case=case, kind=kind, held_on=held_on, text=text, was_read_back=was_read_back, language=case.language,
            at=clock.now(), officer_name_zh=actor.name.get("zh", ""), officer_name_en=actor.name.get("en", ""),
        )  # fmt: skip
        if conduct is not None:
            reason = storable(conduct.reason)
            rule.check_conduct(conduct.conduct, reason, conduct.ends_on, held_on=held_on, today=today)
            row.conduct, row.ends_on = conduct.conduct, conduct.ends_on
            row.reason = texts.seal(case, "cases_conversation.reason", reason)
        row.save()
        digest = text_digest(text, row.conduct, row.reason, str(row.ends_on or ""))
        details: dict[str, Json] = {
            "how": kind,
            "on": held_on.isoformat(),
            "read_back": was_read_back,
            "text_sha256": digest,
        }
        append_event(ChainRef.case(case.number), NOTED, actor=actor, details=details)


def conversations_of(case: Case, *, is_complainant: bool, today: datetime.date) -> tuple[ConversationView, ...]:
    """The calls and visits of one case, oldest first.

    A rule of conduct that has ended is gone from the desk; the complainant can still read what was set and why.
    """
    return tuple(_view(case, row, is_complainant, today) for row in _OF_CASE.all(case=case.pk))


def _view(case: Case, row: Conversation, is_complainant: bool, today: datetime.date) -> ConversationView:
    name = Words(zh=row.officer_name_zh, en=row.officer_name_en)
    talking = None
    if row.conduct and row.ends_on is not None:
        runs = rule.runs(row.ends_on, today)
        if runs or is_complainant:
            reason = texts.read(case, "cases_conversation.reason", row.reason)
            talking = WayOfTalking(rule.CONDUCT[row.conduct], reason, row.ends_on, runs)
    return ConversationView(
        kind_id=row.kind,
        kind=rule.KINDS[row.kind],
        held_on=row.held_on,
        text=texts.read(case, "cases_conversation.text", row.text),
        was_read_back=row.was_read_back,
        language=row.language,
        at=row.at,
        officer=name if name.zh or name.en else None,
        talking=talking,
    )
