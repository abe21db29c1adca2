"""Days in the story's texts: ``{day+12}`` is the twelfth day after the matter was filed.

The files hold no dates, so that the story is fresh on every day it is told.
"""

from __future__ import annotations

import datetime
import re

_DAY = re.compile(r"\{day([+-]\d+)\}")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def with_days(text: str, filed_on: datetime.date, language: str) -> str:
    """The text with its days written out; the year stands where it is not the year of filing."""

    def written(match: re.Match[str]) -> str:
        day = filed_on + datetime.timedelta(days=int(match[1]))
        is_far = day.year != filed_on.year
        if language.startswith("zh"):
            return f"{day.year}年{day.month}月{day.day}日" if is_far else f"{day.month}月{day.day}日"
        words = f"{day.day} {_MONTHS[day.month - 1]}"
        return f"{words} {day.year}" if is_far else words

    return _DAY.sub(written, text)
