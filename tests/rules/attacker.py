"""Somebody who has every published table and reckons: an exact linear program (simplex in fractions, Bland's rule).

Written apart from what it attacks and knowing nothing of networks: unknowns, sums of unknowns, and between which
numbers each sum must lie.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from huiyin.rules.disclosure import ALL, Place, Published, Withheld, bounds


@dataclass
class Attacker:
    """What is known: unknown counts (at least nothing), and bounds on sums of them."""

    unknowns: Sequence[object]
    known: list[tuple[frozenset[object], int, int | None]] = field(default_factory=list)

    def learns(self, among: Collection[object], least: int, most: int | None) -> None:
        """The sum of these unknowns lies between two numbers."""
        self.known.append((frozenset(among), least, most))

    def reads(self, table: Published, cells: Mapping[Place, Collection[object]]) -> None:
        """Take in a published table; ``cells`` says which unknowns make up each of its places."""
        self.learns(frozenset().union(*cells.values()), table.total, table.total)
        for place, shown in table.cells.items():
            inside = [
                cells[at]
                for at in cells
                if all(mine is ALL or mine == own for mine, own in zip(place, at, strict=True))
            ]
            self.learns(frozenset().union(*inside), *bounds(shown))

    def range_of(self, among: Collection[object]) -> tuple[Fraction, Fraction]:
        """Between which numbers the sum of these unknowns must lie."""
        wanted = frozenset(among)
        low, high = -self._largest(wanted, -1), self._largest(wanted, 1)
        return low, high

    def _largest(self, wanted: frozenset[object], sign: int) -> Fraction:
        rows: list[tuple[list[Fraction], Fraction]] = []
        for among, least, most in self.known:
            line = [Fraction(each in among) for each in self.unknowns]
            if most is not None:
                rows.append((line, Fraction(most)))
            rows.append(([-value for value in line], Fraction(-least)))
        return maximum([Fraction(sign * (each in wanted)) for each in self.unknowns], rows)


def maximum(aim: list[Fraction], rows: list[tuple[list[Fraction], Fraction]]) -> Fraction:
    """The largest ``aim . x`` with ``row . x <= bound`` for each row and x >= 0."""
    count = len(aim)
    # One more unknown, taken from every row, makes any start possible; it is driven out first.
    tableau = [[*line, Fraction(-1), bound] for line, bound in rows]
    basis = [count + 1 + at for at in range(len(rows))]
    outside = list(range(count + 1))
    worst = min(range(len(rows)), key=lambda at: tableau[at][-1])
    cost = [Fraction(0)] * count + [Fraction(-1), Fraction(0)]
    if tableau[worst][-1] < 0:
        _pivot(tableau, cost, basis, outside, worst, count)
        _climb(tableau, cost, basis, outside)
    if cost[-1] != 0:
        raise AssertionError("The published tables contradict each other.")
    if count in basis:
        at = basis.index(count)
        column = next(place for place, value in enumerate(tableau[at][:-1]) if value)
        _pivot(tableau, cost, basis, outside, at, column)
    gone = outside.index(count)
    for line in tableau:
        del line[gone]
    del outside[gone]
    cost = [Fraction(0)] * (len(outside) + 1)
    for place, name in enumerate(outside):
        cost[place] = aim[name] if name < count else Fraction(0)
    for at, name in enumerate(basis):
        if name < count and aim[name]:
            for place, value in enumerate(tableau[at]):
                cost[place] -= aim[name] * value
    _climb(tableau, cost, basis, outside)
    return -cost[-1]


def _climb(tableau: list[list[Fraction]], cost: list[Fraction], basis: list[int], outside: list[int]) -> None:
    while True:
        better = [place for place, value in enumerate(cost[:-1]) if value > 0]
        if not better:
            return
        column = min(better, key=lambda place: outside[place])
        possible = [at for at, line in enumerate(tableau) if line[column] > 0]
        if not possible:
            raise AssertionError("Nothing bounds this.")
        row = min(possible, key=lambda at: (tableau[at][-1] / tableau[at][column], basis[at]))
        _pivot(tableau, cost, basis, outside, row, column)


def _pivot(
    tableau: list[list[Fraction]], cost: list[Fraction], basis: list[int], outside: list[int], row: int, column: int
) -> None:
    """Exchange what stands for ``row`` with what stands for ``column``."""
    line, value = tableau[row], tableau[row][column]
    new = [each / value for each in line]
    new[column] = 1 / value
    for other in (*(each for at, each in enumerate(tableau) if at != row), cost):
        factor = other[column]
        if factor:
            for place in range(len(other)):
                other[place] = other[place] - factor * new[place] if place != column else -factor / value
    tableau[row] = new
    basis[row], outside[column] = outside[column], basis[row]


def hidden_widths(
    attacker: Attacker, table: Published, cells: Mapping[Place, Collection[object]]
) -> dict[Place, Fraction]:
    """How wide each withheld place of a table stays for the attacker."""
    found = {}
    for place, shown in table.cells.items():
        if isinstance(shown, Withheld):
            inside = [
                cells[at]
                for at in cells
                if all(mine is ALL or mine == own for mine, own in zip(place, at, strict=True))
            ]
            low, high = attacker.range_of(frozenset().union(*inside))
            found[place] = high - low
    return found
