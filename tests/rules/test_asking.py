"""What a complainant asks: its time, its outcomes, the seven days of a withdrawal, the clock's two acts."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules import asking
from huiyin.rules.refusal import Refusal
from huiyin.rules.withdrawal import STATE, is_withdrawn

DAY = datetime.timedelta(days=1)


@given(st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 1, 1)))
def test_there_are_always_seven_whole_days_to_undo_it(day: datetime.date) -> None:
    assert (asking.effective_on(day) - day).days == asking.UNDO_DAYS == 7


@given(st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 1, 1)), st.integers(0, 5))
def test_the_clock_acts_once_on_the_day_and_once_after_it(due_on: datetime.date, done: int) -> None:
    on = asking.next_act_on(due_on, done)
    assert (on is None) == (done >= 2)
    if on is not None:
        assert asking.act_due(due_on, done, on - DAY) is None
        assert asking.act_due(due_on, done, on) in {"reminder", "missed"}


def test_times_are_targets_and_call_themselves_so() -> None:
    for kind in asking.KINDS:
        term = asking.term_of(kind)
        assert (term.basis, term.verified, term.quotable_article, term.unit) == ("target", False, "", "working_days")
        assert asking.name_of(kind).zh
        assert asking.name_of(kind).en


def test_an_outcome_is_chosen_where_there_is_a_choice() -> None:
    assert asking.check_outcome("look", "") == "answered"
    for outcome, code in (("", "input_missing"), ("goes_on", "unknown_choice")):
        with pytest.raises(Refusal) as refused:
            asking.check_outcome("withdrawal", outcome)
        assert refused.value.code == code


@given(st.booleans(), st.sampled_from(["", "withdrawn", "supported"]))
def test_a_matter_is_withdrawn_only_when_it_ended_so(is_open: bool, outcome: str) -> None:
    assert not is_withdrawn(STATE, is_open=is_open, outcome=outcome), "an end by itself is no state left behind"
