"""Sums at the table, exact to the cent: wages that are owed, and what is paid in parts.

Money is whole cents; nothing is rounded away. A sum that does not divide evenly is paid in parts of which no two
differ by more than one cent, and which add up to the sum.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from huiyin.rules.refusal import Refusal

MOST_CENTS = 10**13
MOST_PARTS = 120
_MONEY = re.compile(r"([0-9]{1,11})(?:\.([0-9]{1,2}))?")
EVERY = ("month", "fortnight", "week")


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a sum, its day, and what is left afterwards."""

    number: int
    due_on: datetime.date
    cents: int
    left_cents: int


def cents(typed: str, *, field: str = "amount") -> int:
    """An amount as people type it ("3,000.50", "３０００元"), in cents. Raises Refusal("invalid") naming the field."""
    plain = "".join(chr(ord(each) - 0xFEE0) if "！" <= each <= "～" else each for each in typed)
    plain = plain.strip().removesuffix("元").removeprefix("¥").removeprefix("￥").replace(",", "").strip()
    found = _MONEY.fullmatch(plain)
    if found is None:
        raise Refusal("invalid", field=field)
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def money(amount: int) -> str:
    """Cents as yuan with two places: 300050 is 3,000.50."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100:,}.{abs(amount) % 100:02d}"


def wages(*, rate_cents: int, units: int, paid_cents: int = 0) -> int:
    """What is still owed: so many days, hours or pieces at a rate, less what was paid; never below nothing.

    Raises Refusal("invalid") for a negative number.
    """
    if min(rate_cents, units, paid_cents) < 0:
        raise Refusal("invalid", field="amount")
    if rate_cents * units > MOST_CENTS:
        raise Refusal("invalid", field="amount")
    return max(0, rate_cents * units - paid_cents)


def instalments(total: int, parts: int, *, first_on: datetime.date, every: str = "month") -> tuple[Instalment, ...]:
    """A sum in parts, the larger ones first. A month keeps its day; where it has none, its last day.

    Raises Refusal("invalid") for no sum, "unknown_choice" for another rhythm, "too_many" for over 120 parts.
    """
    if not 0 < total <= MOST_CENTS:
        raise Refusal("invalid", field="amount")
    if parts > MOST_PARTS:
        raise Refusal("too_many", field="parts", maximum=MOST_PARTS)
    if parts < 1 or parts > total:
        raise Refusal("invalid", field="parts")
    if every not in EVERY:
        raise Refusal("unknown_choice", field="every")
    whole, more = divmod(total, parts)
    made, left = [], total
    for number in range(parts):
        part = whole + (number < more)
        left -= part
        made.append(Instalment(number + 1, _day(first_on, number, every), part, left))
    return tuple(made)


def _day(first: datetime.date, number: int, every: str) -> datetime.date:
    try:
        if every != "month":
            return first + datetime.timedelta(days=(7 if every == "week" else 14) * number)
        months = first.year * 12 + first.month - 1 + number
        year, month = divmod(months, 12)
        return datetime.date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError, IndexError):
        raise Refusal("invalid", field="first_on") from None
