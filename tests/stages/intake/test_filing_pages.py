"""Filing by the pages: nothing typed is lost, nothing is stored before it is sent, nothing is filed twice."""

from __future__ import annotations

import html

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.record.cases.models import Case
from huiyin.record.cases.opening import access
from huiyin.record.identity.models import SealedIdentity
from tests.cast import Office, make_office
from tests.front.portal.visits import ANSWERS, filed, hidden, sent, signed_in, without_token

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
FILES = ("what", "where", "whom", "known", "reach")


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


def said(page) -> str:
    return html.unescape(page.content.decode())


def walk(client: Client, answers: dict[str, str]):
    """Every question in turn, as a browser does it: hidden fields travel with each page."""
    page = client.get("/file/")
    for step in FILES:
        fields = {name: value for name, value in answers.items() if f'name="{name}"' in page.content.decode()}
        carried = {name: html.unescape(value) for name, value in hidden(page).items()}
        page = client.post(f"/file/{step}/", carried | fields)
        assert page.status_code == 200, step
    return page


def test_the_whole_way_without_script_or_session(office):
    li_mei = Client()
    answers = {name: value for name, value in ANSWERS.items() if name != "key"}
    with CaptureQueriesContext(connection) as asked:
        check = walk(li_mei, answers)
    assert not [query for query in asked.captured_queries if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert Case.scoped.count() == 0
    assert SealedIdentity.objects.using("vault").count() == 0
    assert "夜间施工噪音" in said(check)
    carried = {name: html.unescape(value) for name, value in hidden(check).items()}
    assert {name for name in answers if answers[name]} <= set(carried)
    assert li_mei.post("/file/check/", carried | {"send": "1"}).status_code == 303
    assert Case.scoped.count() == 1


@pytest.mark.parametrize(
    ("step", "wrong"),
    [
        ("what", {"subject": ""}),
        ("what", {"subject": "　 "}),
        ("what", {"subject": "长" * 201}),
        ("what", {"description": " \n\t"}),
        ("what", {"description": "字" * 20_001}),
        ("where", {"category": "none-of-ours"}),
        ("where", {"area": "<script>"}),
        ("whom", {"about_officer": "nobody"}),
        ("whom", {"about_words": "长" * 201}),
        ("known", {"confidentiality": ""}),
        ("known", {"confidentiality": "secret"}),
        ("reach", {"email": "not an address"}),
        ("reach", {"phone": "1" * 61}),
    ],
)
def test_nothing_typed_is_lost_on_bad_input(office, client, step, wrong):
    typed = ANSWERS | wrong
    page = client.post(f"/file/{step}/", typed)
    assert page.status_code == 422
    text = said(page)
    for name, value in typed.items():
        if value.strip() and name not in wrong:
            assert value in text, name
    ((name, value),) = wrong.items()
    if name not in {"confidentiality", "category", "area", "about_officer"}:
        assert value in text
    everything = sent(client, **wrong)
    assert everything.status_code == 422
    assert Case.scoped.count() == 0


def test_going_back_and_changing_lose_nothing(office, client):
    half = {"subject": "写到一半", "description": ""}
    assert "写到一半" in said(client.post("/file/where/", half | {"back": "1"}))
    assert "写到一半" in said(client.post("/file/check/", half | {"change": "what"}))
    kept = client.post("/file/what/", half | {"description": "一句话", "to_check": "1"})
    assert "一句话" in said(kept)
    assert 'action="/file/check/"' in said(kept)


def test_the_other_language_keeps_what_was_typed(office, client):
    page = client.post("/file/what/", {"subject": "写到一半", "description": "", "speak": "en"})
    assert page.status_code == 200
    assert "写到一半" in said(page)
    assert "In your own words" in said(page)
    assert "Where did it happen?" in said(client.get("/file/where/"))


def test_the_check_page_opens_empty_and_says_what_is_missing(office, client):
    page = client.get("/file/check/")
    assert page.status_code == 200
    assert 'name="send"' not in said(page)
    assert 'value="what"' in said(page)


def test_sending_twice_gives_the_same_receipt(office):
    li_mei = Client()
    first, second = sent(li_mei), sent(li_mei)
    assert first.status_code == second.status_code == 303
    assert Case.scoped.count() == 1
    assert without_token(li_mei.get("/file/receipt/")) == without_token(li_mei.get("/file/receipt/"))


def test_a_form_sent_again_with_other_words_is_asked_about_and_not_lost(office):
    li_mei = Client()
    sent(li_mei)
    again = sent(li_mei, description="后来又发生了一件事。")
    assert again.status_code == 409
    assert "后来又发生了一件事。" in said(again)
    fresh = {name: html.unescape(value) for name, value in hidden(again).items()}
    assert fresh["key"] != ANSWERS["key"]
    assert li_mei.post("/file/check/", fresh | {"send": "1"}).status_code == 303
    assert Case.scoped.count() == 2


def test_words_are_kept_as_typed_less_what_xml_cannot_carry(office):
    odd = "  <script>alert(1)</script>\t\u202eغربي\u202c 👵🏽　末尾 \n第二行\x00\x0b "
    number, code = filed(Client(), description=odd.replace("\n", "\r\n"))
    view = access.open_case(number, reader=office.wu)
    assert view.description == odd.replace("\x00", "").replace("\x0b", "")
    page = signed_in(number, code).get(f"/track/{number}/").content.decode()
    assert "<script>alert" not in page


def test_twenty_thousand_characters_fit(office):
    number, _code = filed(Client(), description="字" * 19_998 + "\r\n字")
    assert len(access.open_case(number, reader=office.wu).description) == 20_000


def test_an_anonymous_person_leaves_no_name(office, client):
    page = client.post("/file/known/", ANSWERS | {"confidentiality": "anonymous"})
    assert "李梅" not in said(page)
    assert 'action="/file/check/"' in said(page)
    number, code = filed(Client(), confidentiality="anonymous")
    view = access.open_case(number, reader=office.wu)
    assert not view.has_contact
    li_mei = signed_in(number, code)
    assert 'name="receipt_code"' in li_mei.get(f"/track/{number}/contact-details/").content.decode()


def test_whoever_is_named_from_a_list_is_kept_out_and_the_receipt_says_so(office):
    li_mei = Client()
    answer = sent(li_mei, about_officer="qian")
    text = said(li_mei.get(answer["Location"]))
    assert "您指明了工作人员或者部门" in text


def test_a_key_of_a_program_opens_no_receipt_here(office, client):
    client.cookies["receipt"] = "1"
    assert client.get("/file/receipt/").status_code == 404
    short = client.post("/file/what/", ANSWERS | {"key": "1", "subject": ""})
    assert hidden(short)["key"] != "1"
