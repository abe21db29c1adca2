"""Somebody who has every published table and reckons: an exact linear program (simplex in fractions).

Written apart from what it attacks and knowing nothing of networks: unknowns, sums of unknowns, and between which
numbers each sum must lie. Whole numbers stay ``int`` until something must be divided, so that a county is reckoned
through in seconds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from huiyin.rules.disclosure import ALL, Place, Published, Withheld, bounds

Number = int | Fraction


@dataclass
class Attacker:
    """What is known: unknown counts (at least nothing), and bounds on sums of them."""

    unknowns: Sequence[object]
    known: list[tuple[frozenset[object], int, int | None]] = field(default_factory=list)
    _program: Program | None = None  # made once for all that is asked, and thrown away when more is learned

    def learns(self, among: Collection[object], least: int, most: int | None) -> None:
        """The sum of these unknowns lies between two numbers."""
        self.known.append((frozenset(among), least, most))
        self._program = None

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

    def range_of(self, among: Collection[object]) -> tuple[Number, Number]:
        """Between which numbers the sum of these unknowns must lie."""
        wanted = frozenset(among)
        low, high = -self._largest(wanted, -1), self._largest(wanted, 1)
        return low, high

    def _largest(self, wanted: frozenset[object], sign: int) -> Number:
        if self._program is None:
            self._program = Program(len(self.unknowns), self._rows())
        return self._program.maximum([sign * (each in wanted) for each in self.unknowns])

    def _rows(self) -> list[tuple[list[Number], Number]]:
        rows: list[tuple[list[Number], Number]] = []
        for among, least, most in self.known:
            line: list[Number] = [int(each in among) for each in self.unknowns]
            if most is not None:
                rows.append((line, most))
            if least > 0:
                rows.append(([-value for value in line], -least))
        return rows


class Program:
    """All x >= 0 with row . x <= bound for each row: where it begins is found once, each aim goes on from the last."""

    def __init__(self, count: int, rows: Sequence[tuple[Sequence[Number], Number]]) -> None:
        # One more unknown, taken from every row, makes any start possible; it is driven out first.
        self.count = count
        self.tableau: list[list[Number]] = [[*line, -1, bound] for line, bound in rows]
        self.basis = [count + 1 + at for at in range(len(rows))]
        self.outside = list(range(count + 1))
        tableau, basis, outside = self.tableau, self.basis, self.outside
        worst = min(range(len(rows)), key=lambda at: tableau[at][-1])
        cost: list[Number] = [*([0] * count), -1, 0]
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

    def maximum(self, aim: Sequence[Number]) -> Number:
        """The largest ``aim . x``."""
        cost: list[Number] = [aim[name] if name < self.count else 0 for name in self.outside] + [0]
        for at, name in enumerate(self.basis):
            if name < self.count and aim[name]:
                for place, value in enumerate(self.tableau[at]):
                    cost[place] -= aim[name] * value
        _climb(self.tableau, cost, self.basis, self.outside)
        return -cost[-1]


def maximum(aim: Sequence[Number], rows: Sequence[tuple[Sequence[Number], Number]]) -> Number:
    """The largest ``aim . x`` with ``row . x <= bound`` for each row and x >= 0."""
    return Program(len(aim), rows).maximum(aim)


def _climb(tableau: list[list[Number]], cost: list[Number], basis: list[int], outside: list[int]) -> None:
    """The steepest way up; by Bland's rule wherever a step leads nowhere, so that it never goes round in circles."""
    is_stuck = False
    while True:
        better = [place for place, value in enumerate(cost[:-1]) if value > 0]
        if not better:
            return
        column = min(better, key=lambda place: outside[place] if is_stuck else (-cost[place], outside[place]))
        possible = [at for at, line in enumerate(tableau) if line[column] > 0]
        if not possible:
            raise AssertionError("Nothing bounds this.")
        row = min(possible, key=lambda at: (Fraction(tableau[at][-1]) / tableau[at][column], basis[at]))
        is_stuck = not tableau[row][-1]
        _pivot(tableau, cost, basis, outside, row, column)


def _pivot(
    tableau: list[list[Number]], cost: list[Number], basis: list[int], outside: list[int], row: int, column: int
) -> None:
    """Exchange what stands for ``row`` with what stands for ``column``."""
    line, value = tableau[row], tableau[row][column]
    new = [_divided(each, value) if each else 0 for each in line]
    new[column] = _divided(1, value)
    touched = [(place, each) for place, each in enumerate(new) if each and place != column]
    for other in (*(each for at, each in enumerate(tableau) if at != row), cost):
        factor = other[column]
        if factor:
            for place, each in touched:
                other[place] -= factor * each
            other[column] = _divided(-factor, value)
    tableau[row] = new
    basis[row], outside[column] = outside[column], basis[row]


def _divided(number: Number, by: Number) -> Number:
    if by in {1, -1}:
        return number * by
    exact = Fraction(number) / by
    return exact.numerator if exact.denominator == 1 else exact


def hidden_widths(
    attacker: Attacker, table: Published, cells: Mapping[Place, Collection[object]]
) -> dict[Place, Number]:
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
