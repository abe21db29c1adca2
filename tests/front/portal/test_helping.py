"""The pages of helpers and of a new code: shown once, to the complainant alone, and nothing is lost on the way."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from huiyin.record.cases.models import Authority, Party, Receipt
from tests.cast import Office, make_office
from tests.front.portal.visits import filed, hidden, sent, signed_in
from tests.sealed import give_key, recovery_set

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
NUMBER, CODE = re.compile(r"\b\d{4}-\d{4}-\d{2}\b"), re.compile(r"\b(?:\d{4} ){4}\d{4}\b")


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


def said(page) -> str:
    return html.unescape(page.content.decode())


def helped(li_mei: Client, number: str, **given: str) -> tuple[Client, str]:
    """A helper who typed the code that Li Mei made for them, and their number."""
    page = li_mei.post(f"/track/{number}/helpers/", {"who": "lawyer", "label": "王律师", "may": "write"} | given)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    text = said(page)
    own = next(each for each in NUMBER.findall(text) if each != number)
    return signed_in(own, CODE.findall(text)[0]), own


def test_a_code_for_a_helper_is_shown_once_and_listed(office):
    number, code = filed(Client())
    li_mei = signed_in(number, code)
    helper, own = helped(li_mei, number)
    page = li_mei.get(f"/track/{number}/helpers/")
    assert "王律师" in said(page)
    assert not CODE.findall(said(page))
    assert own not in said(page)
    mine = said(helper.get(f"/track/{number}/"))
    assert "您在代别人办事" in mine
    assert "撤回这件事" not in mine
    assert "王律师" not in mine


def test_a_helper_comes_to_no_page_that_is_hers_alone(office):
    number, code = filed(Client())
    helper, own = helped(signed_in(number, code), number, may="act")
    for path in ("helpers/", "new-code/"):
        for each in (number, own):
            assert helper.get(f"/track/{each}/{path}").status_code == 409
    assert helper.post(f"/track/{number}/helpers/1/end/").status_code == 409
    assert helper.post(f"/track/{number}/withdraw/", {"text": ""}).status_code == 409
    assert 'name="solved"' not in said(helper.get(f"/track/{number}/rating/"))
    assert helper.post(f"/track/{number}/message/", {"text": "代她说"}).status_code == 303


def test_taken_back_the_helper_is_asked_for_the_code_again(office):
    number, code = filed(Client())
    li_mei = signed_in(number, code)
    helper, own = helped(li_mei, number)
    assert li_mei.post(f"/track/{number}/helpers/1/end/").status_code == 303
    assert 'name="receipt_code"' in said(helper.get(f"/track/{own}/"))


def test_nothing_chosen_is_told_and_makes_no_code(office):
    number, code = filed(Client())
    page = signed_in(number, code).post(f"/track/{number}/helpers/", {"label": "x"})
    assert page.status_code == 422
    assert not Authority.objects.exists()


def test_the_old_code_holds_until_the_new_one_was_written_down(office):
    number, code = filed(Client())
    li_mei = signed_in(number, code)
    page = li_mei.get(f"/track/{number}/new-code/")
    new, sealed = CODE.findall(said(page))[0], html.unescape(hidden(page)["sealed"])
    wrong = li_mei.post(f"/track/{number}/new-code/", {"sealed": sealed, "last_digits": "0000x"[:4]})
    if new[-4:] != "0000":
        assert wrong.status_code == 422
        assert new in said(wrong), "the same code stands there again"
    signed_in(number, code)
    li_mei = signed_in(number, code)
    assert li_mei.post(f"/track/{number}/new-code/", {"sealed": "made up", "last_digits": "1234"}).status_code == 200
    done = li_mei.post(f"/track/{number}/new-code/", {"sealed": sealed, "last_digits": new[-4:]})
    assert done.status_code == 303
    assert li_mei.get(done["Location"]).status_code == 200, "this browser stays in"
    assert Client().post("/track/", {"case_number": number, "receipt_code": code}).status_code == 404
    signed_in(number, new)


def test_filed_for_a_mother_both_have_a_code(office):
    client = Client()
    answer = sent(client, helper_who="relative", helper_label="妈妈让我来的", helper_code="on", whereabouts="detained")
    assert answer.status_code == 303
    text = said(client.get(answer["Location"]))
    assert len(set(NUMBER.findall(text))) == 2
    assert len(set(CODE.findall(text))) == 2
    assert Party.objects.get(kind="complainant").whereabouts == "detained"
    assert Receipt.objects.count() == 2
    again = sent(client, helper_who="relative", helper_label="妈妈让我来的", helper_code="on", whereabouts="detained")
    assert again.status_code == 303
    assert Receipt.objects.count() == 2


def test_of_a_sealed_matter_both_have_a_code_too():
    with recovery_set():
        office = make_office()
        give_key(office.wu, office.he)
        client = Client(headers={"accept-language": "en"})
        answer = sent(client, confidentiality="confidential", helper_who="relative", helper_label="x", helper_code="on")
        text = said(client.get(answer["Location"]))
        codes, numbers = CODE.findall(text), NUMBER.findall(text)
        assert len(set(codes)) == len(set(numbers)) == 2
    assert {row.suite for row in Receipt.objects.all()} == {2}


def test_filed_for_somebody_without_a_code_is_recorded_all_the_same(office):
    filed(Client(), helper_who="guardian", key="a-random-key-of-a-page-2")
    row = Authority.objects.get()
    assert (row.party.kind, row.who, row.may, Receipt.objects.count()) == ("guardian", "guardian", "act", 1)
