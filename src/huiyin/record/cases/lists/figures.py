"""Counts of steps and of open cases at one body: numbers alone, no case and nobody in them.

What concerns the conduct of staff (``is_restricted``) is counted apart, and only for a reader whom
no such case names.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from huiyin.record.bodies.models import Body
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.days import terms
from huiyin.record.cases.models import Milestone, RunningTerm
from huiyin.record.cases.who import scope
from huiyin.record.law import versions
from huiyin.record.law.versions import procedure_of

_COMES = ("registered", "came", "reopened")
_GOES = ("ended", "left")


Steps = Counter[tuple[str, str, bool | None]]  # by kind, outcome, and whether it was late


@dataclass(frozen=True, slots=True)
class Counted:
    """The steps of one body in a span of days: those of complaints, and those of reviews that it decides."""

    steps: Steps = field(default_factory=Counter)
    review_steps: Steps = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    open_at_end: int = 0
    reviews_open_at_end: int = 0
    overdue_at_end: int = 0


def counted(body_id: int, first: datetime.date, last: datetime.date) -> Counted:
    """The ordinary matters of a body from ``first`` to ``last``, and what was open when ``last`` was over."""
    rows = _complaints(body_id)
    steps: tuple[Steps, Steps] = (Counter(), Counter())
    in_span = rows.filter(on__gte=first, on__lte=last)
    grouped = in_span.values("is_review", "kind", "outcome", "is_late").annotate(count=Count("pk")).order_by()
    for row in grouped:
        steps[row["is_review"]][row["kind"], row["outcome"], row["is_late"]] += row["count"]
    came_in = in_span.filter(kind="registered", is_review=False).values(
        "case__channel", code=Coalesce("case__category__code", Value(""))
    )
    channels: Counter[str] = Counter()
    categories: Counter[str] = Counter()
    for channel, code, count in (
        came_in.annotate(count=Count("pk")).order_by().values_list("case__channel", "code", "count")
    ):
        channels[channel] += count
        categories[code] += count
    standing = rows.filter(on__lte=last).values("is_review").annotate(
        comes=Count("pk", filter=Q(kind__in=_COMES)), goes=Count("pk", filter=Q(kind__in=_GOES))
    )  # fmt: skip
    opened = {row["is_review"]: row["comes"] - row["goes"] for row in standing.order_by()}
    return Counted(
        steps=steps[False],
        review_steps=steps[True],
        channels=channels,
        categories=categories,
        open_at_end=opened.get(False, 0),
        reviews_open_at_end=opened.get(True, 0),
        overdue_at_end=_overdue(body_id, last),
    )


def restricted_received(body_id: int, first: datetime.date, last: datetime.date, *, reader: Reader) -> int:
    """Matters about the conduct of staff that a body registered, without those that name the reader."""
    rows = Milestone.objects.filter(
        body=body_id, is_restricted=True, is_review=False, kind="registered", on__gte=first, on__lte=last
    )
    return rows.filter(case__in=scope.not_barred(reader).filter(is_restricted=True).values("pk")).count()


@dataclass(frozen=True, slots=True)
class Settlement:
    """A dispute that was settled: on which day, whether after its time, and where it lay."""

    case_id: int
    on: datetime.date
    is_late: bool | None
    area_id: int | None


def settlements() -> list[Settlement]:
    """Every settled dispute once, on the day of its first agreement; those about staff are not among them."""
    rows = Milestone.objects.filter(
        kind="answered", outcome="settled", is_restricted=False, case__law__in=versions.mediation_keys()
    ).order_by("on", "pk")
    found: dict[int, Settlement] = {}
    for key, on, is_late, area in rows.values_list("case_id", "on", "is_late", "case__area_id"):
        found.setdefault(key, Settlement(key, on, is_late, area))
    return list(found.values())


def _complaints(body_id: int) -> QuerySet[Milestone]:
    """The steps of complaints and reviews; disputes are counted by themselves."""
    rows = Milestone.objects.filter(body=body_id, is_restricted=False)
    mediated = versions.mediation_keys()
    return rows.exclude(case__law__in=mediated) if mediated else rows


def _overdue(body_id: int, last: datetime.date) -> int:
    """Ordinary matters whose office owed something by a day up to ``last`` and had not done it when ``last`` was over."""
    body = Body.objects.get(pk=body_id)
    over = datetime.datetime.combine(last + datetime.timedelta(days=1), datetime.time(), ZoneInfo(body.time_zone))
    unfinished = (
        RunningTerm.objects.filter(first_due_on__lte=last, starts_on__lte=last)
        .filter(Q(state__in=("running", "stopped")) | Q(ended_on__gt=last))
        .filter(
            Q(case__grants__until_at=None) | Q(case__grants__until_at__gte=over),
            case__grants__capacity="responsible",
            case__grants__from_at__lt=over,
            case__grants__post__unit__body=body_id,
        )
        .filter(case__is_restricted=False)
        .exclude(case__channel="review")
        .exclude(case__law__in=versions.mediation_keys())
        .annotate(law=F("case__law"))
    )
    late: set[int] = set()
    for row in unfinished.iterator(chunk_size=2000):
        term = procedure_of(row.law).terms[row.term]
        if term.is_duty and row.case_id not in late:
            due_on = terms.due_as_of(row, term, last, country=body.calendar, zone=body.time_zone)
            if due_on is not None and due_on <= last:
                late.add(row.case_id)
    return len(late)
