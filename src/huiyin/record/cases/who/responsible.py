"""Exactly one post is responsible for an open case; this is how it passes on."""

from __future__ import annotations

import datetime
from collections import Counter

from django.db.models import QuerySet

from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Body, Officer, Post
from huiyin.record.cases import milestones
from huiyin.record.cases.models import Case, CaseLink, Duty, Grant
from huiyin.record.cases.who.conflict import Away, away_from
from huiyin.record.law.versions import procedure_of
from huiyin.rules.chain import Json
from huiyin.rules.duties import PENDING
from huiyin.rules.refusal import Refusal


def name_responsible(case: Case, post_code: str, now: datetime.datetime) -> dict[str, Json]:
    """Give the case to another post; exactly one is responsible before and after. The case is not saved here.

    Raises Refusal("unknown_choice", field="to") for a post that does not exist,
    is empty, belongs elsewhere, or is concerned by the matter: all alike.
    """
    post = Post.objects.select_related("unit__body").filter(code=post_code).first()
    acting = bodies.holders([post.pk]) if post else {}
    if post is None or not (
        _may_be_given(_roles_of(case), post, acting.get(post.pk), away_from(case)) and _takes(case, post.unit.body)
    ):
        raise Refusal("unknown_choice", field="to")
    return hand_to(case, post, acting[post.pk], now, why="assigned")


def hand_to(case: Case, post: Post, officer: Officer, now: datetime.datetime, *, why: str) -> dict[str, Json]:
    """Make a post responsible whose right to it is settled, also for what is still owed; the case is not saved here."""
    Duty.objects.filter(case=case, state__in=PENDING).update(owed_by=post)
    Grant.objects.filter(case=case, capacity="responsible", until_at=None).update(until_at=now)
    Grant.objects.create(post=post, capacity="responsible", case=case, from_at=now, why=why)
    before = case.body
    case.responsible_post, case.unit, case.body = post, post.unit, post.unit.body
    milestones.note_passage(case, before)
    let_read_what_came_before(case, post, now)
    return {
        "to": post.code,
        "to_zh": f"{post.unit.name_zh} {officer.name_zh}",
        "to_en": f"{officer.name_en}, {post.unit.name_en}",
    }


def let_read_what_came_before(case: Case, post: Post, now: datetime.datetime) -> None:
    """Whoever is responsible for a review, or for what is new, reads the matters before it; nobody who was before does.

    Those who look into pressure read them as "outside": what they look at, the units concerned do not see.
    """
    earlier = line_before(case)
    capacity = "outside" if _is_of_pressure([case.pk, *earlier]) else "earlier_file"
    _reading(case, earlier).exclude(post=post).update(until_at=now)
    for key in earlier:
        Grant.objects.get_or_create(
            case_id=key, post=post, capacity=capacity, why=case.number, until_at=None, defaults={"from_at": now}
        )


def close_what_came_before(case: Case, now: datetime.datetime) -> None:
    """What has ended needs the earlier file no longer."""
    _reading(case, line_before(case)).update(until_at=now)


def _reading(case: Case, earlier: list[int]) -> QuerySet[Grant]:
    reading = ("earlier_file", "outside")
    return Grant.objects.filter(case__in=earlier, capacity__in=reading, why=case.number, until_at=None)


def _is_of_pressure(cases: list[int]) -> bool:
    return len(cases) > 1 and Case.scoped.filter(pk__in=cases, channel="pressure").exists()


def line_before(case: Case) -> list[int]:
    """The matters that a review looks at again, that this one comes back to, or because of which there was pressure."""
    line = [case.pk]
    for key in line:
        found = CaseLink.objects.filter(to_case=key, kind__in=("review", "recheck", "joined", "retaliation"))
        line += [each for each in found.values_list("from_case_id", flat=True) if each not in line]
    return line[1:]


def assignable_posts(case: Case) -> list[tuple[str, str, str]]:
    """Posts this case may be given to, as (code, Chinese label, English label)."""
    rows = list(Post.objects.select_related("unit__body").order_by("unit__body_id", "unit_id", "id"))
    acting = bodies.holders([post.pk for post in rows])
    away, takes = away_from(case), {body: _takes(case, body) for body in {post.unit.body for post in rows}}
    roles = _roles_of(case)
    posts = [post for post in rows if _may_be_given(roles, post, acting.get(post.pk), away) and takes[post.unit.body]]
    held = Counter(acting[post.pk].pk for post in posts)
    return [_labelled(post, acting[post.pk], held[acting[post.pk].pk] > 1) for post in posts]


def _roles_of(case: Case) -> set[str]:
    """Whose work a matter can be; a mediator gets disputes alone."""
    is_dispute = procedure_of(case.law_id).kind == "mediation"
    return {"handler", "reviewer", "registrar", "unit_head"} | ({"mediator"} if is_dispute else set())


def _may_be_given(roles: set[str], post: Post, holder: Officer | None, away: Away) -> bool:
    """A post that handles matters, and that the matter does not keep away."""
    return bool(roles & set(post.roles)) and away.allows(post, holder)


def _takes(case: Case, body: Body) -> bool:
    """Whether posts of a body may be given the case: its own body, those below it, or any from a desk that takes matters in."""
    return case.unit.is_outside_desk or case.unit.is_intake or case.body in bodies.line_of_bodies(body)


def _labelled(post: Post, officer: Officer, has_several: bool) -> tuple[str, str, str]:
    """Code and labels of a post; whoever holds several is listed with the title of each."""
    zh, en = (f"（{post.title_zh}）", f" ({post.title_en})") if has_several else ("", "")
    return (
        post.code,
        f"{post.unit.body.name_zh} · {post.unit.name_zh} · {officer.name_zh}{zh}",
        f"{officer.name_en}{en} · {post.unit.name_en} · {post.unit.body.name_en}",
    )
