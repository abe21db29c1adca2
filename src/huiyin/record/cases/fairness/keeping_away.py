"""Somebody must stay away from a matter that is under way: at once, and what they had of it goes on to others.

Where everybody of a unit or a body is concerned, the matter rises to the next body by itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from huiyin.record import clock
from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Appointment, Officer, Post
from huiyin.record.cases import as_kept
from huiyin.record.cases.fairness.staff import desk_grants, name_desk
from huiyin.record.cases.keys import matter_keys, original_words
from huiyin.record.cases.models import About, Ask, Barred, Case, Draft, Grant, StaffComplaint
from huiyin.record.cases.who.conflict import Away, away_from
from huiyin.record.cases.who.outside import outside_post, post_above
from huiyin.record.cases.who.responsible import hand_to
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.chain import Json
from huiyin.rules.refusal import Refusal


def keep_away(
    case: Case, *, officers: Iterable[int] = (), units: Iterable[int] = (), actor: Actor, is_new_key_due: bool = False
) -> None:
    """Bar officers and units from a locked case, and pass on what they had: the matter, a draft, what was asked of them.

    The barrier holds from this transaction on: in lists, counts, search, pages and every step. ``is_new_key_due``:
    somebody who is barred already came to a desk that has its key. Raises Refusal("no_desk") where nobody is left
    who could be responsible.
    """
    is_more = bar(case, officers=officers, units=units)
    away, now = away_from(case), clock.now()
    _pass_on_matter(case, away, now, actor)
    _pass_on_desk(case, away, now)
    _pass_on_draft(case, away, now, actor)
    _pass_on_asks(case, away, now)
    _pass_on_copy(case, away, now)
    _end_other_rights(case, away, now)
    if (is_more or is_new_key_due) and case.key_epoch:
        matter_keys.begin_anew(case)


def bar(case: Case, *, officers: Iterable[int] = (), units: Iterable[int] = ()) -> bool:
    """The barrier alone, in rows and history; gives whether anybody is barred who was not."""
    known = away_from(case)
    rows = [Barred(case=case, officer_id=each) for each in sorted(set(officers) - known.officers)]
    rows += [Barred(case=case, unit_id=each) for each in sorted(set(units) - known.units)]
    Barred.objects.bulk_create(rows)
    if rows:
        append_event(ChainRef.case(case.number), "kept_away", actor=Actor.system(), details={"bound": bound(case)})
    return bool(rows)


def bound(case: Case) -> dict[str, Json]:
    """Whom a matter names and keeps away now, as its history binds it anew."""
    rows = list(Barred.objects.filter(case=case))
    officers = [row.officer_id for row in rows if row.officer_id]
    units = [row.unit_id for row in rows if row.unit_id]
    named = as_kept.of_named(About.objects.filter(case=case), officers, units)
    return {**named, "is_restricted": case.is_restricted}


def stays_away(post: Post | None, away: Away) -> bool:
    """Whether whoever acts in a post must stay away, for another post they hold too; an empty post alone concerns nobody."""
    if post is None:
        return False
    holder = bodies.holders([post.pk]).get(post.pk)
    if post.unit_id in away.units or holder is None:
        return post.unit_id in away.units
    return holder.pk in away.officers or not away.units.isdisjoint(bodies.reader_of(holder).unit_ids)


def _pass_on_matter(case: Case, away: Away, now: datetime.datetime, actor: Actor) -> None:
    post = case.responsible_post
    if not case.is_open or post is None or not stays_away(post, away):
        return
    next_post = _next_responsible(case, post, away)
    holder = bodies.holders([next_post.pk])[next_post.pk]
    before = case.body
    details = hand_to(case, next_post, holder, now, why="stays away")
    case.version += 1
    case.save()
    append_event(ChainRef.case(case.number), "responsible_changed", actor=actor, details=details)
    if case.body_id != before.pk:
        rose: dict[str, Json] = {"to": next_post.code, "to_zh": case.body.name_zh, "to_en": case.body.name_en}
        append_event(ChainRef.case(case.number), "rose_to_next_body", actor=Actor.system(), details=rose)


def _next_responsible(case: Case, post: Post, away: Away) -> Post:
    """Who assigns it anew: the head of the unit; of a matter that names staff, or where the head is concerned, a desk outside."""
    if not case.is_restricted:
        for role in ("unit_head", "registrar"):
            found = away.first(bodies.posts_with_role(role, units=[post.unit_id]))
            if found is not None:
                return found
    outside = outside_post([bodies.receiving_body() or case.body, case.body], away) or post_above(post, away)
    if outside is None:
        raise Refusal("no_desk")
    return outside


def _pass_on_desk(case: Case, away: Away, now: datetime.datetime) -> None:
    """The desk outside that keeps a matter about staff in hand, where it must stay away itself by now."""
    for grant in desk_grants(case):
        if stays_away(grant.post, away):
            Grant.objects.filter(pk=grant.pk).update(until_at=now)
            post = outside_post([bodies.receiving_body() or case.body, case.body], away)
            if post is not None:
                name_desk(case, post, StaffComplaint.objects.get(case=case))


def _pass_on_draft(case: Case, away: Away, now: datetime.datetime, actor: Actor) -> None:
    """A draft that lies with somebody who must stay away, or was written there, begins anew with whoever is responsible."""
    draft = Draft.objects.select_related("waiting_post", "drafted_by_post").filter(case=case).first()
    if draft is None or not (stays_away(draft.waiting_post, away) or stays_away(draft.drafted_by_post, away)):
        return
    Grant.objects.filter(case=case, capacity="sign_off", until_at=None).update(until_at=now)
    move = draft.move
    draft.delete()
    details: dict[str, Json] = {"move": move, "bound": {"draft": None}}
    append_event(ChainRef.case(case.number), "draft_returned", actor=actor, details=details)


def _pass_on_asks(case: Case, away: Away, now: datetime.datetime) -> None:
    for row in Ask.objects.select_related("owed_by__unit__body").filter(case=case, state="open"):
        if stays_away(row.owed_by, away):
            post = post_above(row.owed_by, away) or outside_post([bodies.receiving_body() or case.body], away)
            if post is not None:
                Ask.objects.filter(pk=row.pk).update(owed_by=post)
                why = f"{row.kind} {row.number}"
                grants = Grant.objects.filter(case=case, post=row.owed_by, why=why, until_at=None)
                for capacity in list(grants.values_list("capacity", flat=True)):
                    Grant.objects.create(case=case, post=post, capacity=capacity, from_at=now, why=why)
                grants.update(until_at=now)


def _pass_on_copy(case: Case, away: Away, now: datetime.datetime) -> None:
    """The original words behind a copy for readers: kept by whoever is responsible, where their keeper must stay away."""
    copy = original_words.latest(case)
    if copy is None or case.responsible_post is None or not stays_away(copy.post, away):
        return
    copy.post = case.responsible_post
    copy.save(update_fields=["post"])
    Grant.objects.filter(case=case, capacity="keeper", until_at=None).update(until_at=now)
    Grant.objects.create(case=case, post=copy.post, capacity="keeper", from_at=now, why="keeps the original")
    details: dict[str, Json] = {"to": copy.post.code}
    append_event(ChainRef.case(case.number), "keeper_changed", actor=Actor.system(), details=details)


def _end_other_rights(case: Case, away: Away, now: datetime.datetime) -> None:
    """Rights to read that lie with a unit, or with somebody appointed to a post, that must stay away; a stand-in passes."""
    for grant in Grant.objects.select_related("post").filter(case=case, until_at=None).exclude(capacity="responsible"):
        day = bodies.on_day(clock.today(case.body.time_zone))
        own = Appointment.objects.filter(day, post=grant.post, officer__in=away.officers)
        if grant.post.unit_id in away.units or own.exists():
            Grant.objects.filter(pk=grant.pk).update(until_at=now)


def holder_of(post: Post | None) -> Officer | None:
    """Who acts in a post today."""
    return bodies.holders([post.pk]).get(post.pk) if post else None
