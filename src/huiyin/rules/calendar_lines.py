"""A year of working days typed in plain lines, as one copies them from a notice.

Holidays, one a line, with the name in both languages:

    2027-01-01 to 2027-01-03  元旦 / New Year's Day
    2月6日（周六）至12日（周五） 春节 / Spring Festival

Make-up working days, one or more a line: ``2027-02-14`` or ``2月14日（周日）、2月20日（周六）上班``.
What cannot be read is told with its field and line, all of it at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from huiyin.rules.procedure import Words
from huiyin.rules.toml_text import toml_text
from huiyin.rules.workdays import Calendar

_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_NOTE = r"(?:\s*[（(][^）)]*[）)])?"
_WHOLE_DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?"
_MONTH_AND_DAY = r"(\d{1,2})\s*月\s*(\d{1,2})日?"
_DAY = re.compile(rf"\s*(?:{_WHOLE_DAY}|{_MONTH_AND_DAY}){_NOTE}")
_UNTIL = re.compile(rf"\s*(?:至|到|to\b|[-–—~～]+|\.\.)\s*(?:{_WHOLE_DAY}|{_MONTH_AND_DAY}|(\d{{1,2}})\s*日){_NOTE}")
_BETWEEN = re.compile(r"(?:[\s、，,;；。.和及]|and\b|上班|worked\b)*")
_SLASH = re.compile(r"\s*[/／|]\s*")
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong in a line. Codes: ``no_day``, ``no_names``, ``other_year``, ``reversed``, ``twice``, ``no_weekend``."""

    field: str
    line: int
    code: str
    typed: str


class LinesError(ValueError):
    """Lines that make no calendar."""

    def __init__(self, faults: list[LineFault]) -> None:
        super().__init__("; ".join(f"{fault.field}:{fault.line}: {fault.code}" for fault in faults))
        self.faults = tuple(faults)


def year_text(country: str, year: int, source: str, holidays: str, makeup: str) -> str:
    """The calendar file of one year; the number of its working days is counted. Raises ``LinesError``."""
    reader = _Reader(year)
    rows = [row for number, line in _lines(holidays) if (row := reader.holiday(number, line))]
    for number, line in _lines(makeup):
        reader.makeup(number, line)
    if reader.faults:
        raise LinesError(reader.faults)
    calendar = Calendar(country, frozenset({year}), frozenset(reader.rest), frozenset(reader.worked), {year: source})
    return toml_text(
        {
            "country": country,
            "years": [
                {
                    "year": year,
                    "source": source,
                    "working_days": calendar.working_days_in(year),
                    "holidays": rows,
                    "makeup": sorted(reader.worked),
                }
            ],
        }
    )


def as_lines(calendar: Calendar, year: int) -> tuple[str, str]:
    """The holidays and make-up working days of a year as somebody would type them, to be corrected."""
    rest = sorted(day for day in calendar.rest_days if day.year == year)
    holidays = [_span(days, calendar.names.get(days[0])) for days in _runs(rest, calendar)]
    worked = sorted(day for day in calendar.work_days if day.year == year)
    return "\n".join(holidays), "\n".join(day.isoformat() for day in worked)


def _span(days: list[date], name: Words | None) -> str:
    when = days[0].isoformat() if len(days) == 1 else f"{days[0].isoformat()} to {days[-1].isoformat()}"
    return f"{when}  {name.zh} / {name.en}" if name else when


def _runs(days: list[date], calendar: Calendar) -> Iterator[list[date]]:
    """Days in a row of the same name."""
    for _, run in groupby(
        enumerate(days), key=lambda each: (each[1].toordinal() - each[0], calendar.names.get(each[1]))
    ):
        yield [day for _, day in run]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, line.strip().translate(_FULL_WIDTH)


class _Reader:
    def __init__(self, year: int) -> None:
        self.year = year
        self.rest: set[date] = set()
        self.worked: set[date] = set()
        self.faults: list[LineFault] = []

    def holiday(self, number: int, line: str) -> dict[str, object] | None:
        """One holiday: its days and its names."""
        read = self._read(line)
        if isinstance(read, str):
            self._wrong("holidays", number, read, line)
            return None
        first, last, names = read
        self.rest.update(_days(first, last))
        return {"from": first, "to": last, "zh": names[0], "en": names[1]}

    def _read(self, line: str) -> tuple[date, date, list[str]] | str:
        """First day, last day and names of a holiday, or what is wrong with the line."""
        found = _DAY.match(line)
        first = self._day(found) if found else None
        if found is None or first is None:
            return "no_day"
        rest, last = line[found.end() :], first
        if until := _UNTIL.match(rest):
            end = self._day(until, after=first)
            if end is None:
                return "no_day"
            rest, last = rest[until.end() :], end
        if first.year != self.year or last.year != self.year:
            return "other_year"
        if last < first:
            return "reversed"
        names = _SLASH.split(rest.strip(" \t:：，,"), maxsplit=1)
        if len(names) != 2 or not all(names):
            return "no_names"
        return "twice" if self.rest.intersection(_days(first, last)) else (first, last, names)

    def makeup(self, number: int, line: str) -> None:
        """The make-up working days of a line."""
        at = 0
        while at < len(line):
            found = _DAY.match(line, at)
            day = self._day(found) if found else None
            if found is None or day is None:
                self._wrong("makeup", number, "no_day", line)
                return
            if day.year != self.year:
                self._wrong("makeup", number, "other_year", line)
            elif day in self.worked:
                self._wrong("makeup", number, "twice", line)
            elif day.weekday() < _SATURDAY or day in self.rest:
                self._wrong("makeup", number, "no_weekend", line)
            self.worked.add(day)
            between = _BETWEEN.match(line, found.end())
            at = between.end() if between else found.end()

    def _day(self, found: re.Match[str], after: date | None = None) -> date | None:
        groups = [int(group) if group else 0 for group in found.groups()]
        year, month, day, month_alone, day_of_month, *day_alone = groups
        try:
            if year:
                return date(year, month, day)
            if month_alone:
                return date(self.year, month_alone, day_of_month)
            return date(self.year, after.month if after else 0, day_alone[0] if day_alone else 0)
        except ValueError:
            return None

    def _wrong(self, field: str, number: int, code: str, line: str) -> None:
        self.faults.append(LineFault(field, number, code, line[:80]))


def _days(first: date, last: date) -> list[date]:
    """Every day from one to another; a year at most, whatever was typed."""
    return [first + _ONE_DAY * count for count in range(min((last - first).days, 366) + 1)]
