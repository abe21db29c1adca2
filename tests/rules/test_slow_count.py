"""A thousand made-up cases per pack, counted a second time the long way round: day by day, with nothing clever.

The slow count shares no code with the rules: it reads the pack's TOML itself and asks two calendar packages
that are not ours which days are worked.
"""

from __future__ import annotations

import random
import tomllib
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import Any

import holidays
import pytest
from chinese_calendar import is_workday as worked_in_china

from huiyin.rules.overlay import written_out
from huiyin.rules.running import Extended, History, Stopped, due_now
from tests.rules.conftest import calendar_of
from tests.rules.test_catalogue import PACKS, TEXTS

CASES = 1_000
ONE_DAY = timedelta(days=1)
LAST = date(2026, 12, 31)
ELSEWHERE = {
    "GB": holidays.country_holidays("GB", subdiv="ENG", years=range(2024, 2027)),
    "IN": holidays.country_holidays("IN", years=range(2024, 2027)),
}


@cache
def is_worked(country: str, day: date) -> bool:
    if country == "CN":
        return bool(worked_in_china(day))
    return day.weekday() < 5 and day not in ELSEWHERE[country]


def month_later(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    number = day.day
    while number > monthrange(year, month)[1]:
        number -= 1
    return date(year, month, number)


class SlowClock:
    """Ticks off one day after the other."""

    def __init__(self, term: dict[str, Any], country: str, start: date, stopped: set[date]) -> None:
        self.term, self.country, self.stopped = term, country, stopped
        self.day = start
        self.is_first = True

    def run(self, length: int, unit: str) -> None:
        if unit == "working_days":
            left = length
        elif unit == "weeks":
            left = 7 * length
        elif unit == "months":
            left = (month_later(self.day, length) - self.day).days
        else:
            left = length
        if self.is_first and self.term["count_from"] == "same_day" and left > 0:
            left -= 1 if unit != "working_days" or is_worked(self.country, self.day) else 0
        self.is_first = False
        while left > 0:
            self.day += ONE_DAY
            if self.day in self.stopped:
                continue
            if unit == "working_days" and not is_worked(self.country, self.day):
                continue
            left -= 1

    def last_day(self) -> date:
        end = self.day
        while self.term["roll"] == "next_workday" and not is_worked(self.country, end):
            end += ONE_DAY
        return end


@pytest.mark.slow
@pytest.mark.parametrize("name", PACKS)
def test_a_slow_count_finds_the_same_last_day_in_a_thousand_cases(name: str) -> None:
    pack, data = PACKS[name], tomllib.loads(written_out(TEXTS[name], bases=TEXTS))
    calendar, dice = calendar_of(pack.calendar), random.Random(name)
    terms = [term for term in pack.terms if pack.terms[term].unit != "hours"]
    compared = 0
    while compared < CASES:
        term = dice.choice(terms)
        written = data["terms"][term]
        length = written.get("length", dice.randint(1, written.get("maximum", 1)))
        start = date(2024, 1, 1) + timedelta(days=dice.randrange(1000))
        stops, stopped = made_up_stops(dice, start) if dice.random() < 0.4 else ((), set())
        extensions = made_up_extension(dice, written)
        slow = SlowClock(written, pack.calendar, start, stopped)
        slow.run(length, written["unit"])
        for extension in extensions:
            slow.run(extension.length, extension.unit)
        if slow.day > LAST - timedelta(days=15):
            continue  # beyond the years the other packages know
        history = History(length=length, stops=stops, extensions=extensions)
        found = due_now(start, pack.terms[term], calendar, history)
        assert found.on == slow.last_day(), (term, start, history)
        assert [line.day for line in found.days] == [
            start + timedelta(days=each) for each in range((found.on - start).days + 1)
        ]
        compared += 1


def made_up_stops(dice: random.Random, start: date) -> tuple[tuple[Stopped, ...], set[date]]:
    """One or two times at which the clock stands still; the days that do not count."""
    stops, day, days = [], start, set()
    for _ in range(dice.randint(1, 2)):
        begun = day + timedelta(days=dice.randint(0, 12))
        day = begun + timedelta(days=dice.randint(0, 20))
        stops.append(Stopped(begun, day, "hearing"))
        days |= {begun + timedelta(days=each) for each in range(1, (day - begun).days + 1)}
    return tuple(stops), days


def made_up_extension(dice: random.Random, written: dict[str, Any]) -> tuple[Extended, ...]:
    """Sometimes the one extension, of any length the pack allows; counted on after stops are over."""
    allowed = written.get("extension")
    if allowed is None or dice.random() < 0.5:
        return ()
    return (Extended(date(2024, 1, 1), dice.randint(1, allowed["maximum"]), allowed["unit"]),)
