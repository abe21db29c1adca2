"""What is planned, what waits for an answer, what was answered in public; and the counts of it, without anybody in them."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from huiyin.record import clock
from huiyin.record.bodies import ground
from huiyin.record.bodies.models import Area, AreaContact, AreaPoster
from huiyin.record.bodies.queries import Reader, holders, on_day, receiving_body
from huiyin.rules.outreach import COVERED_KINDS, PARTS
from huiyin.rules.procedure import Words
from huiyin.stages.outreach.models import Invitation, OfficeHour, Suggestion

RECEIVERS = frozenset({"registrar", "body_head"})  # of the body that receives: they answer where nobody else is named
LONGEST_LIST = 200
NOBODY = Words("", "")
Row = TypeVar("Row", Invitation, Suggestion)


@dataclass(frozen=True, slots=True)
class Hour:
    """An office hour, as pages tell it."""

    id: int
    area: Words
    area_code: str
    place: Words
    post: Words
    unit: Words
    officer: Words
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    changed_at: datetime.datetime
    is_off: bool
    came: int | None
    suggestions: int = 0


@dataclass(frozen=True, slots=True)
class Invited:
    """Who invites, where to, and what about: opened for one visit."""

    name: str = field(repr=False)
    telephone: str = field(repr=False)
    where: str = field(repr=False)
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """An invitation without who invites."""

    number: str
    area: Words
    wished_on: datetime.date
    part: Words
    state: str
    answer: str
    language: str
    answered_at: datetime.datetime | None
    post: Words
    unit: Words
    is_erased: bool
    looks: tuple[tuple[datetime.datetime, Words, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A suggestion; ``text`` is empty on every page for everybody."""

    number: str
    area: Words
    area_code: str
    state: str
    made_at: datetime.datetime
    language: str
    released: str
    answer: str
    answered_at: datetime.datetime | None
    unit: Words
    at_office_hour: bool
    text: str = field(default="", repr=False)


def served(reader: Reader) -> frozenset[int]:
    """Keys of the areas for which the reader answers: named for it, or for one above; receivers for all."""
    rows = {row.pk: row for row in Area.objects.all()}
    if _receives(reader) is not None:
        return frozenset(rows)
    today = clock.today(settings.TIME_ZONE)
    own = set(AreaContact.objects.filter(on_day(today), post__in=reader.post_ids).values_list("area_id", flat=True))
    found: set[int] = set(own)
    while more := {row.pk for row in rows.values() if row.parent_id in found} - found:
        found |= more
    return frozenset(found)


def post_in(reader: Reader, area: str) -> int:
    """The reader's post that answers nearest for the area; asked only of who answers for it."""
    own = set(reader.post_ids)
    codes = {post.code: post.id for post in reader.posts}
    for level in ground.levels(area):
        for contact in level.contacts:
            if codes.get(contact.post_code) in own:
                return codes[contact.post_code]
    receives = _receives(reader)
    return receives if receives is not None else reader.post_ids[0]


def areas_of(reader: Reader) -> list[tuple[str, Words]]:
    """The areas the reader answers for, from the top, for a choice."""
    own = served(reader)
    return [(here.code, here.name) for _depth, here in ground.all_areas() if here.id in own]


def all_villages() -> list[tuple[str, Words]]:
    """Every area, each with what it lies in, for residents to choose from."""
    above: list[Words] = []
    found = []
    for depth, here in ground.all_areas():
        above[depth:] = [here.name]
        found.append((here.code, Words(" · ".join(each.zh for each in above), " · ".join(each.en for each in above))))
    return found


def hours_to_come(area: str = "", *, with_called_off: bool = False) -> list[Hour]:
    """Office hours from now on, earliest first: of an area and all below it, or of all."""
    rows = OfficeHour.objects.filter(ends_at__gt=clock.now())
    if not with_called_off:
        rows = rows.filter(called_off_at=None)
    if area:
        rows = rows.filter(area__in=below(area))
    return _hours(rows.order_by("starts_at", "id"))


def hours_of(reader: Reader) -> tuple[list[Hour], list[Hour], list[Hour]]:
    """What the reader's areas have: to be held, passed and not yet entered, and the newest that were entered."""
    now, own = clock.now(), OfficeHour.objects.filter(area__in=served(reader))
    standing = own.filter(called_off_at=None, entered_at=None)
    return (
        _hours(standing.filter(starts_at__gt=now).order_by("starts_at", "id")),
        _hours(standing.filter(starts_at__lte=now).order_by("starts_at", "id")),
        _hours(own.filter(entered_at__isnull=False).order_by("-starts_at", "-id"), 20),
    )


