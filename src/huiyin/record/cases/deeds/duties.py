"""What is said about a duty: done, not done, found done, a new day to look again. Each stands in the case's history.

A duty outlives the end of its case: these doors stay open after it. Nobody has to say anything, and silence changes nothing.
"""

from __future__ import annotations

import datetime
from typing import cast

from django.db import transaction
from django.db.models import Q

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.keys import matter_keys, texts
from huiyin.record.cases.models import Case, Duty, DutyStep
from huiyin.record.cases.opening import access
from huiyin.record.cases.promises.duty_views import RELATED, rights_of
from huiyin.record.cases.promises.promising import told_of
from huiyin.record.cases.registering.registration import text_digest
from huiyin.record.cases.who import scope
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules import duties as rule
from huiyin.rules.chain import Json
from huiyin.rules.duties import TEXT_LIMIT, Deed
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable

EVENTS: dict[Deed, str] = {
    "say_done": "duty_said_done",
    "confirm": "duty_confirmed",
    "deny": "duty_denied",
    "find": "duty_found_done",
    "move": "duty_moved",
}


def say_done(case_number: str, number: int, *, by: Reader, text: str) -> None:
    """Say, for the office, that it has done what it owes, and what was done; the complainant has the last word.

    All doors here raise Refusal("not_found") for a case or a duty that is not there, or not the reader's;
    Refusal("not_your_move"), "repeated" or "not_allowed_now"; "input_missing" or "too_long" for the words.
    """
    _as_officer(case_number, number, "say_done", by=by, text=text)


def move_day(case_number: str, number: int, *, by: Reader, due_on: datetime.date, text: str) -> None:
    """Set another day to look again at what is not possible yet, and say why; the day before stays visible.

    Raises Refusal("day_past") or Refusal("day_too_far") besides.
    """
    _as_officer(case_number, number, "move", by=by, text=text, due_on=due_on)


def find_done(case_number: str, number: int, *, by: Reader, text: str) -> None:
    """Find, as a reviewer or supervisor of another unit, that a duty is done, and say how that was established."""
    _as_officer(case_number, number, "find", by=by, text=text)


def confirm_done(holder: Holder, number: int, *, case_number: str = "", text: str = "") -> None:
    """Say, as the complainant, that a duty is done. It can be taken back by ``deny_done``."""
    _as_complainant(holder, number, "confirm", case_number=case_number, text=text)


def deny_done(holder: Holder, number: int, *, case_number: str = "", text: str) -> None:
    """Say, as the complainant, that a duty is not done, and what is missing: it is open again."""
    _as_complainant(holder, number, "deny", case_number=case_number, text=text)


def _as_officer(
    case_number: str, number: int, deed: Deed, *, by: Reader, text: str, due_on: datetime.date | None = None
) -> None:
    text = _checked(text, deed)
    with transaction.atomic():
        case, _posts = scope.opened(case_number, by)
        bound, duty = _locked(case, number)
        posts = scope.granting_posts(by, case, to_act=True)
        acting = next((post.id for post in by.posts if post.id in posts and deed in rights_of(post, duty)), None)
        if acting is None:
            raise Refusal("not_your_move", move=deed)
        matter_keys.must_be_open(case)
        actor = by.actor(acting)
        _do(bound, duty, deed, text, actor=actor, due_on=due_on)


def _as_complainant(holder: Holder, number: int, deed: Deed, *, case_number: str, text: str) -> None:
    text = _checked(text, deed)
    with transaction.atomic():
        bound, duty = _locked(access.family_case(holder, case_number), number)
        _do(bound, duty, deed, text, actor=Actor.complainant(holder.helper))


def _locked(case: Case, number: int) -> tuple[Case, Duty]:
    """A duty that is seen in a case, and the case it binds, locked in that order."""
    seen = Duty.objects.filter(Q(case=case) | Q(document__case=case), number=number)
    key = seen.values_list("case_id", flat=True).first()
    if key is None:
        raise Refusal("not_found")
    bound = scope.locked(key)
    return bound, Duty.objects.select_for_update(of=("self",)).select_related(*RELATED).get(case=bound, number=number)


def _do(case: Case, duty: Duty, deed: Deed, text: str, *, actor: Actor, due_on: datetime.date | None = None) -> None:
    duty.state = rule.after(cast("rule.State", duty.state), deed, duty.kind)
    now, before, text = clock.now(), duty.due_on, texts.seal(case, "cases_dutystep.text", text)
    duty.ended_at = None if duty.state in rule.PENDING else now
    if due_on is not None:
        rule.check_day(duty.kind, due_on, today=clock.today(case.body.time_zone))
        if due_on == before:
            raise Refusal("repeated")
        duty.due_on, duty.acts_done, duty.next_act_on = due_on, 0, due_on
    duty.save(update_fields=["state", "ended_at", "due_on", "acts_done", "next_act_on"])
    DutyStep.objects.create(
        duty=duty, deed=deed, text=text, at=now, before_on=before if due_on is not None else None,
        officer_name_zh=actor.name.get("zh", ""), officer_name_en=actor.name.get("en", ""),
    )  # fmt: skip
    case.last_word_at, case.last_word_by = now, "complainant" if actor.kind == "complainant" else "office"
    case.save(update_fields=["last_word_at", "last_word_by"])
    details: dict[str, Json] = told_of(duty) | {"text_sha256": text_digest(text)}
    if due_on is not None:
        details["before"] = before.isoformat()
    append_event(ChainRef.case(case.number), EVENTS[deed], actor=actor, details=details)


def _checked(text: str, deed: Deed) -> str:
    text = storable(text)
    if rule.needs_words(deed) and not text.strip():
        raise Refusal("input_missing", field="text")
    if len(text) > TEXT_LIMIT:
        raise Refusal("too_long", field="text", maximum=TEXT_LIMIT)
    return text
