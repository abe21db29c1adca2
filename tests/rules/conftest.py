"""The files of the procedures, read once."""

from pathlib import Path

import pytest

from huiyin.rules.workdays import Calendar, load_calendar

PROCEDURES = Path(__file__).parents[2] / "procedures"


def calendar_of(country: str) -> Calendar:
    path = PROCEDURES / "workdays" / f"{country}.toml"
    return load_calendar(path.read_text(encoding="utf-8"), path.name)


@pytest.fixture(scope="session")
def china() -> Calendar:
    return calendar_of("CN")


@pytest.fixture(scope="session")
def england() -> Calendar:
    return calendar_of("GB")


@pytest.fixture(scope="session")
def india() -> Calendar:
    return calendar_of("IN")
