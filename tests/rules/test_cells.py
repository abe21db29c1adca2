"""Cells as people fill them: every way to write a day is read as that day, and nothing is guessed."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.cells import (
    EXCEL_BEGINS,
    EXCEL_BEGINS_1904,
    FORMULA_STARTS,
    Moment,
    Unreadable,
    folded,
    moment,
    shielded,
    text_of,
    trimmed,
)

DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2099, 12, 31))
HOURS = st.times().map(lambda at: at.replace(microsecond=0, tzinfo=None)).filter(lambda at: at != datetime.time())
WAYS = ("{y}-{m:02}-{d:02}", "{y}/{m}/{d}", "{y}.{m}.{d}", "{y}年{m}月{d}日", "{y}年{m:02}月{d:02}号", "{y}{m:02}{d:02}",
        "{y} 年 {m} 月 {d} 日", "{y} - {m} - {d}", "{y}．{m}．{d}", "{y}／{m}／{d}")  # fmt: skip
DIRT = st.sampled_from(["", " ", "\t", "\u3000", "\u00a0", "\ufeff", "\u200b", "  \t "])
WIDE = {ord(str(digit)): ord("０") + digit for digit in range(10)}


@given(DAYS, st.sampled_from(WAYS), DIRT, DIRT, st.booleans())
def test_a_day_is_read_however_it_is_written(
    on: datetime.date, way: str, before: str, after: str, is_wide: bool
) -> None:
    written = way.format(y=on.year, m=on.month, d=on.day)
    typed = before + (written.translate(WIDE) if is_wide else written) + after
    assert moment(typed) == Moment(on)


@given(DAYS, HOURS, st.sampled_from(["{d} {h:02}:{n:02}:{s:02}", "{d}T{h:02}:{n:02}:{s:02}", "{d}  {h}:{n:02}:{s:02}"]))
def test_an_hour_beside_it_is_read_too(on: datetime.date, at: datetime.time, way: str) -> None:
    typed = way.format(d=on.isoformat(), h=at.hour, n=at.minute, s=at.second)
    assert moment(typed) == Moment(on, at)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("2026年3月5日14时30分", datetime.time(14, 30)),
        ("2026年3月5日 下午3时", datetime.time(15)),
        ("2026-03-05 上午 9:05", datetime.time(9, 5)),
        ("2026/3/5 9:05 PM", datetime.time(21, 5)),
        ("2026-03-05 24:00", datetime.time(23, 59)),
        ("2026-03-05 00:00:00", None),
        ("20260305 1:02", datetime.time(1, 2)),
    ],
)
def test_hours_as_offices_write_them(typed: str, at: datetime.time | None) -> None:
    assert moment(typed) == Moment(datetime.date(2026, 3, 5), at)


@given(DAYS, st.integers(0, 24 * 60 - 1))
def test_a_day_that_excel_counted_is_the_same_day(on: datetime.date, minutes: int) -> None:
    serial = (on - EXCEL_BEGINS).days + minutes / 1440
    expected = Moment(on, datetime.time(*divmod(minutes, 60)) if minutes else None)
    assert moment(text_of(serial)) == expected
    whole = (on - EXCEL_BEGINS_1904).days
    if whole >= 10_000:
        assert moment(str(whole), begins=EXCEL_BEGINS_1904) == Moment(on)


def test_the_first_serial_days_are_those_of_excel() -> None:
    assert EXCEL_BEGINS + datetime.timedelta(days=61) == datetime.date(1900, 3, 1)
    assert EXCEL_BEGINS + datetime.timedelta(days=46086) == datetime.date(2026, 3, 5)


@given(DAYS, HOURS)
def test_what_a_date_cell_holds_comes_through_text(on: datetime.date, at: datetime.time) -> None:
    assert moment(text_of(on)) == moment(text_of(datetime.datetime.combine(on, datetime.time()))) == Moment(on)
    assert moment(text_of(datetime.datetime.combine(on, at))) == Moment(on, at)


@pytest.mark.parametrize(
    "typed",
    ["3/5/2026", "26.3.5", "2026/13/5", "2026-02-30", "5 March 2026", "明天", "2026-3", "2026/3/512", "2026.3/5", "0",
     "12345678", "2026030514", "1889-01-01", "9999-12-31", "2026-03-05 25:00", "2026-03-05 14", "-46086", "１２月３日"],
)  # fmt: skip
def test_what_could_be_two_days_or_none_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable) as refused:
        moment(typed)
    assert refused.value.code == "date"


@given(st.text())
def test_any_text_is_a_day_nothing_or_refused(typed: str) -> None:
    try:
        read = moment(typed)
    except Unreadable:
        return
    assert read is None or 1990 <= read.on.year <= 2099


@given(st.one_of(st.text(), st.text().map(lambda text: "=" + text), st.text().map(lambda text: " -" + text)))
def test_no_cell_that_leaves_runs_as_a_formula_and_it_comes_back_as_it_was(text: str) -> None:
    sent = shielded(text)
    assert not sent.startswith(FORMULA_STARTS)
    assert not sent.lstrip().startswith(FORMULA_STARTS)
    assert trimmed(sent) == trimmed(text)


@given(st.one_of(st.integers(-(10**12), 10**12), st.floats(allow_nan=False, allow_infinity=False, width=32)))
def test_numbers_lose_no_digit(value: float) -> None:
    assert float(text_of(value)) == value
    if value == int(value):
        assert text_of(float(value)) == str(int(value))


def test_blanks_and_invisible_characters_are_nothing() -> None:
    for typed in (None, "", " \t\u3000", "\ufeff\u200b", "\u00a0"):
        assert text_of(typed) == ""
        assert moment(text_of(typed)) is None
    assert text_of(True) == "TRUE"
    assert folded("　诉求\u200b 内容 ") == "诉求内容"
