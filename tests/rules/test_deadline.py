"""Due dates: never on a rest day, never before the term, always the day a slow count finds."""

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.deadline import due
from huiyin.rules.procedure import Term, Unit, Words
from huiyin.rules.workdays import Calendar
from tests.rules.conftest import calendar_of

ONE_DAY = timedelta(days=1)
CALENDARS = [calendar_of(country) for country in ("CN", "GB", "IN")]
TERM = Term(
    id="T", name=Words("期限", "term"), length=5, unit="working_days", count_from="next_day", roll="next_workday",
    owed_by="handler", basis="target", article="", source="", verified=False,
)  # fmt: skip
TERMS = st.builds(
    lambda length, unit, count_from, roll: replace(TERM, length=length, unit=unit, count_from=count_from, roll=roll),
    st.integers(0, 90),
    st.sampled_from([unit for unit in get_args(Unit) if unit != "hours"]),
    st.sampled_from(["next_day", "same_day"]),
    st.sampled_from(["none", "next_workday"]),
)
STARTS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


def slowly(start: date, term: Term, calendar: Calendar) -> date:
    """The same rule written the long way: tick off candidate days one at a time."""
    if term.length == 0:
        end = start
    elif term.unit == "working_days":
        worked = [day for day in _from(start, term) if calendar.is_workday(day)]
        end = worked[term.length - 1]
    elif term.unit == "months":
        end = start
        for _ in range(term.length):
            end = end.replace(day=1) + timedelta(days=monthrange(end.year, end.month)[1])
        end = end.replace(day=min(start.day, monthrange(end.year, end.month)[1]))
        end -= ONE_DAY * (term.count_from == "same_day")
    else:
        end = _from(start, term)[term.length * (7 if term.unit == "weeks" else 1) - 1]
    while term.roll == "next_workday" and not calendar.is_workday(end):
        end += ONE_DAY
    return end


def _from(start: date, term: Term) -> list[date]:
    first = start if term.count_from == "same_day" else start + ONE_DAY
    return [first + timedelta(days=number) for number in range(700)]


@given(STARTS, TERMS, st.sampled_from(CALENDARS))
def test_a_slow_count_finds_the_same_day(start: date, term: Term, calendar: Calendar) -> None:
    assert due(start, term, calendar).on == slowly(start, term, calendar)


@given(STARTS, TERMS, st.sampled_from(CALENDARS))
def test_a_duty_never_ends_on_a_rest_day_nor_before_its_term(start: date, term: Term, calendar: Calendar) -> None:
    found = due(start, term, calendar)
    assert found.on >= start
    if term.roll == "next_workday":
        assert calendar.is_workday(found.on)
    if term.unit == "calendar_days" and term.count_from == "next_day":
        assert (found.on - start).days >= term.length
    longer = due(start, replace(term, length=term.length + 1), calendar)
    later = due(start + ONE_DAY, term, calendar)
    assert longer.on >= found.on
    assert later.on >= found.on


@given(STARTS, TERMS, st.sampled_from(CALENDARS))
def test_the_explanation_shows_every_day_once_and_counts_to_the_term(
    start: date, term: Term, calendar: Calendar
) -> None:
    found = due(start, term, calendar)
    days = [line.day for line in found.days]
    assert days == [start + timedelta(days=number) for number in range((found.on - start).days + 1)]
    assert sum(line.counted for line in found.days) == found.days[-1].number
    if term.unit in ("working_days", "calendar_days"):
        assert found.days[-1].number == term.length
    if term.unit == "working_days":
        assert all(calendar.is_workday(line.day) == line.counted for line in found.days[1:] if line.why != "rolled")
    assert found.days[0].why == "start"


@given(STARTS, TERMS, st.sampled_from(CALENDARS))
def test_a_date_is_provisional_only_if_an_unknown_holiday_could_move_it(
    start: date, term: Term, calendar: Calendar
) -> None:
    found = due(start, term, calendar)
    if found.on.year <= 2026:
        assert not found.provisional
    elif term.unit == "working_days" or term.roll == "next_workday":
        assert found.provisional
    else:
        assert not found.provisional


def test_friday_26_september_2025_and_five_working_days_is_10_october(china: Calendar) -> None:
    found = due(date(2025, 9, 26), TERM, china)
    assert found.on == date(2025, 10, 10)
    assert not found.provisional
    assert [line.day.day for line in found.days if line.counted] == [28, 29, 30, 9, 10]
    assert [line.why for line in found.days[:4]] == ["start", "weekend", "makeup", "workday"]
    assert found.days[5].name == Words("国庆节、中秋节", "National Day and Mid-Autumn Festival")


def test_a_term_that_ends_in_the_spring_festival_rolls_past_it(china: Calendar) -> None:
    sixty = replace(TERM, length=60, unit="calendar_days")
    found = due(date(2025, 12, 18), sixty, china)
    assert date(2025, 12, 18) + timedelta(days=60) == date(2026, 2, 16)
    assert found.on == date(2026, 2, 24)
    assert found.days[-1].why == "rolled"
    assert found.days[-1].number == 60


def test_a_term_that_ends_on_a_make_up_working_day_ends_there(china: Calendar) -> None:
    assert due(date(2025, 9, 13), replace(TERM, length=15, unit="calendar_days"), china).on == date(2025, 9, 28)


def test_sixty_days_from_november_reach_into_a_year_not_published(china: Calendar) -> None:
    found = due(date(2026, 11, 22), replace(TERM, length=60, unit="calendar_days"), china)
    assert found.on == date(2027, 1, 21)
    assert found.provisional


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2024, 12, 15), 12, date(2025, 12, 15)),
    ],
)
def test_a_month_ends_on_the_day_of_the_same_number(start: date, months: int, end: date, china: Calendar) -> None:
    assert due(start, replace(TERM, length=months, unit="months", roll="none"), china).on == end


def test_28_days_from_the_next_day_over_a_change_of_clocks(england: Calendar) -> None:
    window = replace(TERM, length=28, unit="calendar_days", roll="none")
    assert due(date(2026, 3, 10), window, england).on == date(2026, 4, 7)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 1)), st.integers(0, 100))
def test_hours_are_hours_also_when_the_clocks_change(naive: datetime, length: int) -> None:
    started = naive.replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/London"))
    term = replace(TERM, length=length, unit="hours", roll="none")
    found = due(started.date(), term, CALENDARS[1], started_at=started)
    assert found.at is not None
    assert found.at.astimezone(UTC) - started.astimezone(UTC) == timedelta(hours=length)
    assert found.on == found.at.date()
    assert found.at.tzinfo == started.tzinfo


def test_hours_that_end_on_a_rest_day_roll_to_the_same_time(china: Calendar) -> None:
    started = datetime(2025, 9, 30, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    found = due(started.date(), replace(TERM, length=24, unit="hours"), china, started_at=started)
    assert found.at == datetime(2025, 10, 9, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert found.on == date(2025, 10, 9)


def test_hours_without_an_instant_are_refused(china: Calendar) -> None:
    hours = replace(TERM, unit="hours")
    with pytest.raises(ValueError, match="instant"):
        due(date(2025, 1, 1), hours, china)
    with pytest.raises(ValueError, match="instant"):
        due(date(2025, 1, 1), hours, china, started_at=datetime(2025, 1, 1))
