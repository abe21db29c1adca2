"""Who somebody is on duty, today: the posts held, the roles they bring, where a matter is received."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from huiyin.record import clock
from huiyin.record.bodies.models import Account, Appointment, Area, Body, Officer, Post, StandIn, Tie, Unit
from huiyin.record.ledger.chains import Actor
from huiyin.record.prepared import Place, Prepared
from huiyin.record.remembered import remembered
from huiyin.rules.procedure import Words
from huiyin.rules.text import storable


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post somebody holds today, or stands in for; ``is_outside``: at a desk outside the units."""

    id: int
    code: str
    title: Words
    unit_id: int
    unit_code: str
    unit: Words
    body_id: int
    body_code: str
    body: Words
    zone: str
    roles: frozenset[str]
    is_stand_in: bool
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """An officer with the posts of today: who reads and who acts, in every door of the record."""

    officer_id: int
    account_id: int | None
    code: str
    name: Words
    duty_number: str
    posts: tuple[HeldPost, ...]

    @property
    def post_ids(self) -> list[int]:
        """Inner keys of the posts of today."""
        return [post.id for post in self.posts]

    @property
    def unit_ids(self) -> list[int]:
        """Units the officer belongs to today, stand-ins included."""
        return sorted({post.unit_id for post in self.posts})

    @property
    def roles(self) -> frozenset[str]:
        """All roles of all posts of today."""
        return frozenset().union(*(post.roles for post in self.posts)) if self.posts else frozenset()

    @property
    def zone(self) -> str:
        """The time zone of the first post's body."""
        return self.posts[0].zone if self.posts else settings.TIME_ZONE

    @property
    def body_codes(self) -> list[str]:
        """Codes of the bodies served today."""
        return sorted({post.body_code for post in self.posts})

    def actor(self, post_id: int | None = None, *, role: str = "") -> Actor:
        """Who stands in the ledger for a deed done in ``post_id`` (or the first post)."""
        post = next((p for p in self.posts if p.id == post_id), self.posts[0] if self.posts else None)
        return Actor(
            kind="officer",
            role=role or (sorted(post.roles)[0] if post and post.roles else ""),
            officer_id=self.officer_id,
            name=_tongues(self.name),
            unit_name=_tongues(post.unit) if post else {},
            body_name=_tongues(post.body) if post else {},
            post=post.code if post else "",
            post_title=_tongues(post.title) if post else {},
            duty_number=self.duty_number,
        )


def _tongues(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _held(post: Post, *, is_stand_in: bool) -> HeldPost:
    return HeldPost(
        id=post.pk,
        code=post.code,
        title=post.title,
        unit_id=post.unit_id,
        unit_code=post.unit.code,
        unit=post.unit.name,
        body_id=post.unit.body_id,
        body_code=post.unit.body.code,
        body=post.unit.body.name,
        zone=post.unit.body.time_zone,
        roles=frozenset(post.roles),
        is_stand_in=is_stand_in,
        is_outside=post.unit.is_outside_desk,
    )


def on_day(day: datetime.date | Place) -> Q:
    """Rows whose dated span covers ``day``."""
    return Q(from_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day))


_APPOINTMENTS = Prepared(
    lambda: Appointment.objects.filter(on_day(Place("day")), officer=Place("officer")).select_related(
        "post__unit__body"
    )
)
_STANDING_IN = Prepared(
    lambda: StandIn.objects.filter(on_day(Place("day")), officer=Place("officer"), ended_at=None).select_related(
        "post__unit__body"
    )
)
_OF_ACCOUNT = Prepared(lambda: Officer.objects.filter(account=Place("account")))


def reader_of(officer: Officer, *, on: datetime.date | None = None) -> Reader:
    """The officer as reader, with the posts of ``on`` (today by default)."""
    day = on or clock.today(settings.TIME_ZONE)
    posts = [_held(row.post, is_stand_in=False) for row in _APPOINTMENTS.all(day=day, officer=officer.pk)]
    held = {post.id for post in posts}
    posts += [
        _held(row.post, is_stand_in=True)
        for row in _STANDING_IN.all(day=day, officer=officer.pk)
        if row.post_id not in held
    ]
    return Reader(officer.pk, officer.account_id, officer.code, officer.name, officer.duty_number, tuple(posts))


