"""A question about a look: whoever opened the matter says why, by a day."""

from __future__ import annotations

from django.db import transaction

from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Officer, Post
from huiyin.record.cases.asks import asking
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.models import Ask, Case
from huiyin.record.cases.opening import access
from huiyin.record.cases.shown.timeline import LOOKS
from huiyin.record.cases.who import scope
from huiyin.record.cases.who.conflict import Away, away_from
from huiyin.record.cases.who.outside import outside_post, post_above
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.ledger.queries import EventView, event_of
from huiyin.rules.refusal import Refusal


def ask_about_look(holder: Holder, seq: int, *, case_number: str = "", text: str) -> int:
    """Ask why somebody opened the matter; ``seq`` is the number of the look. Gives the number of the question.

    It is asked of the one who looked, where that officer is away of the head of the unit. Raises
    Refusal("not_found") for what is no look of an officer, "repeated" for one that was asked about before,
    "empty" or "too_long" for the words, and "no_desk".
    """
    text = asking.checked(text)
    with transaction.atomic():
        case = scope.locked(access.family_case(holder, case_number).pk)
        event = event_of(ChainRef.case(case.number), seq)
        if event is None or event.kind not in LOOKS or event.actor.get("kind") != "officer":
            raise Refusal("not_found")
        if Ask.objects.filter(case=case, kind="look", look_seq=seq).exists():
            raise Refusal("repeated")
        post = who_answers(case, event)
        if post is None:
            raise Refusal("no_desk")
        return asking.ask(case, "look", of=post, actor=Actor.complainant(holder.helper), text=text, look_seq=seq).number


def who_answers(case: Case, event: EventView) -> Post | None:
    """The post of whoever looked; where that officer is away or must stay away from the matter, somebody above or outside."""
    away = away_from(case)
    post = Post.objects.select_related("unit__body").filter(code=str(event.actor.get("post", ""))).first()
    own = _post_of(event.actor.get("officer_id"), post, away)
    if own is not None:
        return own
    above = post_above(post, away) if post else None
    return above or outside_post([bodies.receiving_body() or case.body], away)


def _post_of(officer_id: object, then: Post | None, away: Away) -> Post | None:
    """Where the officer can be asked today: in the post of then, else in another one; nowhere while somebody stands in."""
    officer = Officer.objects.filter(pk=officer_id).first() if isinstance(officer_id, int) else None
    if officer is None:
        return None
    held = [each.id for each in bodies.reader_of(officer).posts if not each.is_stand_in]
    posts = sorted(Post.objects.select_related("unit").filter(pk__in=held), key=lambda each: (each != then, each.pk))
    acting = bodies.holders([each.pk for each in posts])
    return next((each for each in posts if acting.get(each.pk) == officer and away.allows(each, officer)), None)
