"""The office keeps its ground: areas, who answers for them, who has duty, which posters hang.

Nothing is overwritten: an entry is ended by a day and another takes its place, and each deed is an event of the
body's chain. None of these entries opens a case: that takes a grant.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from huiyin.record import clock
from huiyin.record.bodies.models import Area, AreaContact, AreaPoster, DutyShift, Post
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.remembered import forget
from huiyin.rules import ground
from huiyin.rules.chain import Json
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal


def add_area(code: str, *, kind: str, name: Words, above: str, body_code: str, by: Actor) -> Area:
    """Enter an area below another (or at the top).

    Raises Refusal("not_found"), Refusal("unknown_choice") for a kind that does not lie there, Refusal("repeated").
    """
    parent = _area(above) if above else None
    if not ground.may_lie_below(kind, parent.kind if parent else ""):
        raise Refusal("unknown_choice", field="kind")
    try:
        with transaction.atomic():
            row = Area.objects.create(code=code, kind=kind, parent=parent, name_zh=name.zh, name_en=name.en)
            _tell(body_code, "area_entered", by, area=code, kind=kind, above=above, name={"zh": name.zh, "en": name.en})
    except IntegrityError:
        raise Refusal("repeated") from None
    forget()
    return row


def name_contact(
    area: str,
    post: str,
    *,
    capacity: str,
    telephone: str,
    hours: Words,
    languages: Sequence[str],
    from_on: datetime.date,
    body_code: str,
    by: Actor,
) -> AreaContact:
    """From a day on, a post answers for an area. What stood there for the same post ends the day before.

    Raises Refusal("not_found"), Refusal("unknown_choice", field=...), Refusal("input_missing"), Refusal("repeated").
    """
    here, seat = _area(area), _post(post)
    if not ground.may_answer(capacity, here.kind):
        raise Refusal("unknown_choice", field="capacity")
    if not set(languages) <= set(ground.TONGUES):
        raise Refusal("unknown_choice", field="language")
    if not telephone:
        raise Refusal("input_missing", field="telephone")
    values: dict[str, Json] = {
        "telephone": telephone, "hours_zh": hours.zh, "hours_en": hours.en, "languages": list(languages),
    }  # fmt: skip
    with transaction.atomic():
        before = (
            AreaContact.objects.select_for_update()
            .filter(area=here, post=seat, capacity=capacity, until_on=None)
            .first()
        )
        if before is not None:
            if before.from_on >= from_on or all(getattr(before, name) == value for name, value in values.items()):
                raise Refusal("repeated")
            before.until_on = from_on - datetime.timedelta(days=1)
            before.save(update_fields=["until_on"])
        row = AreaContact.objects.create(
            area=here, post=seat, capacity=capacity, from_on=from_on, entered_at=clock.now(), **values
        )
        _tell(
            body_code, "area_contact_entered", by, area=area, post=post, capacity=capacity,
            from_on=from_on.isoformat(), **values,
        )  # fmt: skip
    forget()
    return row


def end_contact(key: int, *, area: str, on: datetime.date, body_code: str, by: Actor) -> None:
    """The post answers until ``on``, that day included. Raises Refusal("not_found"), Refusal("repeated")."""
    with transaction.atomic():
        row = AreaContact.objects.select_for_update().filter(pk=key, area__code=area).select_related("post").first()
        if row is None:
            raise Refusal("not_found")
        if row.until_on is not None:
            raise Refusal("repeated")
        row.until_on = max(on, row.from_on)
        row.save(update_fields=["until_on"])
        _tell(
            body_code, "area_contact_ended", by, area=area, post=row.post.code, capacity=row.capacity,
            until_on=row.until_on.isoformat(),
        )  # fmt: skip
    forget()


def give_duty(
    area: str,
    post: str,
    *,
    telephone: str,
    day: datetime.date,
    begins: datetime.time,
    ends: datetime.time,
    body_code: str,
    by: Actor,
) -> DutyShift:
    """A post can be reached for an area on a day between two hours of its own clock; past midnight where need be.

    Raises Refusal("not_found"), Refusal("input_missing"), Refusal("repeated") for a duty that overlaps one of the same post.
    """
    here, seat = _area(area), _post(post)
    if not telephone:
        raise Refusal("input_missing", field="telephone")
    zone = ZoneInfo(seat.unit.body.time_zone)
    starts_at, ends_at = (local.replace(tzinfo=zone) for local in ground.shift(day, begins, ends))
    with transaction.atomic():
        Area.objects.select_for_update().get(pk=here.pk)  # two who enter the same duty at once: one waits, and is told
        same = DutyShift.objects.filter(area=here, post=seat, taken_back_at=None)
        if same.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
            raise Refusal("repeated")
        row = DutyShift.objects.create(area=here, post=seat, telephone=telephone, starts_at=starts_at, ends_at=ends_at)
        _tell(
            body_code, "duty_given", by, area=area, post=post, telephone=telephone,
            starts_at=starts_at.isoformat(), ends_at=ends_at.isoformat(),
        )  # fmt: skip
    return row


def take_back_duty(key: int, *, area: str, body_code: str, by: Actor) -> None:
    """A duty is not done after all; the row stays. Raises Refusal("not_found"), Refusal("repeated")."""
    with transaction.atomic():
        row = DutyShift.objects.select_for_update().filter(pk=key, area__code=area).select_related("post").first()
        if row is None:
            raise Refusal("not_found")
        if row.taken_back_at is not None:
            raise Refusal("repeated")
        row.taken_back_at = clock.now()
        row.save(update_fields=["taken_back_at"])
        _tell(body_code, "duty_taken_back", by, area=area, post=row.post.code, starts_at=row.starts_at.isoformat())


def hang_poster(area: str, *, kind: str, place: Words, from_on: datetime.date, body_code: str, by: Actor) -> AreaPoster:
    """A poster hangs, or a firm or school that asked has its card; ``place`` is empty for the area's own poster.

    Raises Refusal("not_found"), Refusal("unknown_choice"), Refusal("input_missing", field="name").
    """
    here = _area(area)
    if kind not in ground.POSTER_KINDS:
        raise Refusal("unknown_choice", field="kind")
    if kind != "area" and not (place.zh and place.en):
        raise Refusal("input_missing", field="name")
    with transaction.atomic():
        row = AreaPoster.objects.create(area=here, kind=kind, name_zh=place.zh, name_en=place.en, from_on=from_on)
        _tell(
            body_code, "poster_entered", by, area=area, kind=kind, place={"zh": place.zh, "en": place.en},
            from_on=from_on.isoformat(),
        )  # fmt: skip
    return row


def take_poster_down(key: int, *, area: str, on: datetime.date, body_code: str, by: Actor) -> None:
    """A poster hangs no longer after ``on``. Raises Refusal("not_found"), Refusal("repeated")."""
    with transaction.atomic():
        row = AreaPoster.objects.select_for_update().filter(pk=key, area__code=area).first()
        if row is None:
            raise Refusal("not_found")
        if row.until_on is not None:
            raise Refusal("repeated")
        row.until_on = max(on, row.from_on)
        row.save(update_fields=["until_on"])
        _tell(body_code, "poster_ended", by, area=area, kind=row.kind, until_on=row.until_on.isoformat())


def _tell(body_code: str, event: str, by: Actor, /, **details: Json) -> None:
    append_event(ChainRef.body(body_code), event, actor=by, details=details)


def _area(code: str) -> Area:
    row = Area.objects.filter(code=code).first()
    if row is None:
        raise Refusal("not_found")
    return row


def _post(code: str) -> Post:
    row = Post.objects.filter(code=code).select_related("unit__body").first()
    if row is None:
        raise Refusal("unknown_choice", field="post")
    return row
