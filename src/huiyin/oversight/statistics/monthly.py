"""The monthly report of one body: what it did, in numbers that tell of no single matter.

Acts of the body itself are exact; what came in is shown by channel and category only as far as
nobody can be found in it (``rules.counting``). Offices are reported one by one, never side by side:
a table of them would reward whoever receives or settles most.
"""

from __future__ import annotations

import calendar
import datetime
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from huiyin.record import clock
from huiyin.record.bodies.gates import REPORTERS
from huiyin.record.bodies.models import Body
from huiyin.record.bodies.queries import Reader, bodies_below
from huiyin.record.cases.lists.figures import Counted, Steps, counted, restricted_received
from huiyin.rules.counting import Rate, protected, small
from huiyin.rules.refusal import Refusal

CHANGED = frozenset({"supported", "partly_supported"})


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month, as far as it has passed."""

    year: int
    number: int
    today: datetime.date

    @property
    def first(self) -> datetime.date:
        """Its first day."""
        return datetime.date(self.year, self.number, 1)

    @property
    def last(self) -> datetime.date:
        """Its last day, or today while it runs."""
        ends = datetime.date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])
        return min(ends, self.today)

    @property
    def is_over(self) -> bool:
        """Whether its figures will not change any more."""
        return self.last < self.today

    @property
    def name(self) -> str:
        """``2026-03``."""
        return f"{self.year:04}-{self.number:02}"

    def before(self) -> Month:
        """The month before."""
        earlier = self.first - datetime.timedelta(days=1)
        return Month(earlier.year, earlier.month, self.today)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total by its parts: None for a part too small to show; ``parts`` is None where all must be withheld."""

    total: int
    parts: Mapping[str, int | None] | None


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one body in one month; ``figures`` by the names of ``FIGURES``."""

    body: Body
    month: Month
    figures: Mapping[str, int]
    on_time: Rate
    changed: Rate
    channels: Breakdown
    categories: Breakdown
    has_restricted: bool
    restricted: int | None


FIGURES = (
    "received", "came", "left", "accepted", "declined", "answered", "in_time", "late", "without_term", "extended",
    "ended", "reopened", "open_at_end", "overdue_at_end", "review_asked", "review_changed", "review_upheld",
    "reviews_received", "reviews_decided", "reviews_open_at_end",
)  # fmt: skip


def months(today: datetime.date, count: int = 24) -> list[Month]:
    """This month and those before it, newest first."""
    found = [Month(today.year, today.month, today)]
    while len(found) < count:
        found.append(found[-1].before())
    return found


def bodies_of(reader: Reader) -> list[Body]:
    """The bodies whose report the reader may have: those served as head, supervisor or administrator, and all below."""
    own = {post.body_id for post in reader.posts if post.roles & REPORTERS.roles}
    return bodies_below(own)


def report(body_code: str, month: Month, *, reader: Reader) -> Report:
    """One report. Raises Refusal("not_found") for a body that is not the reader's to report on."""
    body = next((each for each in bodies_of(reader) if each.code == body_code), None)
    if body is None:
        raise Refusal("not_found")
    found = counted(body.pk, month.first, month.last)
    figures = _figures(found)
    watches = "supervisor" in reader.roles
    restricted = restricted_received(body.pk, month.first, month.last, reader=reader) if watches else 0
    decided = figures["review_changed"] + figures["review_upheld"]
    return Report(
        body=body,
        month=month,
        figures=figures,
        on_time=Rate(figures["in_time"], figures["in_time"] + figures["late"]),
        changed=Rate(figures["review_changed"], decided),
        channels=Breakdown(figures["received"], protected(found.channels, figures["received"])),
        categories=Breakdown(figures["received"], protected(found.categories, figures["received"])),
        has_restricted=watches,
        restricted=small(restricted),
    )


def current_month(zone: str) -> Month:
    """The month that runs where the reader is."""
    today = clock.today(zone)
    return Month(today.year, today.month, today)


def _figures(found: Counted) -> dict[str, int]:
    own, reviews, all_steps = found.steps, found.review_steps, found.steps + found.review_steps
    decided = ("answered", "declined")
    lateness: Counter[bool | None] = Counter()
    for (kind, _outcome, is_late), count in own.items():
        lateness[is_late] += count if kind in decided else 0
    values = {name: _sum(own, (name,)) for name in FIGURES} | {
        "received": _sum(own, ("registered",)),
        "in_time": lateness[False],
        "late": lateness[True],
        "without_term": lateness[None],
        "open_at_end": found.open_at_end,
        "overdue_at_end": found.overdue_at_end,
        "review_asked": _sum(all_steps, ("review_asked",)),
        "review_changed": sum(all_steps["review_decided", outcome, None] for outcome in CHANGED),
        "reviews_received": _sum(reviews, ("registered",)),
        "reviews_decided": _sum(reviews, decided),
        "reviews_open_at_end": found.reviews_open_at_end,
    }
    values["review_upheld"] = _sum(all_steps, ("review_decided",)) - values["review_changed"]
    return values


def _sum(steps: Steps, kinds: Collection[str]) -> int:
    return sum(count for (kind, _outcome, _late), count in steps.items() if kind in kinds)


ACTS = ("accepted", "declined", "answered", "in_time", "late", "extended", "review_changed", "review_upheld")


def complaint_acts(first: datetime.date, last: datetime.date) -> dict[str, int]:
    """What all offices of the county did with complaints in a span of days, summed: none stands beside another."""
    summed: Counter[str] = Counter(dict.fromkeys(ACTS, 0))
    for body in Body.objects.order_by("id"):
        found = _figures(counted(body.pk, first, last))
        summed.update({name: found[name] for name in ACTS})
    return dict(summed)
