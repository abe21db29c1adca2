"""The queues of the desk: pages by due day, and how many stand in each.

Every page is a walk along an index from where the last one ended, and every
count stops at 1,000: a page costs the same in a village and in a city.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from itertools import chain

from django.db import connection
from django.db.models import Q, QuerySet, Value

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.asks import ask_views
from huiyin.record.cases.lists import duty_queue
from huiyin.record.cases.models import Case, Draft, Grant
from huiyin.record.cases.shown.rows import Row, lean, rows_of
from huiyin.record.cases.who import scope
from huiyin.record.prepared import Place, Prepared
from huiyin.rules.refusal import Refusal

COUNT_LIMIT = 1_000
Given = int | datetime.date


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a queue. Counts stop at 1,000."""

    items: tuple[Row, ...]
    next: str | None
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Queue:
    """Open cases of one place (a post, or a unit) that meet a condition, said for the ORM and for counting."""

    place: str
    condition: Q
    sql: str
    days: tuple[str, ...] = ()


_TODAY, _WEEK = Place("today"), Place("week")
_YES, _NO = Value(True), Value(False)  # compared, and not just named: SQLite takes an index for a comparison alone
_QUEUES = {
    "mine": _Queue("responsible_post", Q(), ""),
    # a restricted case is there only for those who hold a grant on it
    "unit": _Queue("unit", Q(is_restricted=_NO), " AND c.is_restricted = FALSE"),
    "overdue": _Queue("responsible_post", Q(due_on__lt=_TODAY), " AND c.due_on < %s", ("today",)),
    "today": _Queue("responsible_post", Q(due_on=_TODAY), " AND c.due_on = %s", ("today",)),
    "week": _Queue(
        "responsible_post",
        Q(due_on__gt=_TODAY, due_on__lte=_WEEK),
        " AND c.due_on > %s AND c.due_on <= %s",
        ("today", "week"),
    ),
    "new": _Queue("responsible_post", Q(stage="intake"), " AND c.stage = 'intake'"),
    "waiting": _Queue("responsible_post", Q(is_waiting=_YES), " AND c.is_waiting = TRUE"),
}
QUEUES = (*_QUEUES, "sign", "sent", "promises", "asked")


def queue(name: str, *, reader: Reader, after: str = "", limit: int = 25, with_counts: bool = True) -> Page:
    """One page of a queue by due day, then age.

    ``after`` is the ``next`` of the page before. Raises Refusal("unknown_choice")
    for an unknown queue or a broken ``after``. Of promises each has a line, also where its case has ended.
    """
    if name not in QUEUES:
        raise Refusal("unknown_choice", field="queue")
    start = _place(after) if after else None
    if name == "promises":
        owed, following = duty_queue.page(reader, start, limit)
        return Page(owed, following, counts(reader) if with_counts else {})
    if name == "asked":
        asked, following = ask_views.page(reader, start, limit)
        return Page(asked, following, counts(reader) if with_counts else {})
    match name:
        case "sign":
            cases = _to_sign(reader, start, limit)
        case "sent":
            cases = _sent_on(reader, start, limit)
        case _:
            cases = _page(name, reader, start, limit)
    more = len(cases) > limit
    cases = cases[:limit]
    last = cases[-1] if more else None
    return Page(
        items=rows_of(cases, reader),
        next=f"{last.due_on.isoformat()}.{last.pk}" if last else None,
        counts=counts(reader) if with_counts else {},
    )


def _page(name: str, reader: Reader, start: tuple[datetime.date, int] | None, limit: int) -> list[Case]:
    """The first cases of all the reader's places, each place walked along its index."""
    places = reader.unit_ids if _QUEUES[name].place == "unit" else reader.post_ids
    values: dict[str, object] = {"officer": reader.officer_id, **_days(reader)}
    values |= {f"unit{number}": unit for number, unit in enumerate(reader.unit_ids)}
    if start:
        values |= {"due_on": start[0], "key": start[1]}
    walk = _walk(name, len(reader.unit_ids), limit + 1, start is not None)
    found = chain.from_iterable(walk.all(at=place, **values) for place in places)
    return sorted(found, key=lambda case: (case.due_on, case.pk))[: limit + 1]


@cache
def _walk(name: str, units: int, count: int, goes_on: bool) -> Prepared[Case]:
    kind = _QUEUES[name]

    def build() -> QuerySet[Case]:
        barrier = scope.barrier(Place("officer"), [Place(f"unit{number}") for number in range(units)])
        cases = Case.scoped.filter(barrier, kind.condition, is_open=_YES, **{kind.place: Place("at")})
        if goes_on:
            cases = cases.filter(_after(Place("due_on"), Place("key")))
        return lean(cases).order_by("due_on", "id")[:count]

    return Prepared(build)


