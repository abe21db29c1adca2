"""Who is there for an area: what the public page, its posters and its export are made of.

Officers appear here for what they do in office: duty name, office telephone, hours. Nothing of anybody else.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from huiyin.record import clock
from huiyin.record.bodies.models import Area, AreaContact, AreaPoster, DutyShift, Officer, Portrait, Post
from huiyin.record.bodies.queries import areas as tree
from huiyin.record.bodies.queries import holders, on_day
from huiyin.rules import ground
from huiyin.rules.procedure import Words

NOBODY = Words("", "")
ORDER = {name: place for place, name in enumerate(ground.CAPACITIES)}


@dataclass(frozen=True, slots=True)
class Here:
    """One area, as a page tells it."""

    id: int
    code: str
    kind: str
    name: Words

    @property
    def kind_words(self) -> Words:
        """What kind of area it is."""
        return ground.AREA_KINDS.get(self.kind, NOBODY)


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who answers for an area; ``officer`` is empty while the post is vacant."""

    id: int
    capacity: str
    officer_code: str
    officer: Words
    duty_number: str
    post_code: str
    post: Words
    unit_code: str
    unit: Words
    body_code: str
    body: Words
    telephone: str
    hours: Words
    languages: tuple[str, ...]
    from_on: datetime.date
    until_on: datetime.date | None
    photo: str = ""  # the word of its address, where the officer wished to show one

    @property
    def capacity_words(self) -> Words:
        """In which capacity."""
        return ground.CAPACITIES.get(self.capacity, NOBODY)

    @property
    def tongues(self) -> list[Words]:
        """What one can speak there."""
        return [ground.TONGUES[code] for code in self.languages if code in ground.TONGUES]

    @property
    def is_vacant(self) -> bool:
        """Whether nobody holds the post today."""
        return not self.officer_code


@dataclass(frozen=True, slots=True)
class Level:
    """One area of the way up, with who answers for it."""

    area: Here
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody who has a duty, now or later."""

    id: int
    area: Here
    post: Words
    officer: Words
    unit: Words
    telephone: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Poster:
    """A poster or card in use; ``place`` is empty for the area's own poster."""

    id: int
    kind: str
    place: Words
    from_on: datetime.date
    until_on: datetime.date | None

    @property
    def kind_words(self) -> Words:
        """Which kind of paper it is."""
        return ground.POSTER_KINDS.get(self.kind, NOBODY)


def area_named(code: str) -> Here | None:
    """The area with this code."""
    row = Area.objects.filter(code=code).first()
    return _here(row) if row else None


def below(code: str = "") -> list[Here]:
    """The areas right below one; the topmost ones where none is named."""
    rows = Area.objects.filter(parent__code=code) if code else Area.objects.filter(parent=None)
    return [_here(row) for row in rows.order_by("id")]


def top() -> str:
    """The code of the topmost area: where something belongs whose place was not said."""
    return Area.objects.filter(parent=None).order_by("id").values_list("code", flat=True).first() or ""


def all_areas() -> list[tuple[int, Here]]:
    """The whole tree, each area with how deep it lies."""
    depth: dict[int, int] = {}
    found = []
    for row in tree():
        depth[row.pk] = depth.get(row.parent_id, -1) + 1 if row.parent_id else 0
        found.append((depth[row.pk], _here(row)))
    return found


def levels(code: str, *, on: datetime.date | None = None) -> list[Level]:
    """Who answers for the area, then for the one it lies in, up to the top."""
    way = _way_up(code)
    found = contacts([row.pk for row in way], on=on)
    return [Level(_here(row), tuple(found.get(row.pk, ()))) for row in way]


def contacts(area_ids: Iterable[int], *, on: datetime.date | None = None) -> dict[int, list[Contact]]:
    """Who answers today for each of these areas, nearest capacity first."""
    day = on or clock.today(settings.TIME_ZONE)
    rows = list(
        AreaContact.objects.filter(on_day(day), area__in=list(area_ids))
        .select_related("post__unit__body")
        .order_by("id")
    )
    acting = holders([row.post_id for row in rows], on=day)
    photos = dict(
        Portrait.objects.filter(officer__in=[each.pk for each in acting.values()]).values_list("officer", "key")
    )
    found: dict[int, list[Contact]] = {}
    for row in sorted(rows, key=lambda row: (ORDER.get(row.capacity, len(ORDER)), row.pk)):
        found.setdefault(row.area_id, []).append(_contact(row, acting.get(row.post_id), photos))
    return found


