"""Published calendars: which days an office works, and up to which year that is known."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from huiyin.rules.refusal import Refusal
from huiyin.rules.workdays import Calendar, load_calendar


@lru_cache(maxsize=16)
def calendar(country: str) -> Calendar:
    """The calendar of a country code such as ``CN``.

    Raises Refusal("calendar_missing") when the office keeps none for it.
    """
    path = Path(settings.HUIYIN_PROCEDURES_DIR) / "workdays" / f"{country}.toml"
    if not country.isalpha() or not path.is_file():
        raise Refusal("calendar_missing", country=country)
    return load_calendar(path.read_text("utf-8"), file=path.name)
