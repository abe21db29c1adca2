"""Desk grants: a post may open the unrestricted cases of one unit, from a day on, and why."""

from __future__ import annotations

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies.models import Post, Unit
from huiyin.record.cases.models import Grant
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef


def grant_desk(post_code: str, unit_code: str, *, why: str, by: Actor | None = None) -> None:
    """Let a post open the cases of a unit's desk; an event in the body's chain tells of it."""
    post = Post.objects.get(code=post_code)
    unit = Unit.objects.select_related("body").get(code=unit_code)
    with transaction.atomic():
        Grant.objects.create(post=post, capacity="desk", unit=unit, from_at=clock.now(), why=why)
        append_event(
            ChainRef.body(unit.body.code),
            "desk_granted",
            actor=by or Actor.system(),
            details={"post": post.code, "unit": unit.code, "why": why},
        )
