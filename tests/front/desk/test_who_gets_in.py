"""One table: who gets which page of the desk."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.front.conftest import SignedIn
from tests.front.desk.conftest import Matter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

LISTS = ("", "queues/mine/", "queues/unit/", "queues/sign/", "queues/promises/", "search/", "search/?q=夜间", "enquiry/", "hand-over/",
         "stand-ins/", "tokens/", "settings/", "keys/")  # fmt: skip
OF_A_CASE = ("", "print/", "platform/", "platform.txt", "moves/reply/", "message/", "summary/", "complete/")
ONLY_CHANGES = ("cases/{number}/identity/", "sign-out/", "tokens/1/end/", "stand-ins/1/end/")
NO_ADDRESS = ("queues/everything/", "cases/nonsense/", "cases/1234/", "tokens/x/end/", "nothing/")


def statuses(client: Client, addresses: tuple[str, ...], before: str = "/desk/") -> dict[str, int]:
    """What each address answers."""
    return {address: client.get(f"{before}{address}").status_code for address in addresses}


def all_with(addresses: tuple[str, ...], status: int) -> dict[str, int]:
    return dict.fromkeys(addresses, status)


@pytest.mark.parametrize("name", ["wu", "zhao", "qian", "chen"])
def test_every_officer_has_a_desk(signed_in: SignedIn, with_zhao: Matter, name: str) -> None:
    assert statuses(signed_in(name), LISTS) == all_with(LISTS, 200)


def test_a_stranger_is_sent_to_sign_in(db: None) -> None:
    addresses = (*LISTS, "register/", *(f"cases/1234-5678-90/{each}" for each in OF_A_CASE))
    assert statuses(Client(), addresses) == all_with(addresses, 302)
    there = Client().get("/desk/search/?q=secret")["Location"]
    assert there == "/desk/sign-in/?next=%2Fdesk%2Fsearch%2F"
    assert Client().post("/desk/settings/")["Location"] == "/desk/sign-in/"


def test_registering_is_for_registrars(signed_in: SignedIn) -> None:
    expected = {"wu": 200, "zheng": 200, "wei": 200, "zhao": 404, "qian": 404, "chen": 404, "chu": 404}
    assert {name: signed_in(name).get("/desk/register/").status_code for name in expected} == expected


def test_a_case_opens_for_those_who_hold_a_grant(signed_in: SignedIn, with_zhao: Matter) -> None:
    before = f"/desk/cases/{with_zhao.number}/"
    expected = {"zhao": 200, "wu": 404, "feng": 404, "zhou": 404, "chen": 404}
    found = {name: statuses(signed_in(name), OF_A_CASE, before) for name in expected}
    assert found == {name: all_with(OF_A_CASE, status) for name, status in expected.items()}


def test_a_complaint_about_the_chief_opens_for_the_registrar_outside_alone(
    signed_in: SignedIn, about_qian: Matter
) -> None:
    before = f"/desk/cases/{about_qian.number}/"
    expected = {"zheng": 200, "qian": 404, "zhao": 404, "wu": 404, "feng": 404, "chu": 404}
    found = {name: statuses(signed_in(name), OF_A_CASE, before) for name in expected}
    assert found == {name: all_with(OF_A_CASE, status) for name, status in expected.items()} | {
        "zheng": all_with(OF_A_CASE, 200) | {"moves/reply/": 409}  # the page says why not yet
    }


def test_not_there_and_not_yours_look_the_same(signed_in: SignedIn, about_qian: Matter) -> None:
    qian, number = signed_in("qian"), about_qian.number
    mine, nothing = qian.get(f"/desk/cases/{number}/"), qian.get("/desk/cases/0000-0000-00/")
    assert mine.status_code == nothing.status_code == 404
    assert plain(mine.content, number) == plain(nothing.content, "0000-0000-00")


def plain(page: bytes, number: str) -> str:
    """A page without the number asked for and without its one-time key."""
    text = page.decode().replace(number, "-")
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)


def test_what_only_changes_cannot_be_read(signed_in: SignedIn, with_zhao: Matter) -> None:
    addresses = tuple(each.format(number=with_zhao.number) for each in ONLY_CHANGES)
    assert statuses(signed_in("zhao"), addresses) == all_with(addresses, 405)


def test_what_is_no_address(signed_in: SignedIn) -> None:
    zhao = signed_in("zhao")
    assert statuses(zhao, NO_ADDRESS) == all_with(NO_ADDRESS, 404)
    assert zhao.get("/desk/?after=nonsense").status_code == 422
    assert zhao.get("/desk/search/?q=夜间&before=" + "9" * 40).status_code == 200
    assert zhao.get("/desk/search/?q=%00%00").status_code in {200, 422}
    assert zhao.get("/desk/search/?q=夜").status_code == 422
