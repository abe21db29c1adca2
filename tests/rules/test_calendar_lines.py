"""A year typed in plain lines becomes the calendar it says, or each line that cannot be read is named."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.calendar_lines import LineFault, LinesError, as_lines, year_text
from huiyin.rules.workdays import load_calendar
from tests.rules.conftest import calendar_of

YEAR = 2027
DAYS = st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31))


@pytest.mark.parametrize("country", ["CN", "GB", "IN"])
def test_what_is_written_out_is_read_back(country: str) -> None:
    there = calendar_of(country)
    for year in there.published:
        holidays, makeup = as_lines(there, year)
        again = load_calendar(year_text(country, year, there.sources[year], holidays, makeup))
        assert again.rest_days == {day for day in there.rest_days if day.year == year}
        assert again.work_days == {day for day in there.work_days if day.year == year}
        assert again.sources == {year: there.sources[year]}
        assert {day: there.names[day] for day in again.rest_days} == dict(again.names)
        assert again.working_days_in(year) == there.working_days_in(year)


@pytest.mark.parametrize(
    "typed",
    [
        "2027-02-06 to 2027-02-12 春节 / Spring Festival",
        "2027/2/6 - 2027/2/12  春节/Spring Festival",
        "2月6日至12日 春节 / Spring Festival",
        "２月６日（周六）至２月１２日（周五）：春节 ／ Spring Festival",
        "2027年2月6日（星期六，除夕）～2027年2月12日 春节 | Spring Festival",
        "2027-02-06..2027-02-12 春节 / Spring Festival",
    ],
)
def test_days_are_read_as_people_write_them(typed: str) -> None:
    read = load_calendar(year_text("CN", YEAR, "notice", typed, "2月14日（周日）、2027-02-20 上班。"))
    assert (min(read.rest_days), max(read.rest_days), len(read.rest_days)) == (
        date(YEAR, 2, 6), date(YEAR, 2, 12), 7,
    )  # fmt: skip
    assert read.names[date(YEAR, 2, 8)].en == "Spring Festival"
    assert read.work_days == {date(YEAR, 2, 14), date(YEAR, 2, 20)}


@pytest.mark.parametrize(
    ("holidays", "makeup", "fault"),
    [
        ("soon", "", ("holidays", 1, "no_day")),
        ("2027-02-30 甲 / a", "", ("holidays", 1, "no_day")),
        ("2027-01-01 to 35日 甲 / a", "", ("holidays", 1, "no_day")),
        ("2026-01-01 甲 / a", "", ("holidays", 1, "other_year")),
        ("2027-12-31 to 2028-01-02 甲 / a", "", ("holidays", 1, "other_year")),
        ("2027-01-03 to 2027-01-01 甲 / a", "", ("holidays", 1, "reversed")),
        ("\n2027-01-01 元旦", "", ("holidays", 2, "no_names")),
        ("2027-01-01 甲 / a\n2027-01-01 乙 / b", "", ("holidays", 2, "twice")),
        ("", "2027-01-04", ("makeup", 1, "no_weekend")),
        ("2027-01-02 甲 / a", "2027-01-02", ("makeup", 1, "no_weekend")),
        ("", "2027-01-02\n2027-01-02", ("makeup", 2, "twice")),
        ("", "2027-01-02 perhaps", ("makeup", 1, "no_day")),
        ("", "2026-01-03", ("makeup", 1, "other_year")),
    ],
)
def test_a_line_that_cannot_be_right_is_named(holidays: str, makeup: str, fault: tuple[str, int, str]) -> None:
    with pytest.raises(LinesError) as wrong:
        year_text("CN", YEAR, "notice", holidays, makeup)
    assert [(each.field, each.line, each.code) for each in wrong.value.faults] == [fault]


@given(st.lists(DAYS, max_size=20, unique=True), st.text(alphabet="节日假 ab", min_size=1).filter(str.strip))
def test_every_calendar_made_of_days_is_read(days: list[date], name: str) -> None:
    holidays = "\n".join(f"{day} {name} / {name}" for day in days)
    weekend = {date(YEAR, 1, 2) + timedelta(days=7 * week) for week in range(52)} - set(days)
    makeup = " ".join(day.isoformat() for day in sorted(weekend)[:5])
    read = load_calendar(year_text("CN", YEAR, "notice", holidays, makeup))
    assert read.rest_days == set(days)
    assert read.work_days == set(sorted(weekend)[:5])


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_words_break_the_reader(holidays: str, makeup: str) -> None:
    faults: tuple[LineFault, ...] = ()
    try:
        text = year_text("CN", YEAR, "notice", holidays, makeup)
    except LinesError as wrong:
        text, faults = "", wrong.faults
    assert bool(faults) != bool(text and load_calendar(text).published == {YEAR})
