"""What everybody may read of a quarter: reckoned once, when it is over, kept, and bound into the history.

The office's own acts are exact for the whole county. Every breakdown goes through ``rules.disclosure``. Of the settled
disputes of one quarter either a table of town and kind is shown, or one line of each; and a line of levels. They share
nothing but their total, and no dispute is in two quarters: together they tell no more than each by itself.

Suggestions are broken down as far as they stand one by one on the public list, and exactly: beside that list a rounded
number of all that were heard would tell how many of a town are not answered. Visits are a total of the county alone:
beside the office hours, which everybody could count, they would tell where the one visit of a quarter went.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from huiyin.oversight.statistics import disputes
from huiyin.oversight.statistics.models import Release
from huiyin.oversight.statistics.monthly import complaint_acts
from huiyin.record import clock
from huiyin.record.bodies.queries import receiving_body
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.chain import canonical
from huiyin.rules.counting import small
from huiyin.rules.disclosure import ALL, Published, Withheld, published, published_line
from huiyin.rules.outreach import Quarter, coverage, quarters
from huiyin.stages.outreach import queries as outreach

GRACE_DAYS = 10  # after a quarter, in which what was done is still entered
LARGEST_TABLE = 120  # cells of town and kind that are tried
NOT_SAID = "not_said"
Json = dict[str, Any]


def publish_quarters() -> int:
    """Publish every quarter that is over and not yet published; gives how many."""
    body = receiving_body()
    if body is None:
        return 0
    zone = body.time_zone
    last = clock.today(zone) - datetime.timedelta(days=GRACE_DAYS)
    settled = disputes.settled()
    began = min([each.on for each in settled] + [day for day in (outreach.began_on(zone),) if day], default=None)
    if began is None:
        return 0
    known = set(Release.objects.values_list("quarter", flat=True))
    waiting = [each for each in quarters(began, last) if each.last < last and each.name not in known]
    return sum(_publish(each, figures_of(each, settled, zone), body.code) for each in waiting)


def figures_of(quarter: Quarter, settled: Iterable[disputes.Settled], zone: str) -> Json:
    """The figures of a quarter as they may be read by everybody."""
    own = [each for each in settled if quarter.first <= each.on <= quarter.last]
    out = outreach.counted(quarter.first, quarter.last, zone=zone)
    share = coverage(out.held_in, outreach.villages())
    return {
        "quarter": quarter.name,
        "acts": {
            "disputes_settled": len(own), "suggestions": out.suggestions, "office_hours": out.held, "visits": out.visits,
            "suggestions_answered": out.answered,
            "complaints": complaint_acts(quarter.first, quarter.last),
        },
        "coverage": {"part": share.part, "whole": share.whole},
        "tables": settled_tables(own),
        "office_hours_by_town": dict(sorted(out.held_by_town.items())),
        "suggestions_answered_by_town": dict(sorted(out.answered_by_town.items())),
        "came_by_town": {
            town: {"shown": _word(Withheld.FEW) if small(count) is None else small(count)}
            for town, count in sorted(out.came_to_hours_by_town.items())
        },
    }  # fmt: skip


def settled_tables(own: Iterable[disputes.Settled]) -> list[Json]:
    """Town and kind as one table where it says something, else a line of each; and a line of levels."""
    rows = list(own)
    cells = Counter((each.town or NOT_SAID, each.kind) for each in rows)
    whole = _crossed(cells)
    levels = _line("settled_by_level", Counter(each.level or NOT_SAID for each in rows))
    if whole is not None:
        return [_told("settled_by_town_and_kind", whole), levels]
    return [
        _line("settled_by_town", Counter(each.town or NOT_SAID for each in rows)),
        _line("settled_by_kind", Counter(each.kind for each in rows)),
        levels,
    ]


def _crossed(cells: Mapping[tuple[str, str], int]) -> Published | None:
    """The table of both; None where it would hide more than it shows."""
    towns = sorted({town for town, _kind in cells})
    kinds = sorted({kind for _town, kind in cells})
    if len(towns) < 2 or len(kinds) < 2 or len(towns) * len(kinds) > LARGEST_TABLE:
        return None
    table = published({(town, kind): cells.get((town, kind), 0) for town in towns for kind in kinds})
    if table is None:
        return None
    inner = [table[place] for place, count in cells.items() if count]
    is_telling = sum(isinstance(each, int) for each in inner) * 2 >= len(inner)
    return table if is_telling else None


def _line(name: str, counts: Mapping[str, int]) -> Json:
    table = published_line({key: counts[key] for key in sorted(counts)})
    if table is None:
        return {"name": name, "total": sum(counts.values()), "cells": None}
    return _told(name, table)


def _told(name: str, table: Published) -> Json:
    """A table for a file: each place with its rounded number, or in a word why there is none."""
    cells = [
        {"row": _place(row), "column": _place(column), "shown": _word(shown)}
        for (row, column), shown in table.cells.items()
    ]
    return {"name": name, "total": table.total, "cells": cells}


def _place(key: object) -> str:
    return "" if key is ALL else str(key)


def _word(shown: object) -> object:
    return (
        {Withheld.FEW: "fewer_than_ten", Withheld.WITH_IT: "withheld"}[shown] if isinstance(shown, Withheld) else shown
    )


def _publish(quarter: Quarter, figures: Json, body_code: str) -> int:
    digest = hashlib.sha256(canonical(figures)).hexdigest()
    try:
        with transaction.atomic():
            Release.objects.create(quarter=quarter.name, figures=figures, sha256=digest, made_at=clock.now())
            append_event(
                ChainRef.body(body_code), "figures_published", actor=Actor.system(),
                details={"quarter": quarter.name, "sha256": digest},
            )  # fmt: skip
    except IntegrityError:  # another process was quicker
        return 0
    return 1


def releases() -> list[Json]:
    """What was published, newest first."""
    return [row.figures for row in Release.objects.order_by("-quarter")]


def release(quarter: str) -> Json | None:
    """The figures of one quarter."""
    row = Release.objects.filter(quarter=quarter).first()
    return row.figures if row else None


def totals() -> dict[str, int]:
    """Acts of the whole county since they are counted, exact."""
    zone = settings.TIME_ZONE
    day = clock.today(zone)
    began = outreach.began_on(zone) or day
    out = outreach.counted(began, day, zone=zone)
    return {
        "disputes_settled": disputes.how_many_settled(),
        "suggestions": out.suggestions,
        "suggestions_answered": out.answered,
        "office_hours": out.held,
        "visits": out.visits,
        "posters": outreach.posters_in_use(),
    }
