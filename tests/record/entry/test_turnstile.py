"""A flood of wrong passwords keeps no page and no honest officer waiting for long."""

from __future__ import annotations

from contextlib import ExitStack
from unittest.mock import patch

import pytest
from django.test import Client

from huiyin.record.entry import turnstile
from huiyin.rules.refusal import Refusal


@pytest.fixture(autouse=True)
def open_turnstile():
    """No line: a place is only taken, so that the test needs no threads."""
    turnstile._failed.clear()
    with patch.object(turnstile, "_one_at_a_time", ExitStack()):
        yield
    turnstile._failed.clear()


def test_three_at_most_stand_in_line() -> None:
    with turnstile.place("a"), turnstile.place("b"), turnstile.place("c"), pytest.raises(Refusal, match="busy"):
        turnstile.place("d").__enter__()
    with turnstile.place("d"):
        assert turnstile._inside == 1


def test_who_failed_lately_takes_no_place_from_the_others() -> None:
    turnstile.failed("flood")
    with turnstile.place("an officer"):
        with pytest.raises(Refusal, match="busy"):
            turnstile.place("flood").__enter__()
        with turnstile.place("another officer"):
            assert turnstile._inside == 2
    with turnstile.place("flood"):
        assert turnstile._inside == 1, "nobody is banned"


def test_a_place_is_free_again_after_a_fault() -> None:
    for _each in range(5):
        with pytest.raises(RuntimeError), turnstile.place("a"):
            raise RuntimeError
    assert turnstile._inside == 0


@pytest.mark.django_db(databases=["default", "vault"])
def test_the_page_says_to_come_again_and_keeps_the_name() -> None:
    with turnstile.place("a"), turnstile.place("b"), turnstile.place("c"):
        page = Client().post("/desk/sign-in/", {"username": "zhao", "password": "x"})
    assert page.status_code == 503
    assert 'value="zhao"' in page.content.decode()
