"""Who must stay away from a case, and who of those asked for may have a part in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Body, Officer, Post, Unit
from huiyin.record.cases.models import Barred, Case


@dataclass(frozen=True, slots=True)
class Away:
    """The units and officers that a case keeps away, by their keys."""

    units: frozenset[int] = frozenset()
    officers: frozenset[int] = frozenset()

    def allows(self, post: Post, holder: Officer | None) -> bool:
        """Whether a post may have a part in the case: it is filled, and neither its unit nor its holder is named."""
        return holder is not None and holder.pk not in self.officers and post.unit_id not in self.units

    def first(self, posts: Iterable[Post]) -> Post | None:
        """The first of the posts that may have a part in the case."""
        found = list(posts)
        acting = bodies.holders([post.pk for post in found])
        return next((post for post in found if self.allows(post, acting.get(post.pk))), None)


def away_from(case: Case) -> Away:
    """Who must stay away from one case."""
    return away_from_each([case.pk])[case.pk]


def away_from_each(cases: Collection[int]) -> dict[int, Away]:
    """Who must stay away, case by case."""
    units: dict[int, set[int]] = {key: set() for key in cases}
    officers: dict[int, set[int]] = {key: set() for key in cases}
    for case, unit, officer in Barred.objects.filter(case__in=cases).values_list("case_id", "unit_id", "officer_id"):
        if unit is not None:
            units[case].add(unit)
        if officer is not None:
            officers[case].add(officer)
    return {key: Away(frozenset(units[key]), frozenset(officers[key])) for key in cases}


def goes_to_the_accused(case: Case, code: str) -> bool:
    """Whether the post, unit or body that has the ``code`` is one that the case names.

    A body is, when every unit of it is kept away (Regulations on Petitions, Articles 30 and 46).
    """
    away = away_from(case)
    post = Post.objects.filter(code=code).first()
    if post is not None:
        holder = bodies.holders([post.pk]).get(post.pk)
        return post.unit_id in away.units or (holder is not None and holder.pk in away.officers)
    unit = Unit.objects.filter(code=code).values_list("pk", flat=True).first()
    if unit is not None:
        return unit in away.units
    body = Body.objects.filter(code=code).values_list("pk", flat=True).first()
    units = bodies.units_of_bodies([body]) if body is not None else set()
    return bool(units) and units <= away.units


@dataclass(slots=True)
class Nearest:
    """Finds the post of a role that is nearest to a case; what it has learned of posts and bodies holds while it lives."""

    _posts: dict[tuple[str, str, int], list[Post]] = field(default_factory=dict)
    _lines: dict[int, list[int]] = field(default_factory=dict)
    _acting: dict[int, Officer | None] = field(default_factory=dict)

    def post(
        self, roles: Iterable[str], *, unit: int, body: int, away: Away, without: int | None = None
    ) -> Post | None:
        """The nearest post with one of the roles: in the unit, in the body, then in the bodies above; not ``without``."""
        for role in roles:
            for kind, place in [("unit", unit), *(("body", each) for each in self._line(body))]:
                for post in self._with_role(role, kind, place):
                    if post.pk != without and away.allows(post, self._acting[post.pk]):
                        return post
        return None

    def _with_role(self, role: str, kind: str, place: int) -> list[Post]:
        key = (role, kind, place)
        if key not in self._posts:
            found = (
                bodies.posts_with_role(role, units=[place])
                if kind == "unit"
                else bodies.posts_with_role(role, body=place)
            )
            acting = bodies.holders([post.pk for post in found])
            self._acting.update({post.pk: acting.get(post.pk) for post in found})
            self._posts[key] = found
        return self._posts[key]

    def _line(self, body: int) -> list[int]:
        if body not in self._lines:
            self._lines[body] = [each.pk for each in bodies.line_of_bodies(Body.objects.get(pk=body))]
        return self._lines[body]
