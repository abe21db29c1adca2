"""Who holds the desks on which an office's promises rest; two people decide who does, and what is unmet is said in public."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from huiyin.record import clock, remembered
from huiyin.record.approvals import actions as approvals
from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Appointment, Body, Officer, Post, Unit
from huiyin.record.cases.fairness import changing_hands
from huiyin.record.cases.who.grants import grant_desk
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.desks import DESKS, Desk, Why, why_unmet
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal

KIND = "desk_holder"
LENT = Words("借用岗位", "Desks lent to this body")


@dataclass(frozen=True, slots=True)
class Held:
    """One desk of a body: who holds it and where that officer sits; ``why`` its promise is unmet, empty where it holds."""

    id: str
    desk: Desk
    holder: Words | None
    within: Words | None
    is_lent: bool
    why: Why


@dataclass(frozen=True, slots=True)
class Profile:
    """The five desks of one body."""

    code: str
    body: Words
    desks: tuple[Held, ...]

    @property
    def unmet(self) -> tuple[Held, ...]:
        """Those whose promise does not hold."""
        return tuple(each for each in self.desks if each.why)


def profile(code: str) -> Profile:
    """Who holds which desk of a body today, as matters would find them. Raises Refusal("not_found")."""
    body = Body.objects.filter(code=code).first()
    if body is None:
        raise Refusal("not_found")
    line = bodies.line_of_bodies(body)
    receiving = bodies.receiving_body()
    wider = [*line, *(each for each in ([receiving] if receiving else []) if each not in line)]
    own = _own_roles(body)
    return Profile(
        body.code, body.name, tuple(_held(name, body, line[1:] if name == "review" else wider, own) for name in DESKS)
    )


@remembered.remembered
def profiles() -> tuple[Profile, ...]:
    """Those of every body where matters are handled, in the order of set-up."""
    handled = {post.unit.body_id for post in bodies.posts_with_role("handler")}
    return tuple(profile(body.code) for body in Body.objects.filter(pk__in=handled).order_by("id"))


def propose(desk: str, *, body: str, holder: str, why: str, by: Actor, body_code: str) -> int:
    """Ask for a second person: an officer is to hold a desk of a body, or, for reviews, another body is to stand above it.

    Raises Refusal("unknown_choice") for either, and Refusal("input_missing") without a reason.
    """
    if desk not in DESKS or not Body.objects.filter(code=body).exists():
        raise Refusal("unknown_choice", field="desk")
    _to_hold(desk, body, holder)
    return approvals.propose(KIND, {"desk": desk, "body": body, "holder": holder}, why=why, body_code=body_code, by=by)


def approve(proposal: int, *, by: Actor) -> None:
    """Let it be so, as the second person. Raises what ``approvals.approve`` and ``propose`` refuse."""
    with transaction.atomic():
        payload: Mapping[str, Any] = approvals.approve(proposal, kind=KIND, by=by)
        desk, body = str(payload["desk"]), Body.objects.get(code=payload["body"])
        officer, above = _to_hold(desk, body.code, str(payload["holder"]))
        if above is not None:
            body.superior = above
            body.save(update_fields=["superior"])
        elif officer is not None:
            _appoint(_post_of(desk, body, by), officer)
            remembered.forget()
            changing_hands.hold([officer.pk])
        details = {"desk": desk, "holder": str(payload["holder"])}
        append_event(ChainRef.body(body.code), "desk_held", actor=by, details=details)
    remembered.forget()


def decline(proposal: int, *, why: str, by: Actor) -> None:
    """Say no, or take back one's own."""
    with transaction.atomic():
        approvals.decline(proposal, kind=KIND, why=why, by=by)


def names_of(payload: Mapping[str, Any]) -> tuple[Words, Words, Words]:
    """Desk, body and holder of a proposal in words."""
    body = Body.objects.filter(code=payload["body"]).first()
    found = (
        Officer.objects.filter(code=payload["holder"]).first() or Body.objects.filter(code=payload["holder"]).first()
    )
    unknown = Words(str(payload["holder"]), str(payload["holder"]))
    return DESKS[str(payload["desk"])].name, body.name if body else unknown, found.name if found else unknown


def _to_hold(desk: str, body: str, holder: str) -> tuple[Officer | None, Body | None]:
    """The officer, or for reviews the body, that is to hold a desk."""
    if desk != "review":
        officer = Officer.objects.filter(code=holder).first()
        if officer is None:
            raise Refusal("unknown_choice", field="officer")
        return officer, None
    above = Body.objects.filter(code=holder).first()
    if above is None or body in {each.code for each in bodies.line_of_bodies(above)}:
        raise Refusal("unknown_choice", field="officer")
    return None, above


def _held(name: str, body: Body, where: list[Body], own: Mapping[int, frozenset[str]]) -> Held:
    desk = DESKS[name]
    for each in where:
        posts = bodies.posts_with_role(desk.role, body=each.pk)
        if name == "outside":
            posts = [post for post in posts if post.unit.is_outside_desk]
        acting = bodies.holders([post.pk for post in posts])
        for post in posts:
            officer = acting.get(post.pk)
            if officer is not None:
                home = _home_of(officer, body) or each
                why = why_unmet(officer.pk, own)
                return Held(name, desk, officer.name, home.name, home != body, why)
    return Held(name, desk, None, None, False, why_unmet(None, own))


def _home_of(officer: Officer, body: Body) -> Body | None:
    """Another body in which an officer sits, where there is one: then the officer is lent."""
    rows = Appointment.objects.select_related("post__unit__body").filter(_today(), officer=officer).order_by("id")
    return next((row.post.unit.body for row in rows if row.post.unit.body_id != body.pk), None)


def _own_roles(body: Body) -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = defaultdict(frozenset)
    for row in Appointment.objects.select_related("post").filter(_today(), post__unit__body=body):
        found[row.officer_id] |= frozenset(row.post.roles)
    return found


def _today() -> Any:
    return bodies.on_day(clock.today(settings.TIME_ZONE))


def _post_of(desk: str, body: Body, by: Actor) -> Post:
    """The post of a desk in its own body; made, in a unit apart from all others, where there is none."""
    role = DESKS[desk].role
    for post in bodies.posts_with_role(role, body=body.pk):
        if desk != "outside" or post.unit.is_outside_desk:
            return post
    is_outside = desk == "outside"
    name = DESKS[desk].name if is_outside else LENT
    unit, _ = Unit.objects.get_or_create(
        code=f"{body.code[:40]}-{'outside' if is_outside else 'lent'}",
        defaults={"body": body, "name_zh": name.zh, "name_en": name.en, "is_outside_desk": is_outside},
    )
    title = DESKS[desk].name
    post = Post.objects.create(
        code=f"{body.code[:40]}-{desk}", unit=unit, title_zh=title.zh, title_en=title.en, roles=[role]
    )
    if is_outside:
        grant_desk(post.code, unit.code, why="desk of the unit", by=by)
    return post


def _appoint(post: Post, officer: Officer) -> None:
    today = clock.today(settings.TIME_ZONE)
    for row in Appointment.objects.select_for_update(of=("self",)).filter(post=post, until_on=None):
        row.until_on = max(row.from_on, today - datetime.timedelta(days=1))
        row.save(update_fields=["until_on"])
    Appointment.objects.create(post=post, officer=officer, from_on=today)
