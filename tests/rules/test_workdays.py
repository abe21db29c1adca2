"""The calendars, day by day against independent lists."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from huiyin.rules.workdays import Calendar, CalendarError, load_calendar

DAYS = [date(2024, 1, 1) + timedelta(days=number) for number in range(1096)]


def test_china_works_251_248_and_248_days(china: Calendar) -> None:
    assert [china.working_days_in(year) for year in (2024, 2025, 2026)] == [251, 248, 248]
    assert china.published == {2024, 2025, 2026}
    assert not china.is_published(2027)


def test_china_agrees_with_two_independent_lists_on_every_day(china: Calendar) -> None:
    other = holidays.country_holidays("CN", years=(2024, 2025, 2026))
    for day in DAYS:
        assert china.is_workday(day) == chinese_calendar.is_workday(day), day
        assert china.is_workday(day) == other.is_working_day(day), day


def test_england_and_india_agree_with_an_independent_list(england: Calendar, india: Calendar) -> None:
    for calendar, other in (
        (england, holidays.country_holidays("GB", subdiv="ENG", years=(2024, 2025, 2026))),
        (india, holidays.country_holidays("IN", years=(2024, 2025, 2026))),
    ):
        assert calendar.rest_days == set(other)
        assert all(calendar.is_workday(day) == other.is_working_day(day) for day in DAYS)


def test_every_year_names_the_notice_it_comes_from(china: Calendar, england: Calendar, india: Calendar) -> None:
    for calendar in (china, england, india):
        assert set(calendar.sources) == calendar.published
    assert all("国务院办公厅" in source and "国办发明电" in source for source in china.sources.values())


def test_the_reason_of_a_day_is_told(china: Calendar) -> None:
    told = {day: china.why(day) for day in (date(2025, 9, day) for day in (26, 27, 28))}
    assert list(told.values()) == ["workday", "weekend", "makeup"]
    assert china.why(date(2025, 10, 1)) == "holiday"
    assert china.names[date(2025, 10, 1)].zh == "国庆节、中秋节"


GOOD = """country = "XX"
[[years]]
year = 2025
source = "a notice"
working_days = 260
holidays = [{ on = 2025-01-01, zh = "元旦", en = "New Year" }]
makeup = []
"""


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("makeup = []", "makeup = [", 7, "Invalid"),
        ('country = "XX"', 'country = "XXX"', 1, "two letters"),
        ('source = "a notice"', 'source = ""', 2, "source"),
        ("260", "261", 5, "260 working days"),
        ("2025-01-01", "2026-01-01", 6, "does not lie"),
        ("on = 2025-01-01", "day = 2025-01-01", 6, "needs on"),
        ("makeup = []", "makeup = [2025-01-06]", 7, "no weekend day"),
        ("makeup = []", "", 2, "makeup"),
        ("makeup = []", "makeup = []\n[[years]]\nyear = 2025\nsource = 'again'\nholidays=[]\nmakeup=[]", 9, "twice"),
    ],
)
def test_a_mistake_names_file_and_line(before: str, after: str, line: int, words: str) -> None:
    assert load_calendar(GOOD).working_days_in(2025) == 260
    with pytest.raises(CalendarError, match=words) as found:
        load_calendar(GOOD.replace(before, after), "XX.toml")
    assert str(found.value).startswith(f"XX.toml:{line}: ")
