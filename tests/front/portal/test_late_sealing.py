"""Asking to be confidential on the page, and the code that is typed once more."""

from __future__ import annotations

import html
from collections.abc import Iterator

import pytest
from django.test import Client

from huiyin.record.cases.models import Case, MatterWrap
from tests.cast import Office, make_office
from tests.front.portal.test_helping import CODE, NUMBER
from tests.front.portal.visits import filed, signed_in
from tests.sealed import give_key, recovery_set

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def office() -> Iterator[Office]:
    with recovery_set():
        built = make_office(with_accounts=False)
        give_key(built.wu)
        yield built


def said(page) -> str:
    return html.unescape(page.content.decode())


def english(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_asked_for_on_the_page_it_says_what_holds_and_asks_for_the_code(office: Office) -> None:
    number, code = filed(Client())
    li_mei = english(signed_in(number, code))
    mine, here = f"/track/{number}/", f"/track/{number}/confidential/"
    assert here in said(li_mei.get(mine))
    assert "cannot be called back" in said(li_mei.get(here))
    assert li_mei.post(here).status_code == 303
    assert Case.scoped.get(number=number).key_epoch == 1
    page = said(li_mei.get(mine))
    assert "Type your code once more" in page and "孩子睡不着" in page and here not in page
    assert li_mei.get(here).status_code == 303 and li_mei.post(here).status_code == 409
    again = english(signed_in(number, code))
    page = said(again.get(mine))
    assert "Type your code once more" not in page and "孩子睡不着" in page and "Sealed since" in page
    assert not MatterWrap.objects.filter(kind="entry").exists()
    assert "孩子睡不着" not in said(li_mei.get(mine)), "the session of before has ended"


def test_where_nobody_holds_a_key_the_page_says_that_it_is_not_sealed() -> None:
    make_office(with_accounts=False)
    number, code = filed(Client())
    li_mei = english(signed_in(number, code))
    assert li_mei.post(f"/track/{number}/confidential/").status_code == 303
    assert "are not sealed here" in said(li_mei.get(f"/track/{number}/"))


def test_a_helper_cannot_ask_for_it(office: Office) -> None:
    number, code = filed(Client())
    li_mei = signed_in(number, code)
    page = li_mei.post(f"/track/{number}/helpers/", {"who": "lawyer", "label": "x", "may": "act"})
    own = next(each for each in NUMBER.findall(said(page)) if each != number)
    helper = signed_in(own, CODE.findall(said(page))[0])
    assert helper.post(f"/track/{own}/confidential/").status_code == 409
    assert Case.scoped.get(number=number).confidentiality == "named"
