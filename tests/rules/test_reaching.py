"""A machine tells people what is new only when and as they wished."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.reaching import HOURS, WISHES, leave

SHANGHAI, LONDON = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/London")
moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.sampled_from((SHANGHAI, LONDON)))
words = st.sampled_from(("", "  ", "晚上六点以后", "no messages"))


@given(st.sampled_from(tuple(HOURS)), words, moments)
def test_a_mail_waits_for_the_hours_that_were_chosen(wish, conditions, local):
    allowed = leave(wish, conditions, local)
    assert allowed.at is not None
    first, end = HOURS[wish]
    assert first <= allowed.at.hour < end
    assert allowed.at >= local
    assert allowed.at - local < timedelta(hours=25)
    if first <= local.hour < end:
        assert allowed.at == local


@given(words, moments)
def test_never_means_never_and_any_time_means_now(conditions, local):
    assert leave("never", conditions, local).at is None
    assert not leave("never", conditions, local).by_people
    assert leave("any", conditions, local).at == local


@given(words, moments)
def test_words_that_only_people_understand_are_left_to_people(conditions, local):
    allowed = leave("", conditions, local)
    assert allowed.by_people == bool(conditions.strip())
    assert (allowed.at is None) == allowed.by_people


@given(st.text(max_size=8), words, moments)
def test_a_wish_of_another_version_is_no_wish(wish, conditions, local):
    if wish not in WISHES:
        assert leave(wish, conditions, local) == leave("", conditions, local)
