"""Which days are worked: weekends, public holidays and the weekend days worked in their place.

Each calendar is a file ``procedures/workdays/<country>.toml`` and says, for every year, which
notice its days come from. A year without a notice is not published: its weekends are known, its
holidays are not.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from huiyin.rules.faults import TOO_DEEP, Fault, not_toml
from huiyin.rules.procedure import Words
from huiyin.rules.toml_lines import Lines, error_line

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


class CalendarError(ValueError):
    """A calendar file that cannot be right: ``file:line: what is wrong``."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(str(fault))


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The working days of one country, as far as they are published."""

    country: str
    published: frozenset[int]
    rest_days: frozenset[date]
    work_days: frozenset[date]
    sources: Mapping[int, str]
    names: Mapping[date, Words] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """Is this day worked?"""
        return day in self.work_days or (day.weekday() < _SATURDAY and day not in self.rest_days)

    def is_published(self, year: int) -> bool:
        """Are the holidays of this year known?"""
        return year in self.published

    def why(self, day: date) -> str:
        """``holiday``, ``makeup`` (a weekend day worked), ``weekend`` or ``workday``."""
        if day in self.rest_days:
            return "holiday"
        if day in self.work_days:
            return "makeup"
        return "workday" if day.weekday() < _SATURDAY else "weekend"

    def working_days_in(self, year: int) -> int:
        """How many days of a year are worked."""
        return sum(map(self.is_workday, _days(date(year, 1, 1), date(year, 12, 31))))


def load_calendar(text: str, file: str = "") -> Calendar:
    """Read a calendar file; a mistake names the file and the line."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CalendarError(Fault(file, error_line(error, text), not_toml(error))) from error
    except RecursionError as error:
        raise CalendarError(Fault(file, 1, TOO_DEEP)) from error
    reader = _Reader(Lines(text), file)
    country = data.get("country")
    if not isinstance(country, str) or len(country) != 2:
        raise reader.error((), Words("country 应当是两个字母", "country must be two letters"))
    years = data.get("years", [])
    if not isinstance(years, list) or not all(isinstance(year, dict) for year in years):
        raise reader.error(("years",), Words("years 应当是表：[[years]]", "years must be tables: [[years]]"))
    for position, year in enumerate(years):
        reader.read_year(year, position)
    return Calendar(
        country, frozenset(reader.sources), frozenset(reader.names), frozenset(reader.makeup), reader.sources,
        reader.names,
    )  # fmt: skip


class _Reader:
    def __init__(self, lines: Lines, file: str) -> None:
        self.lines, self.file = lines, file
        self.sources: dict[int, str] = {}
        self.names: dict[date, Words] = {}
        self.makeup: set[date] = set()

    def error(self, path: tuple[str | int, ...], message: Words) -> CalendarError:
        return CalendarError(Fault(self.file, self.lines.find(path), message))

    def read_year(self, data: dict[str, object], position: int) -> None:
        path: tuple[str | int, ...] = ("years", position)
        year, source, holidays, makeup = (data.get(key) for key in ("year", "source", "holidays", "makeup"))
        if not isinstance(year, int) or not isinstance(source, str) or not source.strip():
            needed = Words("一年应当写明年份和出处", "a year needs its number and the source of its days")
            raise self.error(path, needed)
        if year in self.sources:
            raise self.error((*path, "year"), Words(f"{year} 写了两次", f"{year} stands here twice"))
        if not isinstance(holidays, list) or not isinstance(makeup, list):
            needed = Words(
                f"{year} 应当有 holidays 和 makeup，没有的也写空列表",
                f"{year} needs holidays and makeup, if only as empty lists",
            )
            raise self.error(path, needed)
        self.sources[year] = source
        for holiday in holidays:
            self._read_holiday(holiday, year, (*path, "holidays"))
        for day in makeup:
            if type(day) is not date or day.weekday() < _SATURDAY or day.year != year or day in self.names:
                wrong = Words(
                    f"{day} 不是 {year} 年可以调休上班的周末", f"{day} is no weekend day of {year} that could be worked"
                )
                raise self.error((*path, "makeup"), wrong)
            self.makeup.add(day)
        calendar = Calendar("", frozenset(), frozenset(self.names), frozenset(self.makeup), {})
        if data.get("working_days") != (counted := calendar.working_days_in(year)):
            other = Words(
                f"按列出的日子，{year} 有 {counted} 个工作日", f"{year} has {counted} working days by the days listed"
            )
            raise self.error((*path, "working_days"), other)

    def _read_holiday(self, holiday: object, year: int, path: tuple[str | int, ...]) -> None:
        match holiday:
            case {"from": date() as first, "to": date() as last, "zh": str(zh), "en": str(en)}:
                pass
            case {"on": date() as first, "zh": str(zh), "en": str(en)}:
                last = first
            case _:
                needed = Words(
                    f"{year} 的节假日应当写 on，或者 from 和 to，并有 zh 和 en 的名称",
                    f"a holiday of {year} needs on, or from and to, and its name in zh and en",
                )
                raise self.error(path, needed)
        if first.year != year or last.year != year or last < first:
            raise self.error(path, Words(f"{zh}不在 {year} 年内", f"{en} does not lie in {year}"))
        for day in _days(first, last):
            self.names[day] = Words(zh, en)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _ONE_DAY
