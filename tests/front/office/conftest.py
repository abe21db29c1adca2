"""The office's cast: Xu Gui edits procedures, Guan Li administers, Chen Lv reads; everybody else stays outside."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.front.conftest import SignedIn


@pytest.fixture
def xu(signed_in: SignedIn) -> Client:
    return signed_in("xu")


@pytest.fixture
def guan(signed_in: SignedIn) -> Client:
    return signed_in("guan")
