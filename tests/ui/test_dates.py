"""A date reads the same on every page, in the words of its language."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from huiyin.ui import dates, due

TUESDAY = date(2026, 1, 27)


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [("zh-hans", "2026年1月27日 星期二", "1月27日 周二"), ("en", "Tuesday 27 January 2026", "Tue 27 Jan")],
)
def test_a_date_is_written_out_with_its_day(language: str, long: str, short: str) -> None:
    with translation.override(language):
        assert dates.long_date(TUESDAY) == long
        assert dates.short_date(TUESDAY) == short


def test_an_instant_is_shown_in_the_readers_zone_even_from_the_ledgers_text() -> None:
    late = datetime(2026, 1, 26, 17, 30, tzinfo=UTC)
    with translation.override("en"):
        assert dates.date_time(late) == "27 January 2026, 01:30"
        assert dates.date_time("2026-01-26T17:30:00+00:00") == "27 January 2026, 01:30"
        assert dates.plain_date("2026-01-27") == "27 January 2026"


@pytest.mark.parametrize(
    ("due_on", "zh", "en"),
    [
        (date(2026, 1, 25), "超期 2 天", "2 days over"),
        (date(2026, 1, 26), "超期 1 天", "1 day over"),
        (TUESDAY, "今天到期", "due today"),
        (date(2026, 1, 28), "明天到期", "due tomorrow"),
        (date(2026, 1, 30), "还有 3 天", "3 days left"),
    ],
)
def test_what_is_left_of_a_term_is_said_in_days(due_on: date, zh: str, en: str) -> None:
    with translation.override("zh-hans"):
        assert dates.relative_days(due_on, TUESDAY) == zh
    with translation.override("en"):
        assert dates.relative_days(due_on, TUESDAY) == en


@pytest.mark.parametrize(
    ("due_on", "met_on", "kind"),
    [
        (date(2026, 2, 20), None, "running"),
        (date(2026, 1, 29), None, "soon"),
        (TUESDAY, None, "soon"),
        (date(2026, 1, 26), None, "over"),
        (TUESDAY, date(2026, 1, 20), "kept"),
        (date(2026, 1, 18), date(2026, 1, 20), "late"),
    ],
)
def test_a_badge_says_in_a_word_what_its_colour_says(due_on: date, met_on: date | None, kind: str) -> None:
    with translation.override("en"):
        html = due.badge(due_on, TUESDAY, met_on=met_on)
        word = due.standing(due_on, TUESDAY, met_on=met_on)[1]
    assert f"due--{kind}" in html
    assert word
    assert word in html
    assert f'datetime="{due_on.isoformat()}"' in html
