"""Each side says yes or no for itself, to one step at a time; a step that takes all can be made once all have said yes.

Whoever hears a side in person or by telephone writes it down under the own name. A no to mediation itself ends it.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.record import clock
from huiyin.record.cases.models import Case, Consent, Side
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules import consenting as rule
from huiyin.rules.procedure import Procedure
from huiyin.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class ConsentView:
    """What one side said to one step, how, and when; ``is_spent``: the step was made, or the dispute stands elsewhere now."""

    side: int
    step: str
    answer: str
    how: str
    at: datetime.datetime
    is_spent: bool


def keep(side: Side, procedure: Procedure, step: str, answer: str, how: str, *, actor: Actor) -> None:
    """Write down what a side of the locked case says; the same said twice stands once.

    Raises Refusal("unknown_choice", field=...), "not_allowed_now" for a step that is not asked about now, or for a
    side that has left, and "guardian_missing" for a minor's yes while nobody sits beside.
    """
    case = side.case
    for name, value, known in (("step", step, rule.STEPS), ("answer", answer, rule.ANSWERS), ("how", how, rule.HOW)):
        if value not in known:
            raise Refusal("unknown_choice", field=name)
    if side.state == "out" or step not in rule.steps_from(procedure, case.state):
        raise Refusal("not_allowed_now", move=step, state=case.state)
    if answer == "yes" and side.party.is_minor and not side.guardian:
        raise Refusal("guardian_missing")
    if _last_words([side]).get(side.number, {}).get(step) == answer:
        return
    Consent.objects.create(side=side, step=step, answer=answer, how=how, by_post=actor.post, at=clock.now())
    kind = "consent_given" if answer == "yes" else "consent_refused"
    append_event(
        ChainRef.case(case.number),
        kind,
        actor=actor,
        details={"side": side.number, "step": step, "how": how, "post": actor.post},
    )


def asked_now(case: Case) -> tuple[str, ...]:
    """The steps that the sides can be asked about now."""
    return rule.steps_from(procedure_of(case.law_id), case.state)


def agreed_steps(case: Case) -> frozenset[str]:
    """The steps to which every side that has not left said yes, after the last step was made."""
    staying = [side for side in Side.objects.filter(case=case) if side.state != "out"]
    said = _last_words(staying)
    return rule.agreed_steps({side.number: said.get(side.number, {}) for side in staying})


def consented_moves(case: Case, procedure: Procedure) -> frozenset[str]:
    """The moves that every side agreed to; nothing for a procedure in which nobody is asked."""
    if procedure.kind != "mediation":
        return frozenset()
    return rule.consented_moves(procedure, case.state, agreed_steps(case))


def spend(case: Case, procedure: Procedure, move_id: str, came_from: str) -> None:
    """What was said counts for what was asked: it is spent by its step, and by whatever moves the dispute elsewhere."""
    unspent = Consent.objects.filter(side__case=case, spent_at=None)
    if case.state == came_from:
        unspent = unspent.filter(step=rule.step_of(procedure, procedure.moves[move_id], came_from))
    unspent.update(spent_at=clock.now())


def consents_of(case: Case) -> tuple[ConsentView, ...]:
    """Everything that was said, in order."""
    rows = Consent.objects.filter(side__case=case).select_related("side").order_by("id")
    return tuple(
        ConsentView(row.side.number, row.step, row.answer, row.how, row.at, row.spent_at is not None) for row in rows
    )


def ever_said_yes(side: Side, step: str = rule.BEGIN) -> bool:
    """Whether a side ever said yes to a step and did not take it back before the step was made.

    What was asked is spent together. A no to mediating again, after an agreement was broken, takes back no yes of before.
    """
    last: dict[datetime.datetime | None, str] = {}
    rows = Consent.objects.filter(side=side, step=step).order_by("id")
    for spent_at, answer in rows.values_list("spent_at", "answer"):
        last[spent_at] = answer
    return "yes" in last.values()


def _last_words(sides: Sequence[Side]) -> dict[int, dict[str, str]]:
    said: dict[int, dict[str, str]] = {}
    keys = [side.pk for side in sides]
    rows = Consent.objects.filter(side__in=keys, spent_at=None).select_related("side").order_by("id")
    for row in rows:
        said.setdefault(row.side.number, {})[row.step] = row.answer
    return said
