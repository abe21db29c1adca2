"""Lengths, days and roles of a procedure in plain words, in both languages: for pictures and comparisons.

Pages have words of their own in their own translations; this is for what is made without a page.
"""

from __future__ import annotations

from datetime import date

from huiyin.rules.procedure import Term, Unit, Words

_UNITS_ZH: dict[Unit, str] = {
    "calendar_days": "日", "working_days": "个工作日", "hours": "小时", "weeks": "周", "months": "个月",
}  # fmt: skip
_UNITS_EN: dict[Unit, str] = {
    "calendar_days": "day", "working_days": "working day", "hours": "hour", "weeks": "week", "months": "month",
}  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def span(length: int, unit: Unit) -> Words:
    """``15日`` / ``15 days``."""
    plural = "" if length == 1 else "s"
    return Words(f"{length}{_UNITS_ZH[unit]}", f"{length} {_UNITS_EN[unit]}{plural}")


def length(term: Term) -> Words:
    """How long a term is, and whether somebody sets it."""
    time = span(term.length, term.unit)
    if term.length_is_set:
        time = Words(f"另定，最长{time.zh}", f"set case by case, at most {time.en}")
    if term.recurs is not None:
        again = span(term.recurs.every, term.recurs.unit)
        time = Words(f"{time.zh}，以后每{again.zh}", f"{time.en}, then every {again.en}")
    return time


def long_day(day: date) -> Words:
    """``2025年10月9日`` / ``9 October 2025``."""
    return Words(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]} {day.year}")
