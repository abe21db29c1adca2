"""Row 28: an attacker with all published tables learns no small number; and rates say what they are made of."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.rules.counting import NARROWEST, SMALLEST_SHOWN, rate, rounded
from huiyin.rules.disclosure import ALL, Place, Published, Withheld, bounds, published, published_line
from huiyin.rules.refusal import Refusal
from tests.rules.attacker import Attacker, Number, hidden_widths, maximum

COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 60), st.integers(0, 900))


def tables(rows: int, columns: int) -> st.SearchStrategy[dict[Place, int]]:
    places = list(product(range(rows), "abcdefgh"[:columns]))
    return st.lists(COUNTS, min_size=len(places), max_size=len(places)).map(
        lambda counts: dict(zip(places, counts, strict=True))
    )


SHAPES = st.tuples(st.integers(1, 3), st.integers(1, 4)).flatmap(lambda shape: tables(*shape))


def sums(truth: dict[Place, int], place: Place) -> int:
    return sum(
        n for at, n in truth.items() if all(mine is ALL or mine == own for mine, own in zip(place, at, strict=True))
    )


def attack(table: Published, truth: dict[Place, int]) -> dict[Place, Number]:
    cells = {place: {place} for place in truth}
    attacker = Attacker(list(truth))
    attacker.reads(table, cells)
    return hidden_widths(attacker, table, cells)


@given(SHAPES)
def test_no_small_number_is_shown_and_the_others_are_rounded(truth: dict[Place, int]) -> None:
    table = published(truth)
    if table is None:
        return
    assert table.total == sum(truth.values())
    for place, shown in table.cells.items():
        count = sums(truth, place)
        least, most = bounds(shown)
        assert least <= count and (most is None or count <= most)
        if isinstance(shown, int):
            assert shown == rounded(count) and (count == 0 or count >= SMALLEST_SHOWN)
        else:
            assert (shown is Withheld.FEW) == (0 < count < SMALLEST_SHOWN)
            assert count > 0


@settings(max_examples=60)
@given(SHAPES)
def test_the_attacker_narrows_no_withheld_number_below_six_values(truth: dict[Place, int]) -> None:
    table = published(truth)
    if table is not None:
        assert {place: width for place, width in attack(table, truth).items() if width < NARROWEST} == {}


@settings(max_examples=60)
@given(st.lists(COUNTS, max_size=8).map(lambda counts: dict(enumerate(counts))))
def test_a_line_beside_its_exact_total_too(counts: dict[int, int]) -> None:
    table = published_line(counts)
    if table is not None and counts:
        assert all(width >= NARROWEST for width in attack(table, {(ALL, key): n for key, n in counts.items()}).values())


@settings(max_examples=25)
@given(tables(2, 2), st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_a_table_and_a_line_of_the_same_count_say_no_more_together(truth: dict[Place, int], shares: list[int]) -> None:
    """Town by quarter, and kind alone: they share the total and nothing else, so together they tell no more."""
    kinds = {place: n * share // 3 for (place, n), share in zip(truth.items(), shares, strict=True)}
    line_truth = {"land": sum(kinds.values()), "other": sum(truth.values()) - sum(kinds.values())}
    table, line = published(truth), published_line(line_truth)
    if table is None or line is None:
        return
    unknowns = [(place, kind) for place in truth for kind in line_truth]
    cells = {place: {(place, kind) for kind in line_truth} for place in truth}
    of_line: dict[Place, set[object]] = {(ALL, kind): {(place, kind) for place in truth} for kind in line_truth}
    attacker = Attacker(unknowns)
    attacker.reads(table, cells)
    attacker.reads(line, of_line)
    for widths in (hidden_widths(attacker, table, cells), hidden_widths(attacker, line, of_line)):
        assert all(width >= NARROWEST for width in widths.values())


@settings(max_examples=20)
@given(tables(2, 2), tables(2, 2))
def test_quarter_after_quarter_says_no_more(first: dict[Place, int], second: dict[Place, int]) -> None:
    """Each quarter is reckoned once and stays; with the county's exact total of both the attacker gains nothing."""
    quarters = [table for table in (published(first), published(second)) if table is not None]
    truths = [truth for truth in (first, second) if published(truth) is not None]
    if len(quarters) < 2:
        return
    unknowns = [(at, place) for at, truth in enumerate(truths) for place in truth]
    attacker = Attacker(unknowns)
    cells = [{place: {(at, place)} for place in truth} for at, truth in enumerate(truths)]
    for table, own in zip(quarters, cells, strict=True):
        attacker.reads(table, own)
    total = sum(table.total for table in quarters)
    attacker.learns(unknowns, total, total)
    for table, own in zip(quarters, cells, strict=True):
        assert all(width >= NARROWEST for width in hidden_widths(attacker, table, own).values())


