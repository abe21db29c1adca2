"""One clock, which only a story may set."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from huiyin.record import clock

NIGHT = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)


def test_a_story_has_its_own_time_and_ends():
    with clock.story(NIGHT):
        assert clock.now() == NIGHT
        assert clock.today("Asia/Shanghai") == date(2026, 3, 2)
        clock.set(NIGHT.replace(year=2027))
        assert clock.now().year == 2027
    assert abs((datetime.now(UTC) - clock.now()).total_seconds()) < 5


def test_time_cannot_be_told_in_service(settings):
    with pytest.raises(RuntimeError):
        clock.set(NIGHT)
    settings.HUIYIN_STORY = False
    with pytest.raises(ImproperlyConfigured), clock.story(NIGHT):
        pass


def test_an_instant_needs_its_time_zone():
    with pytest.raises(ValueError), clock.story(datetime(2026, 3, 1)):
        pass


def test_days_pass_for_a_whole_installation_and_never_back(settings, tmp_path):
    settings.HUIYIN_STORY_FILE = tmp_path / "story-days"
    before = clock.now()
    clock.let_days_pass(30)
    clock.let_days_pass(1)
    assert clock.days_passed() == 31
    assert (clock.now() - before).days == 31
    with pytest.raises(ValueError):
        clock.let_days_pass(0)
    settings.HUIYIN_STORY = False
    assert clock.days_passed() == 0
    assert (clock.now() - before).days == 0
    with pytest.raises(ImproperlyConfigured):
        clock.let_days_pass(1)
