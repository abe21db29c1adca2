"""What people write into the cells of their tables, read as text, days and hours.

Tables of offices carry full-width digits, tabs, invisible characters, six ways to write a date, and
Excel's own count of days. What can be read in one way only is read; what could mean two things
(``3/5/2026``, ``26.3.5``) is refused, never guessed.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass

FIRST_YEAR, LAST_YEAR = 1990, 2099
EXCEL_BEGINS = datetime.date(1899, 12, 30)  # day 0, so that serial 61 is 1 March 1900 as in Excel
EXCEL_BEGINS_1904 = datetime.date(1904, 1, 1)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_BLANKS = "\ufeff\u200b\u200c\u200d\u2060\u00ad"
_TIME = (
    r"(?:(?:[T ]|(?<=[日号])|(?=[上下中晚]))(?P<half>上午|下午|中午|晚上)? ?(?P<hour>[01]?\d|2[0-4])[:时点]"
    r"(?P<minute>[0-5]?\d)?(?:[:分](?P<second>[0-5]?\d(?:\.\d+)?)?)?秒?(?: ?(?P<after>AM|PM|am|pm))?Z?)?"
)
_DATE = re.compile(
    r"(?P<year>\d{4})(?:(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"|年(?P<month_zh>\d{1,2})月(?P<day_zh>\d{1,2})[日号]?"
    r"|(?P<month_8>\d\d)(?P<day_8>\d\d))" + _TIME
)
_SERIAL = re.compile(r"(?P<days>\d{5})(?:\.(?P<part>\d+))?")


class Unreadable(ValueError):
    """A cell or a table that cannot be read; ``code`` says why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the hour where one was written."""

    on: datetime.date
    at: datetime.time | None = None


def text_of(value: object) -> str:
    """A cell's value as text: whole numbers without ``.0``, days as ISO, no blanks around it."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time()
        return value.date().isoformat() if is_day else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return trimmed(str(value))


def trimmed(text: str) -> str:
    """The text without blanks and invisible characters around it; an apostrophe that only hides a formula goes."""
    bare = _stripped(text)
    return _stripped(bare[1:]) if bare[:1] == "'" and _is_formula(bare[1:]) else bare


def folded(text: str) -> str:
    """For comparing: half-width, small letters, no blanks, nothing invisible."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if not letter.isspace() and unicodedata.category(letter) != "Cf")


def moment(text: str, *, begins: datetime.date = EXCEL_BEGINS) -> Moment | None:
    """The day (and hour) that a cell says; None for an empty cell.

    ``begins`` is day 0 of Excel's count. Raises Unreadable("date") for what is no day, or could be two.
    """
    plain = _spaced(text)
    if not plain:
        return None
    found = _DATE.fullmatch(plain)
    if found:
        return _written(found)
    serial = _SERIAL.fullmatch(plain)
    if serial is None:
        raise Unreadable("date")
    on = begins + datetime.timedelta(days=int(serial["days"]))
    return Moment(_plausible(on), _part_of_day(serial["part"]))


def shielded(text: str) -> str:
    """For a cell that a spreadsheet program will open: what would be run as a formula stands as text."""
    if not _stripped(text):
        return ""
    return f"'{text}" if _is_formula(text) else text


def _is_formula(text: str) -> bool:
    return text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)


def _stripped(text: str) -> str:
    before = None
    while before != text:
        before, text = text, text.strip().strip(_BLANKS)
    return text


def _spaced(text: str) -> str:
    """Half-width, with no blank beside a mark of a date."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    plain = " ".join(plain.split())
    return re.sub(r" ?([-/.年月日号:时点分]) ?", r"\1", plain).strip(" '")


def _written(found: re.Match[str]) -> Moment:
    month = found["month"] or found["month_zh"] or found["month_8"]
    day = found["day"] or found["day_zh"] or found["day_8"]
    try:
        on = datetime.date(int(found["year"]), int(month), int(day))
        return Moment(_plausible(on), _time(found))
    except ValueError:
        raise Unreadable("date") from None


def _time(found: re.Match[str]) -> datetime.time | None:
    if found["hour"] is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    second = int(float(found["second"] or 0))
    half = (found["half"] or found["after"] or "").casefold()
    if half in {"下午", "晚上", "pm"} and hour < 12:
        hour += 12
    elif half in {"上午", "am"} and hour == 12:
        hour = 0
    if hour == 24 and not minute:
        return datetime.time(23, 59)  # the end of the day is said this way
    read = datetime.time(hour, minute, second)
    return read if read != datetime.time() else None


def _part_of_day(part: str | None) -> datetime.time | None:
    minutes = round(float(f"0.{part or 0}") * 24 * 60)
    return datetime.time(*divmod(min(minutes, 24 * 60 - 1), 60)) if minutes else None


def _plausible(on: datetime.date) -> datetime.date:
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise Unreadable("date")
    return on
