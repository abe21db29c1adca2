"""The one clock: every instant that reaches the record comes from here.

The rules never ask for the time, and no other room may: a term counted from
the machine's clock in one place and from the ledger's in another would give
a complainant two different due dates.

The demo tells a story that happened over months. It may therefore set the
clock, and let days pass for a visitor who wants to see what happens then, but
only where the installation says that it is a story (``HUIYIN_STORY``): in real
service nobody can backdate an event this way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

REAL_TIME = "The clock can be set only where HUIYIN_STORY is on: in service, time is not ours to tell."
NO_TIME = timedelta(0)
_told: ContextVar[datetime | None] = ContextVar("huiyin_told_instant", default=None)


def now() -> datetime:
    """This instant, aware and in UTC."""
    return _told.get() or datetime.now(UTC) + _passed()


def days_passed() -> int:
    """How many days a story was moved on from real time; 0 in service."""
    return _passed().days


def let_days_pass(days: int) -> None:
    """Move a story on, for every process of the installation; never back.

    Raises ImproperlyConfigured where HUIYIN_STORY is off, and ValueError for less than one day.
    """
    if not getattr(settings, "HUIYIN_STORY", False):
        raise ImproperlyConfigured(REAL_TIME)
    if days < 1:
        raise ValueError("A story goes on by whole days, and never back.")
    file = Path(settings.HUIYIN_STORY_FILE)
    new = file.with_suffix(".new")
    new.write_text(str(days_passed() + days), encoding="ascii")
    new.replace(file)


def _passed() -> timedelta:
    if not getattr(settings, "HUIYIN_STORY", False):
        return NO_TIME
    try:
        return timedelta(days=int(Path(settings.HUIYIN_STORY_FILE).read_text(encoding="ascii")))
    except FileNotFoundError:
        return NO_TIME


def today(zone: str) -> date:
    """The calendar day at a body's own place (``Asia/Shanghai``)."""
    return now().astimezone(ZoneInfo(zone)).date()


def day_of(instant: datetime, zone: str) -> date:
    """The calendar day of an instant at a body's own place."""
    return instant.astimezone(ZoneInfo(zone)).date()


def newest_day() -> date:
    """The day of the calendar where it begins first on earth: nobody is further than this."""
    return today("Pacific/Kiritimati")


@contextmanager
def story(start: datetime) -> Iterator[None]:
    """Tell a story: inside, the clock stands at ``start`` until ``set`` moves it.

    Only this thread's story is told; requests served meanwhile keep real time.
    """
    token = _told.set(_checked(start))
    try:
        yield
    finally:
        _told.reset(token)


def set(instant: datetime) -> None:  # noqa: A001 - reads clock.set(...)
    """Move the story's clock; outside a story there is nothing to move."""
    if _told.get() is None:
        raise RuntimeError("The clock can only be set inside clock.story().")
    _told.set(_checked(instant))


def _checked(instant: datetime) -> datetime:
    if not getattr(settings, "HUIYIN_STORY", False):
        raise ImproperlyConfigured(REAL_TIME)
    if instant.tzinfo is None:
        raise ValueError("The clock needs an instant with its time zone.")
    return instant.astimezone(UTC)
