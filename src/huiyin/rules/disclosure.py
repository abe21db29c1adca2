"""Tables that may be published: small cells withheld, so many beside them that nobody can reckon them back.

A table has rows, columns and their margins; its grand total is the body's own act and exact. No cell and no margin
of 1 to 9 is shown, the others are rounded to five. Whoever reads it knows these rules and adds up: therefore further
cells are withheld until each withheld one could be at least six different numbers (five apart). How far it can be
narrowed is found exactly, as a flow in a network (cells, rows and columns with their bounds): whole numbers, no
estimate. Where even withholding all protects nobody, the table is not shown.

A release: tables over different matters share nothing; tables of one count share nothing but its total as long
as only one of them has two dimensions. Nothing is said later that was withheld before: a table of a quarter is
reckoned once, when the quarter is over, and stays. Row 28 of the test table; the attacker is in the tests.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias, TypeVar

from huiyin.rules.counting import NARROWEST, ROUNDED_TO, SMALLEST_SHOWN, rounded

Key: TypeAlias = Hashable
Place: TypeAlias = tuple[Key, Key]
K = TypeVar("K", bound=Hashable)


class Margin(Enum):
    """The place of a margin: the sum over all rows, or over all columns."""

    ALL = "all"


ALL = Margin.ALL


class Withheld(Enum):
    """Why a number is not shown."""

    FEW = "few"  # one to nine: "fewer than ten"
    WITH_IT = "with_it"  # large enough itself; it protects a small one


Shown: TypeAlias = int | Withheld


@dataclass(frozen=True, slots=True)
class Published:
    """A table as it may be published: every place with its number or why it is withheld; margins stand under ``ALL``."""

    total: int
    cells: Mapping[Place, Shown]

    def __getitem__(self, place: Place) -> Shown:
        return self.cells[place]


def published_line(counts: Mapping[K, int]) -> Published | None:
    """A breakdown in one dimension, beside its exact total; None where nothing protects it."""
    return published({(ALL, key): count for key, count in counts.items()})


def published(counts: Mapping[Place, int]) -> Published | None:
    """A table with its margins, from its true cells by (row, column); None where nothing protects it.

    A table whose rows are all ``ALL`` has one dimension.
    """
    truth = _with_margins(counts)
    total = sum(counts.values())
    shown: dict[Place, Shown] = {
        place: Withheld.FEW if 0 < count < SMALLEST_SHOWN else rounded(count) for place, count in truth.items()
    }
    network = _Network(counts, total)
    while (narrow := network.too_narrow(shown)) is not None:
        more = _to_withhold(narrow, shown, truth)
        if more is None:
            return None
        shown[more] = Withheld.WITH_IT
    return Published(total, shown)


def bounds(shown: Shown) -> tuple[int, int | None]:
    """What somebody who knows the rules can say of a number from how it is shown; None: no more than the total."""
    if shown is Withheld.FEW:
        return 1, SMALLEST_SHOWN - 1
    if shown is Withheld.WITH_IT:
        return SMALLEST_SHOWN, None
    if not shown:
        return 0, 0
    return max(shown - ROUNDED_TO // 2, SMALLEST_SHOWN), shown + ROUNDED_TO // 2


def _with_margins(counts: Mapping[Place, int]) -> dict[Place, int]:
    """The cells, and the sums of rows and columns where there are two dimensions."""
    if any(count < 0 for count in counts.values()):
        raise ValueError("A count is at least nothing.")
    truth = dict(counts)
    if all(row is ALL for row, _column in counts):
        return truth
    for (row, column), count in counts.items():
        truth[row, ALL] = truth.get((row, ALL), 0) + count
        truth[ALL, column] = truth.get((ALL, column), 0) + count
    return truth


def _to_withhold(narrow: Place, shown: Mapping[Place, Shown], truth: Mapping[Place, int]) -> Place | None:
    """The smallest number still shown that would help: one in the line of the narrow place, else any."""
    others = [place for place, value in shown.items() if isinstance(value, int) and value]
    in_line = [place for place in others if place[0] == narrow[0] or place[1] == narrow[1]]
    margins = [place for place in others if ALL in place and ALL not in narrow]
    return min(in_line or margins or others, key=lambda place: (truth[place], str(place)), default=None)


@dataclass(frozen=True, slots=True)
class _Arc:
    """A number of the table in the network: how large it is, and between which bounds a reader can place it."""

    place: Place | None
    tail: Key
    head: Key
    flow: int
    least: int
    most: int


class _Network:
    """Total -> rows -> cells -> columns -> total: every table that fits what is shown is a flow in it."""

    def __init__(self, counts: Mapping[Place, int], total: int) -> None:
        self.total = total
        is_line = all(row is ALL for row, _column in counts)
        rows = dict.fromkeys(("row", row) for row, _column in counts)
        columns = dict.fromkeys(("column", column) for _row, column in counts)
        row_sums = {row: sum(n for (r, _c), n in counts.items() if ("row", r) == row) for row in rows}
        column_sums = {column: sum(n for (_r, c), n in counts.items() if ("column", c) == column) for column in columns}
        arcs = [_Arc((row, column), ("row", row), ("column", column), n, 0, 0) for (row, column), n in counts.items()]
        for node, flow in row_sums.items():
            arcs.append(_Arc(None if is_line else (node[1], ALL), "source", node, flow, 0, total))
        for node, flow in column_sums.items():
            arcs.append(_Arc(None if is_line else (ALL, node[1]), node, "sink", flow, 0, total))
        arcs.append(_Arc(None, "sink", "source", total, total, total))
        self.arcs = arcs

    def too_narrow(self, shown: Mapping[Place, Shown]) -> Place | None:
        """A withheld place that can be narrowed to fewer than six numbers; None when all are wide enough."""
        arcs = [self._bounded(arc, shown) for arc in self.arcs]
        for at, arc in enumerate(arcs):
            if arc.place is not None and isinstance(shown[arc.place], Withheld) and _room(arcs, at) < NARROWEST:
                return arc.place
        return None

    def _bounded(self, arc: _Arc, shown: Mapping[Place, Shown]) -> _Arc:
        if arc.place is None:
            return arc
        least, most = bounds(shown[arc.place])
        return replace(arc, least=least, most=self.total if most is None else most)


def _room(arcs: list[_Arc], at: int) -> int:
    """How far this number can move in both directions together, as long as that is less than what is asked for."""
    up = _moved(arcs, at, is_up=True, wanted=NARROWEST)
    return up + _moved(arcs, at, is_up=False, wanted=NARROWEST - up)


def _moved(arcs: list[_Arc], at: int, *, is_up: bool, wanted: int) -> int:
    """How far the flow of one arc can be pushed up or down, the rest giving way within its bounds."""
    flows = [arc.flow for arc in arcs]
    own = arcs[at]
    room = own.most - own.flow if is_up else own.flow - own.least
    start, goal = (own.head, own.tail) if is_up else (own.tail, own.head)
    moved = 0
    while moved < min(room, wanted):
        way = _way(arcs, flows, at, start, goal)
        if way is None:
            break
        step = min(min(_slack(arcs[arc], flows[arc], is_forward) for arc, is_forward in way), min(room, wanted) - moved)
        for arc, is_forward in way:
            flows[arc] += step if is_forward else -step
        moved += step
    return moved


def _way(arcs: list[_Arc], flows: list[int], at: int, start: Key, goal: Key) -> list[tuple[int, bool]] | None:
    """A way from one node to another on which every arc still has room, without the arc in question."""
    came: dict[Key, tuple[Key, int, bool]] = {}
    waiting = deque([start])
    while waiting and goal not in came:
        node = waiting.popleft()
        for arc, is_forward, other in _neighbours(arcs, flows, node):
            if arc != at and other not in came and other != start:
                came[other] = (node, arc, is_forward)
                waiting.append(other)
    if goal not in came:
        return None
    way, node = [], goal
    while node != start:
        node, arc, is_forward = came[node]
        way.append((arc, is_forward))
    return way


def _neighbours(arcs: list[_Arc], flows: list[int], node: Key) -> Iterator[tuple[int, bool, Key]]:
    for at, arc in enumerate(arcs):
        if arc.tail == node and flows[at] < arc.most:
            yield at, True, arc.head
        if arc.head == node and flows[at] > arc.least:
            yield at, False, arc.tail


def _slack(arc: _Arc, flow: int, is_forward: bool) -> int:
    return arc.most - flow if is_forward else flow - arc.least
