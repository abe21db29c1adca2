"""Who handles while somebody is away: stand-ins by dated rule, and the hand-over at the end of a shift."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies.models import Officer, Post, StandIn
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.fairness import changing_hands
from huiyin.record.cases.moving import moves
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.remembered import forget
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable


@dataclass(frozen=True, slots=True)
class StandInView:
    """One dated rule: who acts for which post, from when to when, and why."""

    id: int
    post: Words
    post_code: str
    unit: Words
    officer: Words
    from_on: datetime.date
    until_on: datetime.date
    why: str
    has_ended: bool
    may_end: bool


def set_stand_in(
    post_code: str, officer_code: str, *, from_on: datetime.date, until_on: datetime.date, why: str, by: Reader
) -> int:
    """Let an officer act for a post, both days included; a grant in the body's chain. Gives its id.

    One sets it for one's own post, a unit head for every post of the unit. Raises
    Refusal("unknown_choice"), Refusal("input_missing"), Refusal("dates_reversed") or Refusal("not_your_move").
    """
    post = Post.objects.select_related("unit__body").filter(code=post_code).first()
    if post is None or not _may_rule(by, post):
        raise Refusal("unknown_choice", field="post")
    officer = Officer.objects.filter(code=officer_code, appointments__until_on=None).first()
    if officer is None or not officer.appointments.filter(post__unit__body=post.unit.body_id).exists():
        raise Refusal("unknown_choice", field="officer")
    why = storable(why)[:200]
    if not why.strip():
        raise Refusal("input_missing", field="why")
    if until_on < from_on:
        raise Refusal("dates_reversed", field="until_on")
    with transaction.atomic():
        row = StandIn.objects.create(post=post, officer=officer, from_on=from_on, until_on=until_on, why=why)
        append_event(
            ChainRef.body(post.unit.body.code),
            "stand_in_set",
            actor=by.actor(),
            details={
                "post": post.code,
                "officer": officer.code,
                "from": from_on.isoformat(),
                "until": until_on.isoformat(),
                "why": why,
            },
        )
        forget()
        changing_hands.hold([officer.pk])  # from a later day on the clock does it
    return int(row.pk)


def end_stand_in(stand_in_id: int, *, by: Reader) -> None:
    """End a rule now. Raises Refusal("not_found") when it is not the reader's to end."""
    with transaction.atomic():
        row = (
            StandIn.objects.select_for_update(of=("self",))
            .select_related("post__unit__body")
            .filter(pk=stand_in_id)
            .first()
        )
        if row is None or not _may_rule(by, row.post):
            raise Refusal("not_found")
        if row.ended_at is not None:
            raise Refusal("repeated")
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        append_event(
            ChainRef.body(row.post.unit.body.code),
            "stand_in_ended",
            actor=by.actor(),
            details={"post": row.post.code, "officer": row.officer.code},
        )
    forget()


def stand_ins(by: Reader) -> list[StandInView]:
    """The rules of the reader's units that are not over, nearest first."""
    today = clock.today(by.zone)
    rows = StandIn.objects.filter(post__unit__in=by.unit_ids, until_on__gte=today, ended_at=None)
    return [
        StandInView(
            id=row.pk,
            post=row.post.title,
            post_code=row.post.code,
            unit=row.post.unit.name,
            officer=row.officer.name,
            from_on=row.from_on,
            until_on=row.until_on,
            why=row.why,
            has_ended=row.ended_at is not None,
            may_end=_may_rule(by, row.post),
        )
        for row in rows.select_related("post__unit", "officer").order_by("from_on", "id")
    ]


def posts_to_stand_in(by: Reader) -> list[tuple[str, Words]]:
    """Posts the reader may set a stand-in for."""
    rows = Post.objects.select_related("unit").filter(unit__in=by.unit_ids).order_by("id")
    return [(post.code, post.title) for post in rows if _may_rule(by, post)]


def colleagues(by: Reader) -> list[tuple[str, Words]]:
    """Officers of the reader's bodies who may stand in, without the reader."""
    today = clock.today(by.zone)
    rows = (
        Officer.objects.filter(appointments__post__unit__body__code__in=by.body_codes, appointments__from_on__lte=today)
        .exclude(pk=by.officer_id)
        .distinct()
        .order_by("id")
    )
    return [(row.code, row.name) for row in rows]


def hand_over_many(numbers: Sequence[str], *, to: str, why: str, by: Reader) -> list[tuple[str, Refusal | None]]:
    """Hand several cases to a colleague; each stands alone, so that one refusal does not hold up the others."""
    results: list[tuple[str, Refusal | None]] = []
    for number in numbers:
        try:
            moves.hand_over(number, by=by, to=to, why=why)
            results.append((number, None))
        except Refusal as refusal:
            results.append((number, refusal))
    return results


def _may_rule(by: Reader, post: Post) -> bool:
    if post.pk in [held.id for held in by.posts if not held.is_stand_in]:
        return True
    return any(held.unit_id == post.unit_id and "unit_head" in held.roles for held in by.posts)