def test_the_attacker_finds_what_careless_hands_publish() -> None:
    """One small cell withheld alone, with its margins shown: the attacker has it within a few."""
    truth: dict[Place, int] = {("east", "land"): 3, ("east", "debt"): 40, ("west", "land"): 50, ("west", "debt"): 60}
    careless = {place: Withheld.FEW if 0 < n < 10 else rounded(n) for place, n in truth.items()}
    margins: list[Place] = [("east", ALL), ("west", ALL), (ALL, "land"), (ALL, "debt")]
    careless |= {place: rounded(sums(truth, place)) for place in margins}
    widths = attack(Published(153, careless), truth)
    assert widths[("east", "land")] > 0  # rounding alone blurs a little
    exact = Published(3, {(ALL, "land"): Withheld.FEW})
    assert attack(exact, {(ALL, "land"): 3}) == {(ALL, "land"): 0}
    assert published_line({"land": 3}) is None
    line = Published(203, {(ALL, "land"): Withheld.FEW, (ALL, "debt"): 200})
    assert attack(line, {(ALL, "land"): 3, (ALL, "debt"): 200})[(ALL, "land")] < NARROWEST
    careful = published_line({"land": 3, "debt": 200})
    assert careful is not None and careful[(ALL, "debt")] is Withheld.WITH_IT


def test_the_invented_county_shows_its_totals_and_fewer_than_ten_at_the_centre() -> None:
    """207 disputes, 8 of them at the county centre, by level; the totals stand exactly."""
    table = published_line({"village": 120, "town": 79, "county": 8})
    assert table is not None and table.total == 207
    assert table[(ALL, "county")] is Withheld.FEW
    assert (table[(ALL, "town")], table[(ALL, "village")]) == (80, 120)  # rounded: the small one could be 3 to 9
    alone = published_line({"town": 199, "county": 8})
    assert alone is not None and alone[(ALL, "town")] is Withheld.WITH_IT


def test_the_solver_solves() -> None:
    """Two old exercises: 3x + 5y under x <= 4, 2y <= 12, 3x + 2y <= 18 is 36; and a start that is not at nothing."""
    rows = [([Fraction(1), Fraction(0)], Fraction(4)), ([Fraction(0), Fraction(2)], Fraction(12)),
            ([Fraction(3), Fraction(2)], Fraction(18))]  # fmt: skip
    assert maximum([Fraction(3), Fraction(5)], rows) == 36
    assert maximum([Fraction(-1), Fraction(0)], [*rows, ([Fraction(-1), Fraction(-1)], Fraction(-7))]) == -1


def test_a_wide_county_is_reckoned_in_good_time() -> None:
    towns, kinds = range(12), range(11)
    truth: dict[Place, int] = {(town, kind): (town * 7 + kind * 13) % 31 for town in towns for kind in kinds}
    table = published(truth)
    assert table is not None and any(isinstance(shown, int) and shown for shown in table.cells.values())


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(41, 42, "97.6"), (246, 271, "90.8"), (10, 10, "100.0"), (0, 10, "0.0"), (1, 16, "6.3")]
)
def test_published_ratios_come_out_as_published(part: int, whole: int, said: str) -> None:
    assert rate(part, whole).percent == said


@given(st.integers(0, 9), st.integers(0, 9))
def test_no_rate_over_fewer_than_ten(part: int, more: int) -> None:
    if part + more < 10:
        with pytest.raises(Refusal, match="too_few"):
            rate(part, part + more)


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_a_rate_is_the_nearest_tenth(part: int, more: int) -> None:
    if part + more >= 10:
        exact = Fraction(1000 * part, part + more)
        tenths = round(float(rate(part, part + more).percent or "-1") * 10)
        assert 0 <= tenths <= 1000 and Fraction(-1, 2) <= exact - tenths <= Fraction(1, 2)


def test_what_is_no_part_of_a_whole_is_a_mistake() -> None:
    for part, whole in ((11, 10), (-1, 20)):
        with pytest.raises(ValueError, match="part"):
            rate(part, whole)
    with pytest.raises(ValueError, match="nothing"):
        published({("a", "b"): -1})
