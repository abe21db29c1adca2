"""Who gets which page of the portal, and what stands on it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Office, make_office
from tests.front.portal.visits import filed, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
OPEN_PAGES = (
    "/", "/guide/", "/contact/", "/areas/", "/mediation/", "/areas/willow/", "/areas/willow/poster/", "/protection/", "/procedure/", "/paper-form/", "/source/", "/source/huiyin.tar.gz",
    "/track/", "/file/", "/file/what/", "/file/where/", "/file/whom/", "/file/known/", "/file/reach/", "/file/check/",
)  # fmt: skip
OF_A_MATTER = (
    "",
    "message/",
    "correction/",
    "contact-details/",
    "rating/",
    "contest/",
    "proof/",
    "proof/mine",
    "proof/for-others",
    "proof/history",
)


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", OPEN_PAGES)
def test_everybody_may_read(office, client, address, language):
    page = client.get(address, headers={"accept-language": language})
    assert page.status_code == 200
    if address != "/source/huiyin.tar.gz":
        assert page["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "address", ["/file/nothing/", "/file/receipt/", "/file/receipt/qr.svg", "/file/receipt/receipt.txt"]
)
def test_without_a_receipt_there_is_none(office, client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("rest", OF_A_MATTER)
def test_a_matter_opens_for_its_receipt_and_for_nobody_else(office, rest):
    number, code = filed(Client())
    other_number, other_code = filed(Client(), key="another-key-of-another-page")
    li_mei, wang_fang, stranger = signed_in(number, code), signed_in(other_number, other_code), Client()
    assert li_mei.get(f"/track/{number}/{rest}").status_code == 200
    for client in (wang_fang, stranger):
        page = client.get(f"/track/{number}/{rest}")
        assert page.status_code == 200
        assert 'name="receipt_code"' in page.content.decode()
        assert "夜间施工噪音" not in page.content.decode()


def test_a_matter_and_no_matter_ask_for_the_code_alike(office):
    number, _code = filed(Client())
    known = Client().get(f"/track/{number}/").content.replace(number.encode(), b"N")
    unknown = Client().get("/track/0000-0000-01/").content.replace(b"0000-0000-01", b"N")
    assert len(known) == len(unknown)


def test_the_days_on_the_start_page_come_from_the_procedure(office, client, settings):
    assert "60" in client.get("/").content.decode()
    settings.HUIYIN_PROCEDURE = "generic"
    page = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert "20 working days" in page
    assert "60" not in page.split("<main")[1]


def test_titles_say_nothing_of_the_matter(office):
    number, code = filed(Client())
    page = signed_in(number, code).get(f"/track/{number}/").content.decode()
    title = page.split("<title>")[1].split("</title>")[0]
    assert "噪音" not in title
    assert number not in title


def test_the_source_holds_the_program_and_no_secret(office, client):
    assert client.get("/source/huiyin.tar.gz").content[:2] == b"\x1f\x8b"
