"""A matter goes to the body that is competent for it; objections and how they are settled. No clock stops.

Whoever must act next is responsible: the receiver, then the sender who answers an objection, then the common
superior who settles it. The others may follow the matter and make no move in it.
"""

from __future__ import annotations

import datetime
from typing import cast

from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Body, Post, Unit
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.given import Given
from huiyin.record.cases.models import Case, CaseTransfer, Grant
from huiyin.record.cases.who import scope
from huiyin.record.cases.who.conflict import Away, away_from
from huiyin.record.cases.who.responsible import assignable_posts, hand_to
from huiyin.record.law.versions import procedure_of
from huiyin.record.prepared import Place, Prepared, insert
from huiyin.rules import transfers as competence
from huiyin.rules.chain import Json
from huiyin.rules.procedure import Move, Procedure, Transfer
from huiyin.rules.refusal import Refusal

RECEIVES = ("unit_head", "registrar", "handler")  # of a unit that a matter is sent to: the first that is filled
_KINDS = Prepared(lambda: CaseTransfer.objects.filter(case=Place("case")).order_by("id").values_list("kind"))


def past(case: Case) -> list[Transfer]:
    """What was done about competence so far, oldest first."""
    return [cast("Transfer", kind) for (kind,) in _KINDS.all(case=case.pk)]


def carry_out(
    case: Case, procedure: Procedure, rule: Move, given: Given, *, before: Post, now: datetime.datetime
) -> dict[str, Json]:
    """Do what a move says about competence; the case is not saved here. ``before`` was responsible until the move.

    Raises Refusal("unknown_choice", field="to") for a place that cannot take the matter, Refusal("no_desk") where
    nobody stands above the bodies that disagree.
    """
    history = past(case)
    kind = competence.kind_of(rule, history)
    details: dict[str, Json] = {}
    match kind:
        case "":
            return {}
        case "send":
            details = _give(case, _desk(case, given.to), now, why="sent")
            _let_follow(case, before, "sender", now)
        case "object":
            settles = any(
                move.transfers == "settle" and rule.to_state in move.from_states for move in procedure.moves.values()
            )
            is_second = settles and competence.goes_to_superior(history)
            sender = _sender(case)
            judge = _superior(case, sender, before) if is_second else sender or before
            if judge.pk != before.pk:
                details = _give(case, judge, now, why="objection")
                _let_follow(case, before, "receiver", now)
        case "refuse":
            details = _give(case, _objector(case), now, why="objection not agreed to")
            _end(case, "receiver", now)
        case "return":
            _end(case, "receiver", now)
        case "settle":
            if rule.transfers:
                details = _give(case, _desk(case, given.to), now, why="settled")
            _end(case, "receiver", now)
    assert case.responsible_post is not None  # an open case has one
    insert(CaseTransfer(case=case, kind=kind, from_post=before, to_post=case.responsible_post, at=now))
    return details | {"transfer": kind}


def recipients(case_number: str, move_id: str, *, reader: Reader) -> list[tuple[str, str, str]]:
    """What ``to`` of a move may be, as (code, Chinese label, English label): places or people; empty for a move without.

    Raises Refusal("not_found") for a case the reader may not open.
    """
    found = scope.openable_case(case_number, reader)
    if found is None:
        raise Refusal("not_found")
    case, _posts = found
    rule = procedure_of(case.law_id).moves.get(move_id)
    if rule is None or "to" not in {*rule.requires, *rule.accepts}:
        return []
    return _places(case, rule) if rule.transfers else assignable_posts(case)


def _places(case: Case, rule: Move) -> list[tuple[str, str, str]]:
    """Where a matter may be sent, as (code, Chinese label, English label): bodies, and the units of each."""
    found, away = [], away_from(case)
    posts = [post for post in Post.objects.all() if not set(RECEIVES).isdisjoint(post.roles)]
    acting = bodies.holders([post.pk for post in posts])
    filled = {post.unit_id for post in posts if away.allows(post, acting.get(post.pk))}
    units: dict[int, list[Unit]] = {}
    for unit in Unit.objects.filter(pk__in=filled).order_by("id"):
        units.setdefault(unit.body_id, []).append(unit)
    for body in bodies.public_bodies():
        if body.pk == case.body_id and rule.transfers == "send":
            continue
        if _intake(case, body, away) is not None:
            found.append((body.code, body.name_zh, body.name_en))
        for unit in units.get(body.pk, []):
            found.append((unit.code, f"{body.name_zh} · {unit.name_zh}", f"{unit.name_en}, {body.name_en}"))
    return found


def _desk(case: Case, code: str) -> Post:
    """The post that takes a matter sent to a body or a unit."""
    away = away_from(case)
    body = Body.objects.filter(code=code).first()
    unit = None if body else Unit.objects.filter(code=code).first()
    post = _intake(case, body, away) if body else None
    if unit is not None:
        post = away.first(each for role in RECEIVES for each in bodies.posts_with_role(role, units=[unit.pk]))
    if post is None or post.pk == case.responsible_post_id:
        raise Refusal("unknown_choice", field="to")
    return post


def _intake(case: Case, body: Body, away: Away) -> Post | None:
    post = bodies.intake_post(
        body, barred_units=away.units, barred_officers=away.officers, is_restricted=case.is_restricted
    )
    return post if post is not None and post.unit.body_id == body.pk else None


def _again(case: Case, post: Post) -> Post | None:
    """A post that had the matter before, or where it cannot have it now, the desk of its body."""
    away = away_from(case)
    return away.first([post]) or _intake(case, post.unit.body, away)


def _sender(case: Case) -> Post | None:
    """Who sent the matter to where it lies: by a transfer, or by naming an officer of another unit."""
    sent = CaseTransfer.objects.filter(case=case, kind="send").select_related("from_post__unit__body")
    last = sent.order_by("-id").first()
    if last is not None:
        return _again(case, last.from_post)
    held = (
        Grant.objects.filter(case=case, capacity="responsible")
        .exclude(post__unit=case.unit_id)
        .select_related("post__unit__body")
        .order_by("-id")
    )
    giver = next((grant.post for grant in held if "registrar" in grant.post.roles), None)
    return _again(case, giver) if giver else None


def _objector(case: Case) -> Post:
    row = CaseTransfer.objects.filter(case=case, kind="object").select_related("from_post__unit__body").latest("id")
    post = _again(case, row.from_post)
    if post is None:
        raise Refusal("no_desk")
    return post


def _superior(case: Case, sender: Post | None, receiver: Post) -> Post:
    """A supervisor of the nearest body above both; where they share none, above the sender, then above the receiver."""
    lines = [bodies.line_of_bodies((post or receiver).unit.body) for post in (sender, receiver)]
    shared = [body for body in lines[0] if body in lines[1]]
    places = dict.fromkeys((*shared, *lines[0], *lines[1]))
    post = away_from(case).first(each for body in places for each in bodies.posts_with_role("supervisor", body=body.pk))
    if post is None:
        raise Refusal("no_desk")
    return post


def _give(case: Case, post: Post, now: datetime.datetime, *, why: str) -> dict[str, Json]:
    return hand_to(case, post, bodies.holders([post.pk])[post.pk], now, why=why)


def _let_follow(case: Case, post: Post, capacity: str, now: datetime.datetime) -> None:
    Grant.objects.get_or_create(
        case=case, post=post, capacity=capacity, until_at=None, defaults={"from_at": now, "why": "transfer"}
    )


def _end(case: Case, capacity: str, now: datetime.datetime) -> None:
    Grant.objects.filter(case=case, capacity=capacity, until_at=None).update(until_at=now)