def hour_of(reader: Reader, key: int) -> Hour | None:
    """One office hour of the reader's areas."""
    found = _hours(OfficeHour.objects.filter(pk=key, area__in=served(reader)))
    return found[0] if found else None


def invitations_of(reader: Reader) -> list[Asked]:
    """Invitations to the reader's areas that wait for an answer or for the visit, by the day wished for."""
    rows = Invitation.objects.filter(area__in=served(reader), state__in=("asked", "agreed"))
    return [_asked(row) for row in _joined(rows).order_by("wished_on", "id")[:LONGEST_LIST]]


def invitation_of(reader: Reader, number: str) -> Asked | None:
    """One of them, with who opened it."""
    row = _joined(Invitation.objects.filter(area__in=served(reader), number=number)).first()
    return asked_view(row) if row else None


def asked_view(row: Invitation) -> Asked:
    """An invitation with every look at who invited."""
    looks = row.looks.select_related("post").order_by("at", "id")
    return _asked(row, tuple((look.at, look.post.title, look.duty_number) for look in looks))


def suggestions_of(reader: Reader) -> list[Told]:
    """Suggestions from the reader's areas that wait for an answer, oldest first."""
    rows = Suggestion.objects.filter(area__in=served(reader), state="heard")
    return [_told(row, with_text=True) for row in _joined(rows).order_by("made_at", "id")[:LONGEST_LIST]]


def suggestion_of(reader: Reader, number: str) -> Told | None:
    """One suggestion from the reader's areas, with its words."""
    row = _joined(Suggestion.objects.filter(area__in=served(reader), number=number)).first()
    return _told(row, with_text=True) if row else None


def told_view(row: Suggestion) -> Told:
    """A suggestion for who sent it."""
    return _told(row, with_text=True)


def answered(*, before: int = 0, count: int = 20) -> tuple[list[Told], int]:
    """Suggestions answered in public, newest first, and the key from which the next page goes on (0: none)."""
    rows = _joined(Suggestion.objects.filter(state="answered"))
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: count + 1])
    return [_told(row) for row in found[:count]], found[count - 1].pk if len(found) > count else 0


@dataclass(frozen=True, slots=True)
class Counted:
    """Acts of going out in a span of days; towns by their code."""

    held: int
    held_in: frozenset[int]  # keys of the areas in which an office hour was held
    held_by_town: Counter[str]
    came_to_hours_by_town: Counter[str]
    came_by_month: Counter[tuple[str, str]]  # by town and month; visits on invitation too
    visits: int
    suggestions: int
    answered: int
    answered_by_town: Counter[str]


def counted(first: datetime.date, last: datetime.date, *, zone: str) -> Counted:
    """What was done from ``first`` to ``last``, both included, by the clock of the place."""
    tz, towns = ZoneInfo(zone), towns_of_areas()
    start = datetime.datetime.combine(first, datetime.time(), tz)
    end = datetime.datetime.combine(last + datetime.timedelta(days=1), datetime.time(), tz)
    hours = list(
        OfficeHour.objects.filter(starts_at__gte=start, starts_at__lt=end, entered_at__isnull=False).values_list(
            "area_id", "starts_at", "came"
        )
    )
    visits = list(
        Invitation.objects.filter(state="made", wished_on__gte=first, wished_on__lte=last).values_list(
            "area_id", "wished_on"
        )
    )
    came: Counter[tuple[str, str]] = Counter()
    to_hours: Counter[str] = Counter()
    for area, at, number in hours:
        came[towns[area], f"{at.astimezone(tz):%Y-%m}"] += number or 0
        to_hours[towns[area]] += number or 0
    for area, day in visits:
        came[towns[area], f"{day:%Y-%m}"] += 1
    heard = Suggestion.objects.filter(made_at__gte=start, made_at__lt=end)
    answered = Suggestion.objects.filter(state="answered", answered_at__gte=start, answered_at__lt=end)
    return Counted(
        held=len(hours),
        held_in=frozenset(area for area, _at, _came in hours),
        held_by_town=Counter(towns[area] for area, _at, _came in hours),
        came_to_hours_by_town=to_hours,
        came_by_month=came,
        visits=len(visits),
        suggestions=heard.count(),
        answered=answered.count(),
        answered_by_town=Counter(towns[area] for area in answered.values_list("area_id", flat=True)),
    )