def reader_for_account(account: Account) -> Reader | None:
    """The reader behind a signed-in account; None when no officer belongs to it."""
    officer = _OF_ACCOUNT.first(account=account.pk)
    return reader_of(officer) if officer else None


def holders(post_ids: Iterable[int], *, on: datetime.date | None = None) -> dict[int, Officer]:
    """Who acts in each post today: the stand-in while there is one, else the holder."""
    return dict(_holders(frozenset(post_ids), on or clock.today(settings.TIME_ZONE)))


@remembered
def _holders(ids: frozenset[int], day: datetime.date) -> dict[int, Officer]:
    found = {
        row.post_id: row.officer
        for row in Appointment.objects.filter(on_day(day), post__in=ids).select_related("officer")
    }
    stand_ins = StandIn.objects.filter(on_day(day), post__in=ids, ended_at=None).select_related("officer")
    found.update({row.post_id: row.officer for row in stand_ins})
    return found


def posts_with_role(role: str, *, units: Iterable[int] | None = None, body: int | None = None) -> list[Post]:
    """Posts that carry a role, in the given units or body, in a stable order."""
    found: QuerySet[Post] = Post.objects.select_related("unit__body").order_by("id")
    if units is not None:
        found = found.filter(unit__in=list(units))
    if body is not None:
        found = found.filter(unit__body=body)
    return [post for post in found if role in post.roles]


@remembered
def receiving_body(code: str = "") -> Body | None:
    """The body named by its code, else the one that receives online."""
    if code:
        return Body.objects.filter(code=code).first()
    return Body.objects.filter(receives_online=True).order_by("id").first()


def line_of_bodies(body: Body) -> list[Body]:
    """The body, its superior, the superior's superior, to the top."""
    line = [body]
    while line[-1].superior_id and len(line) < 12:
        superior = Body.objects.get(pk=line[-1].superior_id)
        if superior in line:
            break
        line.append(superior)
    return line


def bodies_below(keys: Iterable[int]) -> list[Body]:
    """These bodies and all that stand below them, in the order in which they were set up."""
    rows, found = list(Body.objects.order_by("id")), set(keys)
    while below := {row.pk for row in rows if row.superior_id in found} - found:
        found |= below
    return [row for row in rows if row.pk in found]


def intake_post(
    body: Body,
    *,
    barred_units: frozenset[int] = frozenset(),
    barred_officers: frozenset[int] = frozenset(),
    is_restricted: bool = False,
    on: datetime.date | None = None,
) -> Post | None:
    """The registrar on duty who takes a new matter at ``body`` and is not concerned by it.

    The unit that receives online first, then the other intake units, then a desk
    outside the units; for a matter that names staff (``is_restricted``) the outside
    desk first. Where all are concerned, the next higher body.
    """
    day = on or clock.today(settings.TIME_ZONE)
    return _intake_post(body, barred_units, barred_officers, is_restricted, day)


@remembered
def _intake_post(
    body: Body, barred_units: frozenset[int], barred_officers: frozenset[int], is_restricted: bool, on: datetime.date
) -> Post | None:
    order = ("-is_outside_desk" if is_restricted else "is_outside_desk", "-receives_online", "-is_intake", "id")
    for each in line_of_bodies(body):
        units = Unit.objects.filter(Q(is_intake=True) | Q(is_outside_desk=True), body=each).order_by(*order)
        open_units = [unit.pk for unit in units if unit.pk not in barred_units]
        posts = posts_with_role("registrar", units=open_units)
        posts.sort(key=lambda post: (open_units.index(post.unit_id), post.pk))
        acting = holders([post.pk for post in posts], on=on)
        for post in posts:
            if post.pk in acting and acting[post.pk].pk not in barred_officers:
                return post
    return None


def units_of_officers(officer_ids: Iterable[int], *, on: datetime.date | None = None) -> set[int]:
    """Units in which the officers hold a post today."""
    rows = Appointment.objects.filter(on_day(on or clock.today(settings.TIME_ZONE)), officer__in=list(officer_ids))
    return set(rows.values_list("post__unit_id", flat=True))


