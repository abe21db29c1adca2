"""The invented county, told once for all tests of this folder, and read on many days as everybody reads it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client, override_settings

from huiyin.demo import county
from huiyin.oversight.statistics.publishing import GRACE_DAYS, publish_quarters
from huiyin.record import clock, remembered
from huiyin.record.files import typesetting
from huiyin.record.law import versions
from huiyin.rules.outreach import Quarter
from tests.oversight.public import Reading, read

ZONE = ZoneInfo("Asia/Shanghai")
DAYS_IN_A_ROW = 4  # of the newest quarter that was published, read on each


@dataclass(frozen=True)
class Told:
    """The county as it stands, and what was in public on the days it was read."""

    quarters: list[Quarter]  # the newest first
    readings: list[Reading]


@pytest.fixture(scope="module")
def told(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    """The county, without setting its letters in print; all tests of a module look at the same one."""
    remembered.forget()
    versions.procedure_of.cache_clear()
    with django_db_blocker.unblock(), ExitStack() as stack:  # type: ignore[attr-defined]
        for name in ("default", "vault"):
            wall = transaction.atomic(using=name)
            wall._from_testcase = True  # type: ignore[attr-defined]  # what must commit for itself may, as in any test
            stack.enter_context(wall)
            stack.callback(transaction.set_rollback, True, using=name)
        home: Path = tmp_path_factory.mktemp("county")
        stack.enter_context(override_settings(HUIYIN_HOME=str(home)))
        stack.enter_context(mock.patch.object(typesetting, "render", return_value=b"%PDF-1.7 invented"))
        readings: list[Reading] = []
        planned = county._visits

        def plan_readings(told: county.County, quarters: list[Quarter]) -> None:
            planned(told, quarters)
            for day in reading_days(quarters):
                told.at(datetime.datetime.combine(day, datetime.time(), ZONE), lambda: readings.append(published()))

        stack.enter_context(mock.patch.object(county, "_visits", plan_readings))
        county.load(lambda _sentence: None)
        readings.append(published())
        yield Told(county.last_quarters(clock.now().astimezone(datetime.UTC).date()), readings)


def published() -> Reading:
    """What the worker does each night, and then what everybody reads."""
    publish_quarters()
    return read(Client())


def reading_days(quarters: list[Quarter]) -> list[datetime.date]:
    """The first of every month since the count began, the day each quarter is published, and many days in a row."""
    first, last = quarters[-1].first, quarters[0].after()
    days = {datetime.date(year, month, 1) for year in range(first.year, last.last.year + 1) for month in range(1, 13)}
    days = {day for day in days if first <= day <= last.last}
    days |= {each.after().first + datetime.timedelta(days=GRACE_DAYS + 1) for each in quarters}
    days |= {quarters[0].first + datetime.timedelta(days=40 + number) for number in range(DAYS_IN_A_ROW)}
    return sorted(days)
