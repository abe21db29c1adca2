"""Exactly one post is responsible for an open case; this is how it passes on."""

from __future__ import annotations

import datetime
from collections import Counter

from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Officer, Post
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases import scope
from huiyin.record.cases.models import Barred, Case, Grant
from huiyin.rules.chain import Json
from huiyin.rules.refusal import Refusal


def name_responsible(case: Case, post_code: str, now: datetime.datetime) -> dict[str, Json]:
    """Give the case to another post; exactly one is responsible before and after. The case is not saved here.

    Raises Refusal("unknown_choice", field="to") for a post that does not exist,
    is empty, belongs elsewhere, or is concerned by the matter: all alike.
    """
    post = Post.objects.select_related("unit__body").filter(code=post_code).first()
    acting = bodies.holders([post.pk]) if post else {}
    if post is None or post.pk not in acting or not may_be_given(case, post, acting[post.pk].pk):
        raise Refusal("unknown_choice", field="to")
    Grant.objects.filter(case=case, capacity="responsible", until_at=None).update(until_at=now)
    Grant.objects.create(post=post, capacity="responsible", case=case, from_at=now, why="assigned")
    case.responsible_post, case.unit, case.body = post, post.unit, post.unit.body
    officer = acting[post.pk]
    return {
        "to": post.code,
        "to_zh": f"{post.unit.name_zh} {officer.name_zh}",
        "to_en": f"{officer.name_en}, {post.unit.name_en}",
    }


def may_be_given(case: Case, post: Post, officer_id: int) -> bool:
    """A post of this body or one below it, whose holder and unit the matter does not name."""
    if not {"handler", "reviewer", "registrar", "unit_head"} & set(post.roles):
        return False
    if (
        case.body not in bodies.line_of_bodies(post.unit.body)
        and not case.unit.is_outside_desk
        and not case.unit.is_intake
    ):
        return False
    barred = Barred.objects.filter(case=case)
    return not barred.filter(unit=post.unit_id).exists() and not barred.filter(officer=officer_id).exists()


def assignable_posts(case_number: str, *, reader: Reader) -> list[tuple[str, str, str]]:
    """Posts this case may be given to, as (code, Chinese label, English label); only for those who may open it."""
    case = scope.openable(reader).select_related("body", "unit").filter(number=case_number).first()
    if case is None:
        raise Refusal("not_found")
    rows = list(Post.objects.select_related("unit__body").order_by("unit__body_id", "unit_id", "id"))
    acting = bodies.holders([post.pk for post in rows])
    posts = [post for post in rows if post.pk in acting and may_be_given(case, post, acting[post.pk].pk)]
    held = Counter(acting[post.pk].pk for post in posts)
    return [_labelled(post, acting[post.pk], held[acting[post.pk].pk] > 1) for post in posts]


def _labelled(post: Post, officer: Officer, has_several: bool) -> tuple[str, str, str]:
    """Code and labels of a post; whoever holds several is listed with the title of each."""
    zh, en = (f"（{post.title_zh}）", f" ({post.title_en})") if has_several else ("", "")
    return (
        post.code,
        f"{post.unit.body.name_zh} · {post.unit.name_zh} · {officer.name_zh}{zh}",
        f"{officer.name_en}{en} · {post.unit.name_en} · {post.unit.body.name_en}",
    )
