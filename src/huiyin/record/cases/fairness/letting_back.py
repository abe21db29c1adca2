"""Taking somebody off those who must stay away: one person at a desk outside proposes it, another one decides, both outside.

The complainant reads that it was proposed and what came of it. No single person can do it, whatever the posts held.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from huiyin.record.approvals import actions as approvals
from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Post
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.asks import asking
from huiyin.record.cases.fairness.keeping_away import bound
from huiyin.record.cases.fairness.staff import outside_desk_in
from huiyin.record.cases.models import Ask, Barred, Case, Removal
from huiyin.record.cases.who import scope
from huiyin.record.cases.who.conflict import Away, Nearest, away_from
from huiyin.record.cases.who.outside import outside_post
from huiyin.record.ledger.chains import Actor
from huiyin.rules.chain import Json
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal

KIND = "let_back"


@dataclass(frozen=True, slots=True)
class KeptAway:
    """One officer or unit that a matter keeps away; ``key`` names it in a form."""

    key: str
    name: Words


def kept_away(case: Case) -> tuple[KeptAway, ...]:
    """Who must stay away, for the desk outside."""
    rows = Barred.objects.select_related("officer", "unit").filter(case=case).order_by("id")
    return tuple(KeptAway(str(row.pk), _name(row)) for row in rows)


def propose(case_number: str, key: str, *, by: Reader, why: str) -> int:
    """Propose, at a desk outside, that somebody be let back; another person outside decides. Gives the number asked.

    Raises Refusal("not_your_move") for anybody else, "unknown_choice" for who is not kept away, "repeated" while one
    waits, "empty" without a reason, and "no_desk" where there is no second person.
    """
    why = asking.checked(why, field="why")
    with transaction.atomic():
        found = scope.openable_case(case_number, by, lock=True)
        if found is None:
            raise Refusal("not_found")
        case = found[0]
        desk = outside_desk_in(case, by)
        if desk is None:
            raise Refusal("not_your_move", move="let_back")
        row = Barred.objects.filter(case=case, pk=int(key) if key.isdecimal() and len(key) < 19 else 0).first()
        if row is None:
            raise Refusal("unknown_choice", field="kept_away")
        if Ask.objects.filter(case=case, kind="removal", state="open").exists():
            raise Refusal("repeated")
        second = _second_person(case, by)
        if second is None:
            raise Refusal("no_desk")
        actor = by.actor(desk)
        ask = asking.ask(case, "removal", of=second, actor=actor, text=why)
        body = next(post.body_code for post in by.posts if post.id == desk)
        payload: dict[str, Json] = {"case": case.number, "ask": ask.number}
        proposal = approvals.propose(KIND, payload, why=f"{case.number} {ask.number}", body_code=body, by=actor)
        Removal.objects.create(ask=ask, officer=row.officer, unit=row.unit, proposal=proposal)
        return ask.number


def removal_answered(case: Case, row: Ask, actor: Actor) -> None:
    """What the second person decided. Raises Refusal("second_person_needed") for the one who proposed it."""
    removal = Removal.objects.get(ask=row)
    if row.outcome != "let_back":
        approvals.decline(removal.proposal, kind=KIND, why=f"{case.number} {row.number}", by=actor)
        asking.note(row, "removal_refused", actor, text=row.answer)
        return
    approvals.approve(removal.proposal, kind=KIND, by=actor)
    Barred.objects.filter(case=case, officer=removal.officer, unit=removal.unit).delete()
    asking.note(row, "removal_granted", actor, text=row.answer, bound=bound(case))


def _second_person(case: Case, by: Reader) -> Post | None:
    """Supervision, a head, or another desk outside: whom the matter does not concern, and somebody else than who proposes."""
    away = away_from(case)
    away = Away(away.units, away.officers | {by.officer_id})
    for start in dict.fromkeys([bodies.receiving_body() or case.body, case.body]):
        found = Nearest().post(("supervisor", "body_head"), unit=case.unit_id, body=start.pk, away=away)
        if found is not None:
            return found
    return outside_post([bodies.receiving_body() or case.body, case.body], away)


def _name(row: Barred) -> Words:
    named = row.officer or row.unit
    assert named is not None  # a constraint of the table
    return named.name
