"""Coming back: three questions and no other; the mediator does not ask."""

from __future__ import annotations

import datetime
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules import holding, line
from huiyin.rules.refusal import Refusal

SAID = st.sampled_from(["", *holding.ANSWERS])


def test_there_are_three_questions():
    assert list(holding.QUESTIONS) == ["holds", "content", "news"]


@given(SAID, SAID, st.text(max_size=50))
def test_each_question_may_stay_open_but_not_all(holds, content, news):
    if holds or content or news.strip():
        holding.check(holds, content, news)
    else:
        with pytest.raises(Refusal) as refused:
            holding.check(holds, content, news)
        assert refused.value.code == "input_missing"


def test_who_mediated_does_not_ask():
    with pytest.raises(Refusal) as refused:
        holding.check_asker(is_mediator=True)
    assert refused.value.code == "asked_by_mediator"
    holding.check_asker(is_mediator=False)


def test_a_visit_is_on_no_day_that_is_over():
    today = datetime.date(2026, 7, 20)
    holding.check_visit(None, today=today)
    holding.check_visit(today, today=today)
    with pytest.raises(Refusal):
        holding.check_visit(today - datetime.timedelta(days=1), today=today)


POINTS = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=2, max_size=20)


@given(POINTS)
def test_a_line_is_read_as_it_is_written(points):
    assert line.read(line.written(points)) == tuple(points)


@given(st.text(alphabet="0123456789,，;； \n-.x", max_size=30))
def test_whatever_is_typed_is_a_line_or_refused(typed):
    points = ()
    with suppress(Refusal):
        points = line.read(typed)
    assert not points or (2 <= len(points) <= 20 and all(0 <= x <= 1000 and 0 <= y <= 1000 for x, y in points))