def _after(due_on: datetime.date | Place, key: int | Place) -> Q:
    """Past this place in the order; the first half alone lets the index begin there."""
    return Q(due_on__gte=due_on) & (Q(due_on__gt=due_on) | Q(id__gt=key))


def _to_sign(reader: Reader, start: tuple[datetime.date, int] | None, limit: int) -> list[Case]:
    waiting = Draft.objects.filter(waiting_post__in=reader.post_ids, step__gt=0)
    found = scope.openable(reader).filter(pk__in=waiting.values("case_id"))
    if start:
        found = found.filter(_after(*start))
    return list(lean(found).order_by("due_on", "id")[: limit + 1])


def _sent_on(reader: Reader, start: tuple[datetime.date, int] | None, limit: int) -> list[Case]:
    """Open matters that my posts sent to another body, until their end."""
    sent = Grant.objects.filter(scope.current_grants(), post__in=reader.post_ids, capacity="sender")
    found = scope.not_barred(reader).filter(pk__in=sent.values("case_id"), is_open=True)
    if start:
        found = found.filter(_after(*start))
    return list(lean(found).order_by("due_on", "id")[: limit + 1])


def counts(reader: Reader) -> dict[str, int]:
    """How many cases stand in each queue of the reader, at most 1,000 each: one statement."""
    if not reader.posts:
        return dict.fromkeys(QUEUES, 0)
    barrier, barred = scope.not_barred_sql(reader)
    days = _days(reader)
    parts: list[str] = []
    params: list[Given] = []
    for kind in _QUEUES.values():
        places = reader.unit_ids if kind.place == "unit" else reader.post_ids
        source = f"cases_case c WHERE c.{kind.place}_id IN ({_marks(places)}) AND c.is_open = TRUE{kind.sql}"
        parts.append(_count(source, barrier))
        params += [*places, *(days[day] for day in kind.days), *barred]
    source = (
        f"cases_draft d JOIN cases_case c ON c.id = d.case_id WHERE d.waiting_post_id IN ({_marks(reader.post_ids)})"
    )
    parts.append(_count(source + " AND d.step > 0", barrier))
    params += [*reader.post_ids, *barred]
    source = (
        f"cases_grant g JOIN cases_case c ON c.id = g.case_id WHERE g.post_id IN ({_marks(reader.post_ids)})"
        " AND g.capacity = 'sender' AND g.until_at IS NULL AND c.is_open = TRUE"
    )
    parts.append(_count(source, barrier))
    params += [*reader.post_ids, *barred]
    source = (
        f"cases_duty d JOIN cases_case c ON c.id = d.case_id WHERE d.owed_by_id IN ({_marks(reader.post_ids)})"
        " AND d.state = 'open'"
    )
    parts.append(_count(source, barrier))
    params += [*reader.post_ids, *barred]
    source = (
        f"cases_ask a JOIN cases_case c ON c.id = a.case_id WHERE a.owed_by_id IN ({_marks(reader.post_ids)})"
        " AND a.state = 'open'"
    )
    parts.append(_count(source, barrier))
    params += [*reader.post_ids, *barred]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), params)
        return dict(zip(QUEUES, cursor.fetchone(), strict=True))


def due_by(reader: Reader, today: datetime.date) -> tuple[int, int]:
    """How many matters of the reader's posts are overdue, and how many are due today: for words that leave the house.

    Restricted matters are not among them, so that a mailbox that others read tells nothing of one.
    """
    mine = scope.not_barred(reader).filter(responsible_post__in=reader.post_ids, is_open=True, is_restricted=False)
    return mine.filter(due_on__lt=today)[:COUNT_LIMIT].count(), mine.filter(due_on=today)[:COUNT_LIMIT].count()


def _count(source: str, barrier: str) -> str:
    return f"(SELECT COUNT(*) FROM (SELECT 1 FROM {source} AND {barrier} LIMIT {COUNT_LIMIT}) AS found)"  # noqa: S608 - every value is a parameter


def _marks(values: list[int]) -> str:
    return ", ".join(["%s"] * len(values))


def _days(reader: Reader) -> dict[str, datetime.date]:
    today = clock.today(reader.zone)
    return {"today": today, "week": today + datetime.timedelta(days=7)}


def _place(after: str) -> tuple[datetime.date, int]:
    day, _dot, key = after.partition(".")
    try:
        return datetime.date.fromisoformat(day), int(key)
    except ValueError:
        raise Refusal("unknown_choice", field="after") from None
