"""The office's cast: Xu Gui edits procedures, Guan Li administers, Chen Lv reads; everybody else stays outside."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Office, make_office
from tests.front.desk.conftest import SignedIn


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


@pytest.fixture
def xu(signed_in: SignedIn) -> Client:
    return signed_in("xu")


@pytest.fixture
def guan(signed_in: SignedIn) -> Client:
    return signed_in("guan")
