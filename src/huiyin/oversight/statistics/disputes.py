"""The register of disputes, and what is counted in it: kind, level, dates, result. Nobody's name, no word of the matter.

Nothing here divides what was settled by anything: continue, go up and end without agreement are as good.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet

from huiyin.record.bodies import ground
from huiyin.record.bodies.gates import REGISTER_READERS, REPORTERS
from huiyin.record.bodies.models import Body
from huiyin.record.bodies.queries import Reader, bodies_below
from huiyin.record.cases.lists.figures import Settlement, settlements
from huiyin.record.cases.who import scope
from huiyin.record.law import versions
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import ChainRef
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation.models import Dispute
from huiyin.stages.outreach.queries import towns_of_areas

BY = ("kind", "level", "complexity", "result", "opened_by")
PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the register."""

    number: str
    kind: str
    level: str
    complexity: str
    opened_on: datetime.date
    begun_on: datetime.date | None
    ended_on: datetime.date | None
    result: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A dispute that was settled, without its number."""

    on: datetime.date
    town: str
    kind: str
    level: str
    is_late: bool | None


def bodies_of(reader: Reader) -> list[Body]:
    """The bodies whose register a reader may have: those served with a duty of the register; of who reports also all below."""
    own = {post.body_id for post in reader.posts if post.roles & REGISTER_READERS.roles}
    reported = {post.body_id for post in reader.posts if post.roles & REPORTERS.roles}
    below = {body.pk for body in bodies_below(reported)} if reported else set()
    return list(Body.objects.filter(pk__in=own | below).order_by("id"))


def counted(reader: Reader) -> tuple[int, Mapping[str, Mapping[str, int]]]:
    """How many disputes there are, and how many of each kind, level, length, result: exact, less those that name the reader."""
    rows = _counted_for(reader)
    found: dict[str, Counter[str]] = {name: Counter() for name in BY}
    total = 0
    for values in rows.values_list(*BY):
        total += 1
        for name, value in zip(BY, values, strict=True):
            found[name][value] += 1
    return total, found


def settled_for(reader: Reader) -> list[Settled]:
    """Settled disputes of the bodies the reader may count, less those that name the reader."""
    own = set(_counted_for(reader).values_list("case_id", flat=True))
    return [each for key, each in _settled() if key in own]


def settled() -> list[Settled]:
    """Settled disputes of the whole county, each once, on the day of its first agreement."""
    return [each for _key, each in _settled()]


def how_many_settled() -> int:
    """Of the whole county, since the register began."""
    return len(settled())


def register(reader: Reader, *, chosen: Mapping[str, str], before: int = 0) -> tuple[list[Line], int, int]:
    """A page of the register, newest first: what the reader may open and no more.

    Gives the lines, the key from which the next page goes on (0: none), and how many the reader may open in all.
    Raises Refusal("unknown_choice") for a column that is none.
    """
    rows = _readable(reader, chosen)
    count = rows.count()
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return [_line(row) for row in found[:PAGE]], found[PAGE - 1].pk if len(found) > PAGE else 0, count


def taken_along(reader: Reader, *, chosen: Mapping[str, str]) -> Iterator[Line]:
    """The register to take along: a look, written in the chain of the reader's body and committed before a line leaves."""
    post = next((post for post in reader.posts if post.roles & REGISTER_READERS.roles), None)
    if post is None:
        raise Refusal("not_found")
    rows = _readable(reader, chosen)
    with transaction.atomic(durable=True):
        append_event(
            ChainRef.body(post.body_code), "register_taken_along", actor=reader.actor(post.id),
            details={"lines": rows.count(), "chosen": dict(chosen)},
        )  # fmt: skip
    return (_line(row) for row in rows.order_by("pk").iterator(chunk_size=1000))


def names() -> tuple[dict[str, Words], dict[str, Words]]:
    """Kinds and levels in words, by the packs in force."""
    kinds: dict[str, Words] = {}
    levels: dict[str, Words] = {}
    for pack in versions.mediations_in_force():
        kinds |= {each.id: each.name for each in pack.disputes.values()}
        levels |= {each.id: each.name for each in pack.levels.values()}
    return kinds, levels


def _counted_for(reader: Reader) -> QuerySet[Dispute]:
    keys = [body.pk for body in bodies_of(reader)]
    return Dispute.objects.filter(case__in=scope.not_barred(reader).filter(body__in=keys))


def _readable(reader: Reader, chosen: Mapping[str, str]) -> QuerySet[Dispute]:
    if not set(chosen) <= set(BY):
        raise Refusal("unknown_choice")
    return Dispute.objects.filter(case__in=scope.openable(reader), **chosen).annotate(number=F("case__number"))


def _line(row: Dispute) -> Line:
    number = str(row.number)  # type: ignore[attr-defined]
    return Line(number, row.kind, row.level, row.complexity, row.opened_on, row.begun_on, row.ended_on, row.result)


def _settled() -> Iterator[tuple[int, Settled]]:
    towns, top = towns_of_areas(), ground.top()
    lines: dict[int, tuple[str, str]] = {
        key: (kind, level) for key, kind, level in Dispute.objects.values_list("case_id", "kind", "level")
    }
    for each in settlements():
        if each.case_id in lines:
            kind, level = lines[each.case_id]
            yield each.case_id, _of(each, kind, level, towns, top)


def _of(each: Settlement, kind: str, level: str, towns: Mapping[int, str], top: str) -> Settled:
    town = towns.get(each.area_id, top) if each.area_id else top
    return Settled(each.on, town, kind, level, each.is_late)