def began_on(zone: str) -> datetime.date | None:
    """The first day of which anything is told."""
    at = [
        OfficeHour.objects.order_by("starts_at").values_list("starts_at", flat=True).first(),
        Suggestion.objects.order_by("made_at").values_list("made_at", flat=True).first(),
    ]
    days = [each.astimezone(ZoneInfo(zone)).date() for each in at if each is not None]
    return min(days, default=None)


def ground_covered() -> Counter[str]:
    """How many villages and how many communities there are."""
    return Counter(Area.objects.filter(kind__in=COVERED_KINDS).values_list("kind", flat=True))


def villages() -> frozenset[int]:
    """Keys of all villages and communities: what coverage is a share of."""
    return frozenset(Area.objects.filter(kind__in=COVERED_KINDS).values_list("pk", flat=True))


def towns_of_areas() -> dict[int, str]:
    """Each area's town or street by its code; the county's own code for what lies in none."""
    rows = {row.pk: row for row in Area.objects.all()}

    def town(row: Area) -> str:
        above = rows.get(row.parent_id) if row.parent_id else None
        if row.kind in {"town", "street"} or above is None:
            return row.code
        return town(above)

    return {key: town(row) for key, row in rows.items()}


def towns() -> list[tuple[str, Words]]:
    """Towns and streets, and the county itself for what lies in none, as (code, name)."""
    used = set(towns_of_areas().values())
    return [(here.code, here.name) for _depth, here in ground.all_areas() if here.code in used]


def below(area: str) -> set[int]:
    """Keys of an area and all that lies in it."""
    rows = list(Area.objects.values_list("pk", "parent_id", "code"))
    found = {key for key, _above, code in rows if code == area}
    while more := {key for key, above, _code in rows if above in found} - found:
        found |= more
    return found


def _receives(reader: Reader) -> int | None:
    body = receiving_body()
    posts = (post for post in reader.posts if body is not None and post.body_id == body.pk)
    return next((post.id for post in posts if post.roles & RECEIVERS), None)


def _hours(rows: QuerySet[OfficeHour], most: int = LONGEST_LIST) -> list[Hour]:
    found = list(rows.select_related("area", "post__unit")[:most])
    acting = holders([row.post_id for row in found])
    numbers: Counter[int | None] = Counter(
        Suggestion.objects.filter(office_hour__in=[row.pk for row in found]).values_list("office_hour_id", flat=True)
    )
    return [
        Hour(
            id=row.pk,
            area=row.area.name,
            area_code=row.area.code,
            place=row.place,
            post=row.post.title,
            unit=row.post.unit.name,
            officer=acting[row.post_id].name if row.post_id in acting else NOBODY,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            changed_at=row.called_off_at or row.planned_at,
            is_off=row.called_off_at is not None,
            came=row.came,
            suggestions=numbers[row.pk],
        )
        for row in found
    ]


def _joined(rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.select_related("area", "post__unit")


def _asked(row: Invitation, looks: tuple[tuple[datetime.datetime, Words, str], ...] = ()) -> Asked:
    return Asked(
        number=row.number,
        area=row.area.name,
        wished_on=row.wished_on,
        part=PARTS.get(row.part, NOBODY),
        state=row.state,
        answer=row.answer,
        language=row.language,
        answered_at=row.answered_at,
        post=row.post.title if row.post else NOBODY,
        unit=row.post.unit.name if row.post else NOBODY,
        is_erased=row.erased_at is not None or row.state in {"declined", "withdrawn"},
        looks=looks,
    )


def _told(row: Suggestion, *, with_text: bool = False) -> Told:
    return Told(
        number=row.number,
        area=row.area.name,
        area_code=row.area.code,
        state=row.state,
        made_at=row.made_at,
        language=row.language,
        released=row.released,
        answer=row.answer,
        answered_at=row.answered_at,
        unit=row.post.unit.name if row.post else NOBODY,
        at_office_hour=row.office_hour_id is not None,
        text=row.text if with_text else "",
    )


def posters_in_use() -> int:
    """Contact posters and cards that hang today."""
    return AreaPoster.objects.filter(on_day(clock.today(settings.TIME_ZONE))).count()