def units_below_officer(officer: int, *, on: datetime.date | None = None) -> set[int]:
    """Units in which an officer holds a post today; of who heads a body, all units of it."""
    rows = Appointment.objects.filter(on_day(on or clock.today(settings.TIME_ZONE)), officer=officer)
    found: set[int] = set()
    for row in rows.select_related("post__unit"):
        is_head = "body_head" in row.post.roles
        found |= units_of_bodies([row.post.unit.body_id]) if is_head else {row.post.unit_id}
    return found


def tied_to(officers: Iterable[int], units: Iterable[int]) -> set[int]:
    """Officers who declared a tie to one of these that has not ended."""
    named = Q(to_officer__in=list(officers)) | Q(unit__in=list(units))
    return set(Tie.objects.filter(named, ended_at=None).values_list("officer", flat=True))


def body_of_unit(code: str) -> str:
    """The code of the body to which a unit belongs; empty for an unknown unit."""
    return Unit.objects.filter(code=code).values_list("body__code", flat=True).first() or ""


def units_of_bodies(body_ids: Iterable[int]) -> set[int]:
    """All units of the bodies."""
    return set(Unit.objects.filter(body__in=list(body_ids)).values_list("pk", flat=True))


def public_bodies() -> list[Body]:
    """Bodies a complaint may name, in the order they were set up."""
    return list(Body.objects.order_by("id"))


@dataclass(frozen=True, slots=True)
class Nameable:
    """Somebody or something a complaint may name, and where it belongs."""

    code: str
    name: Words
    within: Words


def public_units() -> list[Nameable]:
    """Units a complaint may name, body by body."""
    rows = Unit.objects.select_related("body").order_by("body_id", "id")
    return [Nameable(unit.code, unit.name, unit.body.name) for unit in rows]


def public_officers() -> list[Nameable]:
    """Officers a complaint may name, unit by unit: those who hold a post today."""
    rows = Appointment.objects.filter(on_day(clock.today(settings.TIME_ZONE))).select_related(
        "officer", "post__unit__body"
    )
    found = []
    for row in rows.order_by("post__unit__body_id", "post__unit_id", "post_id"):
        officer, unit = row.officer, row.post.unit
        name = Words(zh=f"{officer.name_zh}（{row.post.title_zh}）", en=f"{officer.name_en} ({row.post.title_en})")
        within = Words(zh=f"{unit.body.name_zh} {unit.name_zh}", en=f"{unit.name_en}, {unit.body.name_en}")
        found.append(Nameable(officer.code, name, within))
    return found


def areas() -> list[Area]:
    """The tree of areas, parents before children."""
    rows = list(Area.objects.order_by("id"))
    children: dict[int | None, list[Area]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row)

    def below(parent: int | None) -> list[Area]:
        return [each for row in children.get(parent, []) for each in (row, *below(row.pk))]

    return below(None)


def zone_of(body_code: str) -> str:
    """The time zone of a body."""
    return Body.objects.values_list("time_zone", flat=True).get(code=body_code)


@remembered
def zones() -> frozenset[str]:
    """The time zones of all bodies."""
    return frozenset(Body.objects.values_list("time_zone", flat=True).distinct())


def body_calendars() -> list[str]:
    """Codes of the calendars by which bodies count their days."""
    return sorted(set(Body.objects.values_list("calendar", flat=True)))


def officer_named(words: str) -> str:
    """The code of the one officer with this duty number or name; empty when there is none, or more than one."""
    words = storable(words).strip()
    same = Q(duty_number=words) | Q(name_zh=words) | Q(name_en__iexact=words)
    codes = list(Officer.objects.filter(same).values_list("code", flat=True)[:2]) if words else []
    return codes[0] if len(codes) == 1 else ""


def colleague_posts(reader: Reader) -> list[tuple[str, Words]]:
    """Filled posts of the reader's units, without the reader's own, as (code, holder and title)."""
    posts = list(
        Post.objects.filter(unit__in=reader.unit_ids).exclude(pk__in=reader.post_ids).order_by("unit_id", "id")
    )
    acting = holders([post.pk for post in posts])
    return [
        (
            post.code,
            Words(
                zh=f"{acting[post.pk].name_zh}（{post.title_zh}）",
                en=f"{acting[post.pk].name_en} ({post.title_en})",
            ),
        )
        for post in posts
        if post.pk in acting and {"handler", "registrar", "unit_head", "reviewer"} & set(post.roles)
    ]
