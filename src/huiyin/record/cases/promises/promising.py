"""From what was given with an answer to what its office owes: checked, kept with the decision, told in the ledger."""

from __future__ import annotations

import datetime

from django.db.models import Max

from huiyin.record import clock
from huiyin.record.cases.given import Given
from huiyin.record.cases.keys import texts
from huiyin.record.cases.models import Case, CaseLink, Document, Duty
from huiyin.record.cases.registering.registration import text_digest
from huiyin.record.cases.who import scope
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.prepared import insert
from huiyin.rules import duties
from huiyin.rules.chain import Json
from huiyin.rules.procedure import Move
from huiyin.rules.refusal import Refusal


def check(case: Case, rule: Move, given: Given) -> None:
    """Refuses duties that a move cannot carry, or whose days cannot stand: before a draft goes round, and at the end.

    Raises Refusal("input_unwanted") or Refusal("duties_unwanted") for the field ``duties``, and what
    ``rules.duties.check_day`` refuses.
    """
    promised = duties.read(given.duties)
    if not promised:
        return
    if not duties.may_bind(rule):
        raise Refusal("input_unwanted", field="duties")
    if not given.text.strip():
        raise Refusal("input_missing", field="text")
    duties.check(promised, outcome=rule.outcome or given.outcome, today=clock.today(case.body.time_zone))


def keep(case: Case, document: Document, given: Given, *, actor: Actor, now: datetime.datetime) -> dict[str, Json]:
    """Write what a decision binds to, in its transaction; gives what the ledger says of it, without the words.

    A review binds the office of the original: there the duties stand, and its history tells of them too.
    """
    promised = duties.read(given.duties)
    if not promised:
        return {}
    bound = _bound_by(case)
    owed_by = bound.responsible_post or case.responsible_post
    assert owed_by is not None  # a case that is answered has one
    last = Duty.objects.filter(case=bound).aggregate(last=Max("number"))["last"] or 0
    rows = [
        Duty(
            case=bound,
            document=document,
            number=number,
            kind=each.kind,
            text=texts.seal(bound, "cases_duty.text", each.text),
            due_on=each.due_on,
            first_due_on=each.due_on,
            owed_by=owed_by,
            made_at=now,
            next_act_on=each.due_on,
        )
        for number, each in enumerate(promised, start=last + 1)
    ]
    insert(*rows)
    told: list[dict[str, Json]] = [told_of(row) for row in rows]
    if bound.pk != case.pk:
        for details in told:
            append_event(ChainRef.case(bound.number), "duty_decided", actor=actor, details=details)
    return {"duties": list(told)}


def told_of(duty: Duty) -> dict[str, Json]:
    """What the ledger says of a duty."""
    return {
        "duty": duty.number,
        "kind": duty.kind,
        "due_on": duty.due_on.isoformat(),
        "duty_sha256": text_digest(duty.text),
    }


def _bound_by(case: Case) -> Case:
    """The case whose office a decision binds, locked: of a review the original."""
    original: int | None = case.pk
    key = case.pk
    while original is not None:
        key = original
        links = CaseLink.objects.filter(to_case=key, kind__in=("review", "recheck")).order_by("id")
        original = links.values_list("from_case_id", flat=True).first()
    return case if key == case.pk else scope.locked(key)
