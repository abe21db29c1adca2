"""Sums at the table: exact to the cent."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules import reckoning
from huiyin.rules.refusal import Refusal

FIRST = datetime.date(2026, 1, 31)


@given(st.integers(1, 10**9), st.integers(1, 120), st.dates(datetime.date(2020, 1, 1), datetime.date(2050, 1, 1)), st.sampled_from(reckoning.EVERY))  # fmt: skip
def test_the_parts_add_up_and_differ_by_a_cent_at_most(total, parts, first_on, every):
    if parts > total:
        with pytest.raises(Refusal):
            reckoning.instalments(total, parts, first_on=first_on, every=every)
        return
    made = reckoning.instalments(total, parts, first_on=first_on, every=every)
    assert sum(each.cents for each in made) == total and made[-1].left_cents == 0
    assert max(each.cents for each in made) - min(each.cents for each in made) <= 1
    days = [each.due_on for each in made]
    assert days[0] == first_on and days == sorted(set(days)) and len(made) == parts


def test_a_month_without_the_day_ends_on_its_last():
    assert [each.due_on for each in reckoning.instalments(300, 3, first_on=FIRST)] == [
        FIRST, datetime.date(2026, 2, 28), datetime.date(2026, 3, 31),
    ]  # fmt: skip


@given(st.integers(0, 10**12))
def test_money_is_read_as_it_is_written(amount):
    assert reckoning.cents(reckoning.money(amount)) == amount


@pytest.mark.parametrize(
    ("typed", "wanted"), [("3000", 300_000), ("3,000.5元", 300_050), ("３０００．０１", 300_001), ("¥ 12", 1_200)]
)
def test_amounts_as_people_type_them(typed, wanted):
    assert reckoning.cents(typed) == wanted


@pytest.mark.parametrize("typed", ["", "三千", "1.234", "-5", "1e3", "9" * 12])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(Refusal) as refused:
        reckoning.cents(typed)
    assert refused.value.code == "invalid"


@given(st.integers(0, 10**7), st.integers(0, 400), st.integers(0, 10**9))
def test_wages_owed_are_never_below_nothing(rate, units, paid):
    owed = reckoning.wages(rate_cents=rate, units=units, paid_cents=paid)
    assert owed == max(0, rate * units - paid)
