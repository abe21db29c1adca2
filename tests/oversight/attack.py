"""What can be reckoned from everything that was ever public about our figures, however often it was read.

Unknowns are counts nobody published: settled disputes by town, kind, level and the span between two readings;
suggestions by town and span; who came to office hours by town and quarter. Every published number is one line about
them: exact, rounded to five, fewer than ten, or at least ten. What the definitions say is known too.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from huiyin.rules.disclosure import Withheld, bounds
from huiyin.rules.outreach import Quarter, quarter_of
from tests.oversight.public import Reading
from tests.rules.attacker import Attacker, Number

WORDS = {"fewer_than_ten": Withheld.FEW, "withheld": Withheld.WITH_IT}
DIMENSIONS = ("town", "kind", "level")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """A withheld place of a table, and between which numbers the attacker puts it."""

    quarter: str
    table: str
    place: tuple[str, str]
    low: Number
    high: Number

    @property
    def width(self) -> Number:
        """How far it can still be guessed wrong."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Span:
    """From one reading to the next: how much was added to a total in it."""

    quarter: str
    after: datetime.datetime
    added: int


def spans(readings: Sequence[Reading], total: str, zone: ZoneInfo) -> list[Span]:
    """What was added to a total between readings; readings stand at the beginning of days and of every quarter."""
    found = []
    for one, other in pairwise(sorted(readings, key=lambda each: each.at)):
        quarter = quarter_of(one.at.astimezone(zone).date())
        assert quarter_of((other.at - datetime.timedelta(seconds=1)).astimezone(zone).date()) == quarter, (
            "a quarter begins unread"
        )
        found.append(Span(quarter.name, one.at, other.data["totals"][total] - one.data["totals"][total]))
    return found


def settled(told: Json, added: Sequence[int]) -> list[Cell]:
    """Every withheld number of the settled disputes of one quarter; ``added``: in each span of it, where it was read."""
    tables = [each for each in told["tables"] if each["name"].startswith("settled") and each["cells"]]
    axes = [_axis(name, tables) for name in DIMENSIONS]
    unknowns = [
        (town, kind, level, span)
        for town in axes[0] for kind in axes[1] for level in axes[2] for span in range(max(len(added), 1))
    ]  # fmt: skip
    attacker = Attacker(unknowns)
    total = told["acts"]["disputes_settled"]
    attacker.learns(unknowns, total, total)
    for span, number in enumerate(added[:-1]):
        attacker.learns([each for each in unknowns if each[3] == span], number, number)
    withheld = []
    for table in tables:
        assert table["total"] == total
        named = table["name"].removeprefix("settled_by_").split("_and_")
        for cell in table["cells"]:
            inside = frozenset(each for each in unknowns if _lies(each, cell, named))
            attacker.learns(inside, *bounds(WORDS.get(cell["shown"], cell["shown"])))
            if isinstance(cell["shown"], str):
                withheld.append((table["name"], (cell["row"], cell["column"]), inside))
    return [Cell(told["quarter"], name, place, *attacker.range_of(inside)) for name, place, inside in withheld]


def _axis(dimension: str, tables: Sequence[Json]) -> list[str]:
    """The values of a dimension, where a table names them; one that nobody can tell apart where none does."""
    found: dict[str, None] = {}
    for table in tables:
        named = table["name"].removeprefix("settled_by_").split("_and_")
        if dimension in named:
            key = "row" if len(named) > named.index(dimension) + 1 else "column"
            found |= dict.fromkeys(cell[key] for cell in table["cells"] if cell[key])
    return list(found) or ["any"]


def _lies(unknown: tuple[str, str, str, int], cell: Json, named: Sequence[str]) -> bool:
    values = dict(zip(DIMENSIONS, unknown[:3], strict=True))
    wanted = (cell["column"],) if len(named) == 1 else (cell["row"], cell["column"])
    return all(not value or values[name] == value for name, value in zip(named, wanted, strict=True))


def unanswered(readings: Sequence[Reading], town_of: Callable[[str], str], towns: Sequence[str]) -> list[Cell]:
    """Suggestions of a town that stand answered nowhere, at each reading: known are all totals, and the public list."""
    found = []
    for one in readings:
        listed = Counter(dict.fromkeys(towns, 0))
        for village, number in one.suggestions.items():
            listed[town_of(village)] += number
        open_now = one.data["totals"]["suggestions"] - one.data["totals"]["suggestions_answered"]
        assert sum(listed.values()) == one.data["totals"]["suggestions_answered"]
        attacker = Attacker(list(towns))
        attacker.learns(towns, open_now, open_now)
        for table in (each for told in one.data["quarters"] for each in told["tables"]):
            assert not table["name"].startswith("suggestions"), "beside the list it would tell of what is not in it"
        found += [
            Cell("", f"unanswered at {one.at:%Y-%m-%d}", ("", town), *attacker.range_of([town])) for town in towns
        ]
    return found


def came(told: Json, *, with_visits: bool = False) -> list[Cell]:
    """Who came, by town; ``with_visits``: were visits on invitation counted among them, as they are not."""
    towns = sorted({*told["came_by_town"], *told["office_hours_by_town"]})
    hours, visits = [("came", town) for town in towns], [("visit", town) for town in towns]
    attacker = Attacker([*hours, *visits])
    if with_visits:
        attacker.learns(visits, told["acts"]["visits"], told["acts"]["visits"])
    for town in towns:
        if not told["office_hours_by_town"].get(town):
            attacker.learns([("came", town)], 0, 0)
    # Nobody is said to have come to more than this in a quarter; without a bound there is no largest number.
    attacker.learns(hours, 0, 100_000)
    cells = {}
    for town, cell in told["came_by_town"].items():
        inside = [("came", town), *([("visit", town)] if with_visits else [])]
        attacker.learns(inside, *bounds(WORDS.get(cell["shown"], cell["shown"])))
        if isinstance(cell["shown"], str):
            cells[town] = inside
    found = [
        Cell(told["quarter"], "came_by_town", ("", town), *attacker.range_of(each)) for town, each in cells.items()
    ]
    if with_visits:
        found += [Cell(told["quarter"], "visits", ("", town), *attacker.range_of([("visit", town)])) for town in towns]
    return found


def narrowed(cells: Sequence[Cell], least: int) -> list[Cell]:
    """Those that can be put more narrowly than they may be."""
    return [each for each in cells if each.width < least]


def in_quarter(found: Sequence[Span], quarter: Quarter | str) -> list[int]:
    """What was added in each span of a quarter."""
    name = quarter if isinstance(quarter, str) else quarter.name
    return [each.added for each in found if each.quarter == name]


def of_towns(areas: Mapping[str, str]) -> Callable[[str], str]:
    """In which town a village lies: the list of areas is public."""
    return lambda village: areas[village]
