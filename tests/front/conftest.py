"""The office of the cast, and a browser for whoever signs in; each front has the matters it needs in its own folder."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Office, make_office

SignedIn = Callable[[str], Client]


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


@pytest.fixture
def signed_in(office: Office) -> SignedIn:
    """A browser in which one of the cast has signed in."""

    def sign_in(name: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(office.account(name))
        return client

    return sign_in
