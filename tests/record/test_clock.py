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
