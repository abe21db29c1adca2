"""Who answers for which ground: the tree, the capacities, the hours of a duty."""

from __future__ import annotations

import datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules import ground

DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2035, 12, 31))
TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))


def test_leaders_answer_for_towns_heads_for_communities_officers_for_their_village() -> None:
    assert ground.may_answer("leader", "town") and ground.may_answer("leader", "street")
    assert not ground.may_answer("leader", "village")
    assert ground.may_answer("unit_head", "community")
    assert ground.may_answer("contact_officer", "village") and not ground.may_answer("contact_officer", "county")
    assert all(ground.may_answer("mediator", kind) for kind in ground.AREA_KINDS)
    assert not ground.may_answer("informer", "village")


def test_the_tree_has_three_floors() -> None:
    assert ground.may_lie_below("county", "") and not ground.may_lie_below("village", "")
    assert ground.may_lie_below("town", "county") and ground.may_lie_below("community", "street")
    assert not any(ground.may_lie_below(kind, "village") for kind in ground.AREA_KINDS)


@given(st.dictionaries(st.integers(0, 9), st.one_of(st.none(), st.integers(0, 9))), st.integers(0, 9))
def test_the_way_up_ends_even_where_somebody_tied_it_into_a_ring(above: dict[int, int | None], start: int) -> None:
    way = ground.way_up(start, above)
    assert way[0] == start and len(way) == len(set(way))
    assert all(above.get(lower) == upper for lower, upper in pairwise(way))


@given(DAYS, TIMES, TIMES)
def test_a_duty_lasts_longer_than_nothing_and_at_most_a_day(
    day: datetime.date, begins: datetime.time, ends: datetime.time
) -> None:
    first, last = ground.shift(day, begins, ends)
    assert first < last <= first + datetime.timedelta(days=1)
    assert (first.date(), first.time(), last.time()) == (day, begins, ends)


def test_the_last_instant_belongs_to_the_next() -> None:
    first, last = ground.shift(datetime.date(2026, 4, 1), datetime.time(20), datetime.time(8))
    assert ground.is_reached(first, last, first) and not ground.is_reached(first, last, last)
    assert ground.is_reached(first, last, datetime.datetime(2026, 4, 2, 7, 59))
