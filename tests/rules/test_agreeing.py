"""An agreement bars nothing, says everything that Article 29 asks for, and is broken by no clock."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules import agreeing
from huiyin.rules.agreeing import Term
from huiyin.rules.mediation import BARS
from huiyin.rules.refusal import Refusal

TODAY = datetime.date(2026, 4, 20)
DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 1, 1))
PLAIN = st.text(alphabet="甲乙丙丁，。 abc", max_size=40)


@given(st.sampled_from([*BARS, *agreeing.MORE_BARS]), PLAIN, PLAIN, st.booleans())
def test_no_agreement_bars_a_complaint_or_a_suit(bar, before, after, is_loud):
    text = f"{before}{bar.upper() if is_loud else bar}{after}"
    with pytest.raises(Refusal) as refused:
        agreeing.check_text({"manner": text})
    assert refused.value.code == "agreement_bars" and refused.value.params["field"] == "manner"


@pytest.mark.parametrize(
    "text",
    ["双方以界石为准。", "甲方六月一日前付三千元。", "协议不影响任何一方投诉和起诉的权利。", "Both keep to the stone."],
)
def test_plain_terms_stand(text):
    agreeing.check_text({"manner": text})


@pytest.mark.parametrize("text", ["乙方不 再 上访", "The second party will not to\ncomplain"])
def test_blanks_do_not_hide_it(text):
    assert agreeing.what_bars(text)


@given(st.dictionaries(st.sampled_from(agreeing.WRITTEN_PARTS), PLAIN), st.booleans(), st.booleans())
def test_what_is_missing_is_named(parts, is_oral, has_terms):
    lacking = agreeing.missing(parts, [Term("付款", TODAY)] if has_terms else [], is_oral=is_oral)
    wanted = set() if is_oral else {name for name in agreeing.WRITTEN_PARTS if not parts.get(name, "").strip()}
    assert set(lacking) == wanted | (set() if has_terms else {"terms"})


@given(st.frozensets(st.integers(1, 4)), st.frozensets(st.integers(1, 4)), st.booleans())
def test_it_is_signed_when_all_sides_and_the_mediator_signed(signers, sides, by_mediator):
    assert agreeing.is_signed(signers, sides, by_mediator=by_mediator) == (
        by_mediator and bool(sides) and sides <= signers
    )


@given(DAYS, st.integers(0, 60))
def test_thirty_calendar_days_count_down_to_nothing(effective_on, passed):
    left = agreeing.days_left(effective_on, effective_on + datetime.timedelta(days=passed))
    assert left == max(0, 31 - passed)
    assert (left > 0) == (effective_on + datetime.timedelta(days=passed) <= agreeing.confirmation_until(effective_on))


@given(st.lists(st.sampled_from(list(agreeing.WORDS_OF_TERMS))), DAYS, DAYS)
def test_only_a_side_says_that_a_term_is_broken(words, due_on, today):
    state = agreeing.state_of_term(words, due_on, today)
    assert state == (words[-1] if words else "due" if due_on < today else "open")


@given(DAYS, DAYS)
def test_what_is_kept_after_its_day_is_late(on, due_on):
    assert agreeing.word_of("kept", on=on, due_on=due_on) == ("late" if on > due_on else "kept")
    assert agreeing.word_of("broken", on=on, due_on=due_on) == "broken"


@pytest.mark.parametrize(
    ("term", "code"),
    [(Term(" ", TODAY), "input_missing"), (Term("付", TODAY - datetime.timedelta(days=1)), "date_in_past"), (Term("付", TODAY, -1), "invalid")],
)  # fmt: skip
def test_terms_that_cannot_stand_are_refused(term, code):
    with pytest.raises(Refusal) as refused:
        agreeing.check_terms([term], today=TODAY)
    assert refused.value.code == code
