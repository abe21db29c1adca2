"""What a complainant asks of one post: written down with its day, answered with reasons, told in the case's chain."""

from __future__ import annotations

import datetime

from django.db.models import Max

from huiyin.record import clock
from huiyin.record.bodies.models import Post
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.as_kept import text_digest as text_digest  # handed on
from huiyin.record.cases.keys import matter_keys, texts
from huiyin.record.cases.models import Ask, Case
from huiyin.record.cases.who import scope
from huiyin.record.law.calendars import calendar
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules import asking as rule
from huiyin.rules.chain import Json
from huiyin.rules.deadline import due
from huiyin.rules.procedure import Term
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import within

PUT, ANSWER = "put", "cases_ask.answer"
RELATED = ("case__body", "case__unit", "owed_by__unit")


def checked(text: str, *, field: str = "text", is_needed: bool = True) -> str:
    """The words with what XML cannot carry taken out. Raises Refusal("empty") or Refusal("too_long")."""
    return within(text, field=field, limit=rule.TEXT_LIMIT, is_needed=is_needed)


def ask(
    case: Case,
    kind: str,
    *,
    of: Post,
    actor: Actor,
    text: str = "",
    look_seq: int | None = None,
    about_post: Post | None = None,
    paper: tuple[datetime.date, str] | None = None,
    event: str = "",
) -> Ask:
    """Ask something of a post; the case is locked by the caller. ``event`` is the kind of its event, if another."""
    now, today = clock.now(), clock.today(case.body.time_zone)
    last = Ask.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    due_on = due(today, term_for(case, kind), calendar(case.body.calendar)).on
    text = sealed_words(case, kind, "text", text)
    row = Ask.objects.create(
        case=case, number=last + 1, kind=kind, text=text, asked_at=now, look_seq=look_seq, about_post=about_post,
        paper_on=paper[0] if paper else None, paper_at=paper[1] if paper else "",
        owed_by=of, due_on=due_on, next_act_on=rule.next_act_on(due_on, 0),
    )  # fmt: skip
    note(row, event or f"{kind}_asked", actor, text=text, to_zh=of.unit.name_zh, to_en=of.unit.name_en)
    matter_keys.share(case)  # whoever is asked reads what is asked
    return row


def term_for(case: Case, kind: str) -> Term:
    """The time for an answer: the pack's own where it names one, else the same everywhere."""
    misconduct = procedure_of(case.law_id).misconduct
    return rule.term_of(kind, misconduct.days if misconduct else None)


def sealed_words(case: Case, kind: str, field: str, text: str) -> str:
    """Words of something asked as its row holds them; what is put to an officer is for that officer, who has no key."""
    return text if kind == PUT else texts.seal(case, f"cases_ask.{field}", text)


def words_of(row: Ask) -> tuple[str, str]:
    """What was asked, and what was answered; empty where the matter is sealed and shut."""
    if row.kind == PUT:
        return row.text, row.answer
    return texts.read(row.case, "cases_ask.text", row.text), texts.read(row.case, ANSWER, row.answer)


def note(row: Ask, kind: str, actor: Actor, *, text: str = "", **more: Json) -> None:
    """One event about it in the chain of its case; words only as their hash."""
    details: dict[str, Json] = {"ask": row.number, "asked": row.kind, "due_on": row.due_on.isoformat(), **more}
    if row.look_seq is not None:
        details["look"] = row.look_seq
    if text:
        details["text_sha256"] = text_digest(text)
    append_event(ChainRef.case(row.case.number), kind, actor=actor, details=details)


def locked(case_number: str, number: int) -> tuple[Case, Ask]:
    """A case and something asked in it, locked in that order. Raises Refusal("not_found")."""
    key = Ask.objects.filter(case__number=case_number, number=number).values_list("case_id", flat=True).first()
    if key is None:
        raise Refusal("not_found")
    case = scope.locked(key)
    row = Ask.objects.select_for_update(of=("self",)).select_related("owed_by__unit").get(case=case, number=number)
    row.case = case
    return case, row


def may_answer(case: Case, row: Ask, by: Reader) -> None:
    """Raises Refusal("not_found") unless it is asked of a post of the reader, whom the matter does not concern."""
    if row.owed_by_id not in by.post_ids or scope.is_barred(by, case):
        raise Refusal("not_found")


def set_answer(row: Ask, outcome: str, text: str, actor: Actor) -> None:
    """Write the answer onto the locked row; its event is the caller's. Raises Refusal("repeated") or "not_allowed_now"."""
    if row.state != "open":
        raise Refusal("repeated" if row.state == "answered" else "not_allowed_now")
    row.state, row.outcome, row.answered_at = "answered", outcome, clock.now()
    row.answer = sealed_words(row.case, row.kind, "answer", text)
    row.officer_name_zh, row.officer_name_en = actor.name.get("zh", ""), actor.name.get("en", "")
    row.next_act_on = None
    row.save()
