"""Quarters, coverage, and the calendar file."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.outreach import Entry, Quarter, calendar_file, check_came, coverage, quarter_of, quarters
from huiyin.rules.refusal import Refusal


@given(st.dates(min_value=datetime.date(2000, 1, 1), max_value=datetime.date(2100, 1, 1)))
def test_every_day_lies_in_one_quarter(day: datetime.date) -> None:
    here = quarter_of(day)
    assert here.first <= day <= here.last
    assert here.after().before() == here and here.after().first == here.last + datetime.timedelta(days=1)


def test_the_quarters_between_two_days() -> None:
    found = list(quarters(datetime.date(2025, 11, 30), datetime.date(2026, 4, 1)))
    assert [each.name for each in found] == ["2025-Q4", "2026-Q1", "2026-Q2"]
    assert Quarter(2026, 4).last == datetime.date(2026, 12, 31)


@given(st.lists(st.integers(0, 40)), st.sets(st.integers(0, 20), min_size=1))
def test_coverage_counts_a_village_once_and_never_more_than_there_are(held: list[int], ground: set[int]) -> None:
    found = coverage(held, ground)
    assert 0 <= found.part <= found.whole == len(ground)
    assert coverage([*held, *held], ground) == found


@given(st.text(min_size=0, max_size=300), st.text(max_size=120))
def test_lines_of_a_calendar_file_are_short_and_unfold_to_what_was_said(title: str, place: str) -> None:
    at = datetime.datetime(2026, 4, 1, 1, tzinfo=datetime.UTC)
    entry = Entry("a@b", at, at + datetime.timedelta(hours=1), at, title, place, "https://example.org/")
    text = calendar_file([entry], name="x")
    assert all(len(line.encode("utf-8", "surrogatepass")) <= 75 for line in text.split("\r\n"))
    unfolded = text.replace("\r\n ", "")
    assert unfolded.count("\r\n") == 15
    assert "DTSTART:20260401T010000Z" in unfolded


def test_how_many_came_is_one_number_after_it_began() -> None:
    at = datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC)
    check_came(0, at, at)
    for came, now, code in ((-1, at, "invalid"), (99_999, at, "invalid"), (3, at - datetime.timedelta(1), "too_early")):
        with pytest.raises(Refusal, match=code):
            check_came(came, at, now)
