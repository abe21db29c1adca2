"""Which desk outside the units concerned takes something: what one complains of is never handed to those it is about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain

from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Body, Unit
from huiyin.record.bodies.models import Post as Post
from huiyin.record.cases.models import Case, Grant
from huiyin.record.cases.who.conflict import Away

HANDLED = ("responsible", "co_handler")


def outside_post(starts: Sequence[Body], away: Away, *, role: str = "") -> Post | None:
    """The post outside the units that must stay away: one with ``role``, then the outside desks, then higher intakes.

    Each is looked for at the bodies and their superiors, nearest first. None: everybody there is concerned.
    """
    lines = [bodies.line_of_bodies(body) for body in dict.fromkeys(starts)]
    for each in chain.from_iterable(lines if role else ()):
        found = away.first(bodies.posts_with_role(role, body=each.pk))
        if found is not None:
            return found
    for each in chain.from_iterable(lines):
        found = away.first(_registrars(each, Unit.objects.filter(body=each, is_outside_desk=True).order_by("id")))
        if found is not None:
            return found
    for each in chain.from_iterable(line[1:] for line in lines):
        units = Unit.objects.filter(body=each, is_intake=True).order_by("-receives_online", "id")
        found = away.first(_registrars(each, units))
        if found is not None:
            return found
    return None


def post_above(post: Post, away: Away) -> Post | None:
    """The next one above a post whom the matter does not concern: the head of its unit, of its body, of the bodies above."""
    is_head = not {"unit_head", "body_head"}.isdisjoint(post.roles)
    if not is_head:
        found = away.first(bodies.posts_with_role("unit_head", units=[post.unit_id]))
        if found is not None:
            return found
    line = bodies.line_of_bodies(post.unit.body)
    for each in line[1:] if "body_head" in post.roles else line:
        found = away.first(bodies.posts_with_role("body_head", body=each.pk))
        if found is not None:
            return found
    return None


def _registrars(body: Body, units: Collection[Unit]) -> list[Post]:
    order = [unit.pk for unit in units]
    posts = [post for post in bodies.posts_with_role("registrar", body=body.pk) if post.unit_id in order]
    return sorted(posts, key=lambda post: (order.index(post.unit_id), post.pk))


def units_that_handled(cases: Collection[Case] | Collection[int]) -> frozenset[int]:
    """The units that were ever responsible for one of the cases, or are now."""
    grants = Grant.objects.filter(case__in=list(cases), capacity__in=HANDLED)
    return frozenset(grants.values_list("post__unit", flat=True))


def without_outside_desks(units: frozenset[int]) -> frozenset[int]:
    """Those of the units that are no outside desk."""
    desks = Unit.objects.filter(pk__in=units, is_outside_desk=True).values_list("pk", flat=True)
    return units - frozenset(desks)
