"""Who hears of a missed day: the nearest superior whom the matter does not concern, with a grant to look into it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from huiyin.record import clock
from huiyin.record.bodies.models import Post
from huiyin.record.cases.models import Case, Grant
from huiyin.record.cases.who.conflict import Nearest, away_from_each

ESCALATES_TO = {"superior": ("unit_head", "body_head"), "supervision": ("supervisor", "body_head")}
Rung = tuple[int, str]
"""The key of a case, and the rung of the ladder it has reached."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What the clock must know of a case; no words of it."""

    key: int
    number: str
    law: int
    unit: int
    body: int
    responsible: int | None
    zone: str
    country: str


def matters_of(keys: Collection[int]) -> dict[int, Matter]:
    """The cases by their keys, as the clock sees them."""
    names = ("pk", "number", "law_id", "unit_id", "body_id", "responsible_post_id", "body__time_zone", "body__calendar")
    return {row[0]: Matter(*row) for row in Case.scoped.filter(pk__in=keys).values_list(*names)}


@dataclass(slots=True)
class Ladder:
    """Reports what was missed to superiors; what it has learned of posts and bodies holds for one run of the clock."""

    _nearest: Nearest = field(default_factory=Nearest)

    def climb(self, missed: Iterable[tuple[Matter, str, str]]) -> dict[Rung, Post]:
        """The post to which each missed duty is reported; it may open the case from now on.

        ``missed`` are the case, the rung (a key of ``ESCALATES_TO``) and the term. A rung that no post
        without a part in the matter can take is left out.
        """
        wanted: dict[Rung, tuple[Matter, str]] = {}
        for matter, rung, term in missed:
            wanted.setdefault((matter.key, rung), (matter, term))
        if not wanted:
            return {}
        away = away_from_each({key for key, _ in wanted})
        found: dict[Rung, Post] = {}
        for (key, rung), (matter, _) in wanted.items():
            post = self._nearest.post(
                ESCALATES_TO[rung], unit=matter.unit, body=matter.body, away=away[key], without=matter.responsible
            )
            if post is not None:
                found[key, rung] = post
        _grant(found, {each: term for each, (_, term) in wanted.items()})
        return found


def _grant(found: Mapping[Rung, Post], why: Mapping[Rung, str]) -> None:
    current = Grant.objects.filter(case__in={key for key, _ in found}, capacity__in=ESCALATES_TO, until_at=None)
    known = set(current.values_list("case_id", "capacity", "post_id"))
    now = clock.now()
    Grant.objects.bulk_create(
        Grant(case_id=key, post=post, capacity=rung, from_at=now, why=why[key, rung])
        for (key, rung), post in found.items()
        if (key, rung, post.pk) not in known
    )
