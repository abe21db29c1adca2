"""Going out: quarters, when something can be planned, coverage, and the calendar file of office hours.

Coverage counts villages, never people: the share of villages and communities where an office hour was held in a
quarter. There is no number of people who should have come, and no list of who should be seen.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from huiyin.rules.counting import Rate
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal

PARTS: dict[str, Words] = {
    "morning": Words("上午", "in the morning"),
    "afternoon": Words("下午", "in the afternoon"),
    "evening": Words("晚上", "in the evening"),
}
COVERED_KINDS = frozenset({"village", "community"})
FARTHEST_DAYS = 366  # days ahead for which something is planned
MOST_CAME = 2_000  # of one office hour
WORDS_LIMIT = 4_000  # characters of a suggestion, of an answer
PLACE_LIMIT = 200


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year."""

    year: int
    number: int

    @property
    def first(self) -> datetime.date:
        """Its first day."""
        return datetime.date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> datetime.date:
        """Its last day."""
        return self.after().first - datetime.timedelta(days=1)

    @property
    def name(self) -> str:
        """``2026-Q3``."""
        return f"{self.year:04}-Q{self.number}"

    def after(self) -> Quarter:
        """The next one."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    def before(self) -> Quarter:
        """The one before."""
        return quarter_of(self.first - datetime.timedelta(days=1))


def quarter_of(day: datetime.date) -> Quarter:
    """The quarter in which a day lies."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarters(first: datetime.date, last: datetime.date) -> Iterator[Quarter]:
    """Every quarter from that of ``first`` to that of ``last``."""
    each, end = quarter_of(first), quarter_of(last)
    while each <= end:
        yield each
        each = each.after()


def coverage(held_in: Iterable[int], ground: Iterable[int]) -> Rate:
    """Villages in which an office hour was held, of all villages; each counts once, however often."""
    whole = set(ground)
    return Rate(len(set(held_in) & whole), len(whole))


def check_planned(starts_at: datetime.datetime, ends_at: datetime.datetime, now: datetime.datetime) -> None:
    """Raises Refusal("dates_reversed"), "day_past" or "day_too_far"."""
    if ends_at <= starts_at:
        raise Refusal("dates_reversed")
    if starts_at <= now:
        raise Refusal("day_past")
    if starts_at > now + datetime.timedelta(days=FARTHEST_DAYS):
        raise Refusal("day_too_far", last_day=(now + datetime.timedelta(days=FARTHEST_DAYS)).date())


def check_wish(day: datetime.date, part: str, today: datetime.date) -> None:
    """A visit is for the day that was wished for. Raises Refusal("unknown_choice"), "day_past" or "day_too_far"."""
    if part not in PARTS:
        raise Refusal("unknown_choice", field="part")
    if day < today:
        raise Refusal("day_past")
    if day > today + datetime.timedelta(days=FARTHEST_DAYS):
        raise Refusal("day_too_far", last_day=today + datetime.timedelta(days=FARTHEST_DAYS))


def check_came(came: int, starts_at: datetime.datetime, now: datetime.datetime) -> None:
    """One number, typed after it began. Raises Refusal("invalid") or "too_early"."""
    if not 0 <= came <= MOST_CAME:
        raise Refusal("invalid", field="came")
    if now < starts_at:
        raise Refusal("too_early", last_day=starts_at.date())


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in a calendar file; ``stamp`` is when it was last changed."""

    uid: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    stamp: datetime.datetime
    title: str
    place: str
    url: str
    is_off: bool = False


def calendar_file(entries: Iterable[Entry], *, name: str) -> str:
    """An iCalendar file (RFC 5545): times in UTC, lines of at most 75 octets, CRLF at each end."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Huiyin//office hours//EN", f"X-WR-CALNAME:{_escaped(name)}"]
    for each in entries:
        lines += [
            "BEGIN:VEVENT", f"UID:{each.uid}", f"DTSTAMP:{_utc(each.stamp)}", f"DTSTART:{_utc(each.starts_at)}",
            f"DTEND:{_utc(each.ends_at)}", f"SUMMARY:{_escaped(each.title)}", f"LOCATION:{_escaped(each.place)}",
            f"URL:{each.url}", f"STATUS:{'CANCELLED' if each.is_off else 'CONFIRMED'}", "END:VEVENT",
        ]  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _utc(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    bare = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return bare.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def _folded(line: str) -> str:
    """No line longer than 75 octets; what goes on begins with a blank. No letter is cut in two."""
    parts, here, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > 75:
            parts.append(here)
            here, size = " ", 1
        here, size = here + letter, size + width
    return "\r\n".join([*parts, here])
