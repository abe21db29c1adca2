"""Who is rung now: the duty of an area, then that of the areas above, then who answers for them; again until one answers.

Each step is an event of the body's chain. Being rung opens no matter, and not to have answered leaves no figure.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from huiyin.record import clock
from huiyin.record.bodies import ground
from huiyin.record.bodies.models import Area, Body, DutyShift, Post, Ring, RingStep
from huiyin.record.bodies.queries import Reader, holders, receiving_body
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules import ground as rule
from huiyin.rules.chain import Json
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal

NOBODY = Words("", "")
MOST_AT_ONCE = 50
SHOWN_FOR = datetime.timedelta(days=7)  # an answered ring stays on the page so long


@dataclass(frozen=True, slots=True)
class Step:
    """One who was rung."""

    post: Words
    officer: Words
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Ringing:
    """A ring as those who may answer it see it."""

    id: int
    area: Words
    kind: Words
    case_number: str
    begun_at: datetime.datetime
    answered_at: datetime.datetime | None
    answered_by: Words
    steps: tuple[Step, ...]
    is_mine: bool


def begin_ring(area: str, *, kind: str, by: Actor, case_number: str = "") -> int:
    """Ring who is on duty for an area, at once; the same matter rings once at a time. Gives the ring's key.

    Raises Refusal("not_found"), Refusal("unknown_choice"), Refusal("repeated"), and Refusal("no_desk") where there is
    nobody to ring.
    """
    here = Area.objects.filter(code=area).first()
    if here is None:
        raise Refusal("not_found")
    if kind not in rule.RING_KINDS:
        raise Refusal("unknown_choice", field="kind")
    order, body = _order(area), receiving_body()
    if not order or body is None:
        raise Refusal("no_desk")
    try:
        with transaction.atomic():
            now = clock.now()
            row = Ring.objects.create(
                area=here, body=body, kind=kind, case_number=case_number, begun_at=now, next_at=now
            )
            _tell(row, "ring_begun", by, area=area, kind=kind)
            _step(row, order, now)
    except IntegrityError:
        raise Refusal("repeated") from None
    return row.pk


def ring_on() -> int:
    """Ring the next one wherever nobody answered in time; gives how many were rung."""
    now, rung = clock.now(), 0
    for key in Ring.objects.filter(next_at__lte=now).order_by("next_at").values_list("pk", flat=True)[:MOST_AT_ONCE]:
        with transaction.atomic():
            row = Ring.objects.select_for_update(of=("self",)).select_related("area", "body").get(pk=key)
            if row.next_at is not None and row.next_at <= now:
                _step(row, _order(row.area.code), now)
                rung += 1
    return rung


def answer_ring(key: int, *, by: Reader) -> None:
    """I see to it. Raises Refusal("not_found") for who is not in its order, Refusal("repeated") once it was answered."""
    with transaction.atomic():
        row = Ring.objects.select_for_update(of=("self",)).select_related("area", "body").filter(pk=key).first()
        post = next((each for each in _order(row.area.code) if each in by.post_ids), None) if row else None
        if row is None or (post is None and not _was_rung(row, by)):
            raise Refusal("not_found")
        if row.answered_at is not None:
            raise Refusal("repeated")
        seat = Post.objects.get(pk=post or by.post_ids[0])
        row.answered_at, row.answered_by, row.next_at = clock.now(), seat, None
        row.save(update_fields=["answered_at", "answered_by", "next_at"])
        _tell(row, "ring_answered", by.actor(seat.pk), post=seat.code)


def forget_whose() -> int:
    """A week after a ring was answered it no longer tells which matter it was about; gives how many."""
    over = Ring.objects.filter(answered_at__lt=clock.now() - SHOWN_FOR).exclude(case_number="")
    return over.update(case_number="")


def rings_of(reader: Reader) -> list[Ringing]:
    """Rings that the reader may answer or was rung for, those that go on first; answered ones for a week."""
    now = clock.now()
    rows = Ring.objects.filter(begun_at__gt=now - SHOWN_FOR).select_related("area", "answered_by")
    found = []
    for row in rows.order_by("-begun_at")[:MOST_AT_ONCE]:
        is_in_order = bool(set(_order(row.area.code)) & set(reader.post_ids))
        if is_in_order or _was_rung(row, reader):
            found.append(_shown(row, reader))
    return sorted(found, key=lambda each: each.answered_at is not None)


def ringing_for(reader: Reader) -> int:
    """How many rings wait for an answer of the reader."""
    if not Ring.objects.filter(answered_at=None).exists():
        return 0
    return sum(each.answered_at is None for each in rings_of(reader))


def _order(area: str) -> list[int]:
    """Posts in the order in which they are rung: duty first, nearest first, then those who answer; only those held today."""
    now = clock.now()
    levels = ground.levels(area)
    shifts = DutyShift.objects.filter(
        area__in=[level.area.id for level in levels], starts_at__lte=now, ends_at__gt=now, taken_back_at=None
    )
    near = {level.area.id: place for place, level in enumerate(levels)}
    duty = sorted(shifts.values_list("area_id", "post_id", "pk"), key=lambda each: (near[each[0]], each[2]))
    codes = [contact.post_code for level in levels for contact in level.contacts]
    keys = dict(Post.objects.filter(code__in=codes).values_list("code", "pk"))
    order = dict.fromkeys([post for _area, post, _key in duty] + [keys[code] for code in codes])
    acting = holders(order)
    return [post for post in order if post in acting]


def _step(row: Ring, order: list[int], now: datetime.datetime) -> None:
    steps = list(row.steps.order_by("number").values_list("post_id", flat=True))
    post = rule.next_to_ring(order, steps)
    row.next_at = now + rule.RING_WAIT
    row.save(update_fields=["next_at"])
    if post is None:  # nobody holds any of the posts now: it is asked again in five minutes
        return
    officer = holders([post]).get(post)
    seat = Post.objects.get(pk=post)
    RingStep.objects.create(ring=row, number=len(steps) + 1, post=seat, officer=officer, at=now)
    _tell(row, "ring_went_on", Actor.system(), post=seat.code, step=len(steps) + 1)


def _was_rung(row: Ring, reader: Reader) -> bool:
    return row.steps.filter(post__in=reader.post_ids).exists()


def _shown(row: Ring, reader: Reader) -> Ringing:
    steps = row.steps.select_related("post", "officer").order_by("number")
    return Ringing(
        id=row.pk,
        area=row.area.name,
        kind=rule.RING_KINDS.get(row.kind, NOBODY),
        case_number=row.case_number,
        begun_at=row.begun_at,
        answered_at=row.answered_at,
        answered_by=row.answered_by.title if row.answered_by else NOBODY,
        steps=tuple(Step(each.post.title, each.officer.name if each.officer else NOBODY, each.at) for each in steps),
        is_mine=bool(row.answered_by_id in reader.post_ids),
    )


def _tell(row: Ring, event: str, by: Actor, /, **details: Json) -> None:
    body = Body.objects.get(pk=row.body_id)
    append_event(ChainRef.body(body.code), event, actor=by, details={"ring": row.pk, **details})


def steps_to_tell() -> list[tuple[int, str, str, str, str]]:
    """Steps about which a mail is to go out: (key, address, language, area, kind); only to officers who want mail."""
    rows = RingStep.objects.filter(told_at=None, ring__answered_at=None, officer__account__is_active=True)
    rows = rows.exclude(officer__account__morning_mail="").select_related("ring__area", "officer__account")
    found = []
    for row in rows.order_by("pk")[:MOST_AT_ONCE]:
        account = row.officer.account if row.officer else None
        if account is None:
            continue
        tag = "zh" if account.language.startswith("zh") else "en"
        kind = rule.RING_KINDS.get(row.ring.kind, NOBODY).in_language(tag)
        found.append((row.pk, account.morning_mail, tag, row.ring.area.name.in_language(tag), kind))
    return found


def was_told(key: int) -> bool:
    """Mark a step as told, once: False where another process was quicker."""
    return bool(RingStep.objects.filter(pk=key, told_at=None).update(told_at=clock.now()))


def not_told(key: int) -> None:
    """The mail was not taken: it is tried again."""
    RingStep.objects.filter(pk=key).update(told_at=None)
