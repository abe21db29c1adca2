"""Where no mail reaches the complainant, the responsible officer reads so, and nobody reads the address."""

from __future__ import annotations

import pytest

from huiyin.record import clock
from huiyin.record.cases.deeds import messages
from huiyin.record.cases.opening import access
from huiyin.record.identity.access import Identity
from huiyin.record.notices.models import Notice
from tests.cast import Office
from tests.front.conftest import SignedIn
from tests.front.desk.conftest import Matter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
SAID = "No e-mail reaches the person"


@pytest.fixture
def unreached(office: Office, with_zhao: Matter) -> Matter:
    """Officer Zhao wrote to Li Mei, and her mailbox took nothing."""
    messages.write_as_office(with_zhao.number, "请带来照片。", by=office.zhao)
    Notice.objects.update(state="undelivered", tries=6, settled_at=clock.now())
    return with_zhao


def page(signed_in: SignedIn, name: str, matter: Matter) -> str:
    return signed_in(name).get(f"/desk/cases/{matter.number}/").content.decode()


def test_nothing_is_said_while_everything_arrives(signed_in: SignedIn, with_zhao: Matter) -> None:
    assert SAID not in page(signed_in, "zhao", with_zhao)


def test_the_responsible_officer_is_told_to_call_or_write(signed_in: SignedIn, unreached: Matter) -> None:
    text = page(signed_in, "zhao", unreached)
    assert SAID in text
    assert "Call or write instead" in text
    assert "limei@example.org" not in text
    assert "000-0000-0001" not in text


def test_others_who_may_open_the_matter_are_not(signed_in: SignedIn, unreached: Matter) -> None:
    text = page(signed_in, "qian", unreached)
    assert unreached.number in text
    assert SAID not in text


def test_a_new_contact_ends_it(signed_in: SignedIn, unreached: Matter) -> None:
    holder = access.open_receipt(unreached.number, unreached.code, source="here")
    access.replace_contact(holder, Identity(name="李梅", email="new@example.org"))
    assert SAID not in page(signed_in, "zhao", unreached)
