"""Sessions: a time stands only when it suits all, and the calendar file says nothing to whoever else reads it."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules import sitting
from huiyin.rules.refusal import Refusal

NOW = datetime.datetime(2026, 4, 7, 9, tzinfo=datetime.UTC)
SIDES = st.frozensets(st.integers(1, 4), min_size=1)
ANSWERS = st.dictionaries(st.integers(1, 4), st.sampled_from(list(sitting.SUITS)))


@given(st.dictionaries(st.integers(1, 6), ANSWERS), SIDES)
def test_the_time_that_is_fixed_suits_every_side(polled, sides):
    chosen = sitting.best(polled, sides)
    fitting = [number for number in polled if all(polled[number].get(side, "no") != "no" for side in sides)]
    assert chosen in fitting if fitting else chosen is None
    if chosen is not None and any(all(polled[n][s] == "yes" for s in sides) for n in fitting):
        assert all(polled[chosen][side] == "yes" for side in sides)


@given(ANSWERS, SIDES)
def test_silence_is_no_yes(answers, sides):
    assert not (sitting.suits_all(answers, sides) and sides - set(answers))


@given(st.booleans(), st.booleans())
def test_nobody_sits_down_together_where_it_is_not_safe(is_joint, all_safe):
    if is_joint and not all_safe:
        with pytest.raises(Refusal) as refused:
            sitting.check_joint(is_joint=is_joint, all_safe=all_safe)
        assert refused.value.code == "not_safe_together"
    else:
        sitting.check_joint(is_joint=is_joint, all_safe=all_safe)


@given(st.text(max_size=200), st.text(max_size=200), st.integers(10, 480))
def test_a_calendar_file_is_one_appointment_in_short_lines(title, place, minutes):
    made = sitting.calendar_file(uid="a@b", starts_at=NOW, minutes=minutes, title=title, place=place, made_at=NOW)
    lines = made.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == ""
    assert sum(line == "BEGIN:VEVENT" for line in lines) == 1 and sum(line == "END:VCALENDAR" for line in lines) == 1
    assert all(len(line.encode()) <= 75 for line in lines)


def test_a_calendar_file_holds_the_time_in_utc():
    made = sitting.calendar_file(uid="a@b", starts_at=NOW, minutes=90, title="约好的时间", place="", made_at=NOW)
    assert "DTSTART:20260407T090000Z" in made and "DTEND:20260407T103000Z" in made


@pytest.mark.parametrize(
    ("times", "code"),
    [([], "input_missing"), ([NOW], "date_in_past"), ([NOW + datetime.timedelta(hours=n) for n in range(1, 9)], "too_many")],
)  # fmt: skip
def test_times_that_cannot_be_chosen_from_are_refused(times, code):
    with pytest.raises(Refusal) as refused:
        sitting.check_times(times, now=NOW)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("how", "place", "link", "field"),
    [("smoke", "", "", "how"), ("on_site", " ", "", "place"), ("video", "", "javascript:x", "link")],
)
def test_a_session_needs_a_place_or_a_link(how, place, link, field):
    with pytest.raises(Refusal) as refused:
        sitting.check_how(how, place, link)
    assert refused.value.params["field"] == field
