"""Which test runs where: the lists name what is there, and docs/testing.md tells the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.check import LONG_FOLDERS
from tools.test import NO_DATABASE, NO_PAGES, NO_RULES, WALKED_ON_BOTH, other_journeys

ROOT = Path(__file__).resolve().parents[2]
JOURNEYS = tuple(f"tests/journeys/test_{each}.py" for each in WALKED_ON_BOTH)
PLACES = (*NO_RULES, *NO_PAGES, *NO_DATABASE, *JOURNEYS, *(f"tests/{each}" for each in LONG_FOLDERS))


@pytest.mark.parametrize("place", PLACES)
def test_what_a_list_names_is_there(place: str) -> None:
    assert (ROOT / place).exists(), "a name that leads nowhere leaves a test out, or asks it twice"


def test_a_journey_is_walked_on_both_engines_or_stands_among_the_others() -> None:
    every = {file.relative_to(ROOT).as_posix() for file in (ROOT / "tests" / "journeys").glob("test_*.py")}
    assert set(other_journeys()) | set(JOURNEYS) == every and not set(other_journeys()) & set(JOURNEYS)


@pytest.mark.parametrize("folder", LONG_FOLDERS)
def test_the_long_folders_are_told(folder: str) -> None:
    assert f"`tests/{folder}`" in (ROOT / "docs" / "testing.md").read_text("utf-8")
