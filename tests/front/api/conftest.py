"""The invented office, with accounts, for every test of the API."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from tests.cast import Office, make_office
from tests.front.api.program import Program


@pytest.fixture
def office(db: None, settings: Settings) -> Office:
    """Nobody signs in with a password here, so the slow hash is left out."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return make_office()


@pytest.fixture
def program(office: Office) -> Program:
    return Program()
