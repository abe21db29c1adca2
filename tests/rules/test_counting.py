"""Small numbers stay hidden, also from somebody who can reckon; rates show what they are made of."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.counting import NARROWEST, SMALLEST_SHOWN, Rate, narrowest, protected, rounded, small

COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 60), st.integers(0, 5_000))
PARTS = st.lists(COUNTS, max_size=8).map(lambda counts: dict(enumerate(counts)))


@given(PARTS)
def test_no_small_part_is_ever_shown(parts: dict[int, int]) -> None:
    shown = protected(parts, sum(parts.values()))
    for key, count in (shown or {}).items():
        if count is None:
            assert parts[key] > 0
        else:
            assert count == 0 or count >= SMALLEST_SHOWN
            assert count % 5 == 0 and abs(count - parts[key]) <= 2
            assert (count == 0) == (parts[key] == 0)


@given(st.lists(st.integers(0, 22), min_size=1, max_size=4).map(lambda counts: dict(enumerate(counts))))
def test_whoever_knows_total_and_rules_cannot_narrow_a_hidden_part_below_six_values(parts: dict[int, int]) -> None:
    """An attacker who tries every table that fits what is shown."""
    total = sum(parts.values())
    shown = protected(parts, total)
    if shown is None or None not in shown.values():
        return
    ranges = []
    for count in shown.values():
        if count is None:
            ranges.append(range(1, total + 1))
        elif count:
            ranges.append(range(max(count - 2, SMALLEST_SHOWN), count + 3))
        else:
            ranges.append(range(1))
    possible = [values for values in product(*ranges) if sum(values) == total]
    for place, count in enumerate(shown.values()):
        if count is None:
            seen = {values[place] for values in possible}
            assert max(seen) - min(seen) >= NARROWEST
    exact = min(
        max(values[place] for values in possible) - min(values[place] for values in possible)
        for place, count in enumerate(shown.values())
        if count is None
    )
    assert narrowest(shown, total) == exact


@given(PARTS)
def test_nothing_is_withheld_where_nothing_is_small(parts: dict[int, int]) -> None:
    parts = {key: count for key, count in parts.items() if count == 0 or count >= SMALLEST_SHOWN}
    shown = protected(parts, sum(parts.values()))
    assert shown == {key: rounded(count) for key, count in parts.items()}


def test_one_part_alone_would_be_the_total() -> None:
    assert protected({"web": 7, "phone": 0}, 7) is None
    assert protected({"web": 3, "phone": 40}, 43) == {"web": None, "phone": None}
    assert protected({"web": 3, "phone": 4, "letter": 40}, 47) == {"web": None, "phone": None, "letter": 40}
    assert protected({}, 0) == {}
    with pytest.raises(ValueError, match="total"):
        protected({"web": 1}, 2)


def test_a_count_alone_and_a_rate() -> None:
    assert [small(count) for count in (0, 1, 9, 10, 12, 13)] == [0, None, None, 10, 10, 15]
    assert Rate(3, 4).percent is None
    assert Rate(9, 10).percent == "90.0"
    assert Rate(0, 0).percent is None