def mediators() -> list[tuple[Here, Contact]]:
    """Everybody who mediates for an area today, area by area from the top."""
    tree = [here for _depth, here in all_areas()]
    answering = contacts([here.id for here in tree])
    return [(here, each) for here in tree for each in answering.get(here.id, []) if each.capacity == "mediator"]


def history(code: str) -> list[Contact]:
    """Every entry of an area that has ended or is to begin, newest first."""
    today = clock.today(settings.TIME_ZONE)
    rows = AreaContact.objects.filter(area__code=code).exclude(on_day(today)).select_related("post__unit__body")
    return [_contact(row, None) for row in rows.order_by("-id")]


def reached(code: str, *, at: datetime.datetime | None = None) -> list[OnDuty]:
    """Who can be reached now for the area: its own duty, else that of the nearest area above that has one."""
    now = at or clock.now()
    way = _way_up(code)
    rows = _shifts(Q(area__in=[row.pk for row in way], starts_at__lte=now, ends_at__gt=now))
    for row in way:
        if found := [each for each in rows if each.area.id == row.pk]:
            return found
    return []


def roster(code: str, *, at: datetime.datetime | None = None) -> list[OnDuty]:
    """The duties of an area that run or are to come, earliest first."""
    return _shifts(Q(area__code=code, ends_at__gt=at or clock.now()))


def posters(code: str, *, on: datetime.date | None = None) -> list[Poster]:
    """The posters and cards in use in an area."""
    rows = AreaPoster.objects.filter(on_day(on or clock.today(settings.TIME_ZONE)), area__code=code)
    return [Poster(row.pk, row.kind, row.name, row.from_on, row.until_on) for row in rows.order_by("id")]


def eligible_posts() -> list[tuple[str, Words]]:
    """Every post that may answer for an area, as (code, title and unit)."""
    rows = Post.objects.select_related("unit__body").order_by("unit__body_id", "unit_id", "id")
    return [
        (
            row.code,
            Words(
                f"{row.unit.body.name_zh} {row.unit.name_zh} · {row.title_zh}",
                f"{row.title_en} · {row.unit.name_en}, {row.unit.body.name_en}",
            ),
        )
        for row in rows
    ]


def _way_up(code: str) -> list[Area]:
    rows = {row.pk: row for row in Area.objects.all()}
    start = next((row.pk for row in rows.values() if row.code == code), None)
    if start is None:
        return []
    return [rows[key] for key in ground.way_up(start, {key: row.parent_id for key, row in rows.items()})]


def _shifts(which: Q) -> list[OnDuty]:
    rows = list(
        DutyShift.objects.filter(which, taken_back_at=None)
        .select_related("area", "post__unit__body")
        .order_by("starts_at", "id")[:200]
    )
    acting: dict[datetime.date, dict[int, Officer]] = {}
    found = []
    for row in rows:
        day = row.starts_at.astimezone(ZoneInfo(row.post.unit.body.time_zone)).date()
        if day not in acting:
            acting[day] = holders([each.post_id for each in rows], on=day)
        officer = acting[day].get(row.post_id)
        unit = row.post.unit
        found.append(
            OnDuty(
                row.pk, _here(row.area), row.post.title, officer.name if officer else NOBODY, unit.name,
                row.telephone, row.starts_at, row.ends_at, unit.body.time_zone,
            )
        )  # fmt: skip
    return found


def _here(row: Area) -> Here:
    return Here(row.pk, row.code, row.kind, row.name)


def _contact(row: AreaContact, officer: Officer | None, photos: Mapping[int, str] | None = None) -> Contact:
    unit = row.post.unit
    return Contact(
        id=row.pk,
        capacity=row.capacity,
        officer_code=officer.code if officer else "",
        officer=officer.name if officer else NOBODY,
        duty_number=officer.duty_number if officer else "",
        post_code=row.post.code,
        post=row.post.title,
        unit_code=unit.code,
        unit=unit.name,
        body_code=unit.body.code,
        body=unit.body.name,
        telephone=row.telephone,
        hours=row.hours,
        languages=tuple(row.languages),
        from_on=row.from_on,
        until_on=row.until_on,
        photo=(photos or {}).get(officer.pk, "") if officer else "",
    )
