"""Offers: nobody answers for somebody else, and what is over stays over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules import offering
from huiyin.rules.refusal import Refusal

SIDES = (1, 2, 3)
STEPS = st.lists(st.tuples(st.sampled_from(offering.DEEDS), st.sampled_from(SIDES)), max_size=12)


@given(STEPS, st.sampled_from(SIDES))
def test_an_offer_is_taken_only_when_all_the_others_took_it(steps, maker):
    state, taken = "open", set()
    others = set(SIDES) - {maker}
    for deed, by in steps:
        before = state
        try:
            state = offering.answer(state, deed, by=by, maker=maker, taken_by=taken, others=others)
        except Refusal:
            assert before != "open" or (by == maker) != (deed == "take_back") or by in taken
            continue
        if deed == "take":
            taken.add(by)
        assert before == "open"
    assert (state == "taken") == (taken >= others)
    assert state != "taken_back" or not taken >= others


@given(st.dictionaries(st.integers(1, 3), st.booleans()), st.frozensets(st.integers(1, 3), min_size=1))
def test_a_fact_is_common_ground_only_by_the_word_of_every_side(answers, sides):
    state = offering.fact_state(answers, sides)
    assert (state == "agreed") == (all(answers.values()) and sides <= set(answers))
    assert (state == "disputed") == (False in answers.values())


def test_an_unknown_deed_is_refused():
    with pytest.raises(Refusal) as refused:
        offering.answer("open", "burn", by=1, maker=2, taken_by=(), others=(1,))
    assert refused.value.code == "unknown_choice"
