"""What tells who somebody is: shown before it is sent, moved only where it was ticked, and never a hindrance."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from huiyin.record.cases.deeds import messages
from huiyin.record.cases.given import Given
from huiyin.record.cases.models import Case, Message, SealedPart
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering.registration import sweep_vault
from huiyin.record.identity.models import SealedIdentity
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from tests.cast import Office, make_move, make_office
from tests.front.portal.visits import ANSWERS, filed, sent, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
TOLD = "我叫李梅，打13812345678找我。\n夜里太吵。"
PHONE = "description:6:17"


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


def said(page) -> str:
    return html.unescape(page.content.decode())


def test_the_check_page_shows_the_place_and_ticks_nothing(office):
    page = Client().post("/file/reach/", ANSWERS | {"description": TOLD.replace("\n", "\r\n")})
    assert "看起来像电话号码" in said(page)
    assert f'value="{PHONE}"' in said(page)
    assert "checked" not in said(page)
    assert "看起来像" not in said(Client().post("/file/reach/", ANSWERS))


def test_sent_without_a_tick_it_stays_as_typed(office):
    filed(Client(), description=TOLD)
    assert Case.scoped.get().description == TOLD


def test_ticked_it_stands_beside_the_name_and_a_gap_in_the_text(office):
    number, _code = filed(Client(), description=TOLD, move=PHONE)
    assert Case.scoped.get().description == "我叫李梅，打［电话已移到封存部分］找我。\n夜里太吵。"
    make_move(number, "accept", by=office.wu)
    make_move(number, "assign", by=office.wu, given=Given(to="zhao-post"))
    assert access.unseal_identity(number, reader=office.zhao, reason="ask_back").note == "13812345678"


def test_sent_twice_it_is_one_matter_and_with_another_tick_another_filing(office):
    client = Client()
    assert sent(client, description=TOLD, move=PHONE).status_code == 303
    assert sent(client, description=TOLD, move=PHONE).status_code == 303
    assert sent(client, description=TOLD).status_code == 409
    assert Case.scoped.count() == 1


def test_of_an_anonymous_person_it_is_kept_nowhere(office):
    filed(Client(), description=TOLD, move=PHONE, confidentiality="anonymous")
    assert "［电话已删去］" in Case.scoped.get().description
    make_move(Case.scoped.get().number, "accept", by=office.wu)


def test_a_message_is_shown_once_with_what_was_found_and_then_goes_as_it_was_chosen(office):
    number, code = filed(Client())
    li_mei = signed_in(number, code)
    at = f"/track/{number}/message/"
    page = li_mei.post(at, {"text": "我的电话是13812345678", "seen": "0"})
    assert page.status_code == 200
    assert Message.objects.count() == 0
    looked = said(page).split('name="looked" value="')[1].split('"')[0]
    answer = {"text": "我的电话是13812345678", "seen": "0", "looked": looked}
    assert li_mei.post(at, answer | {"move": "text:5:16"}).status_code == 303
    assert Message.objects.get().text == "我的电话是［电话已移到封存部分］"
    assert li_mei.post(at, answer).status_code == 303  # left as it is: never a hindrance
    assert Message.objects.count() == 2
    other = li_mei.post(at, answer | {"text": "我的电话是13912345678"})
    assert other.status_code == 200, "other words are shown anew"


def test_what_was_moved_out_of_a_message_opens_with_the_name_by_a_look_of_its_own(office):
    number, code = filed(Client())
    make_move(number, "accept", by=office.wu)
    make_move(number, "assign", by=office.wu, given=Given(to="zhao-post"))
    holder = access.open_receipt(number, code, source="here")
    for phone in ("13812345678", "13912345678"):
        messages.write_as_complainant(holder, f"打{phone}", move_out={"text:1:12"})
    assert not any(
        b"1381234" in bytes(row.blob) + bytes(row.contact) for row in SealedIdentity.objects.using("vault").all()
    )
    assert access.unseal_identity(number, reader=office.zhao, reason="ask_back").note == "13812345678\n13912345678"
    looks = [event.details["what"] for event in events_of(ChainRef.case(number)) if event.kind == "identity_unsealed"]
    assert looks == ["identity", "words", "words"]
    assert "移到封存部分的文字" in said(signed_in(number, code).get(f"/track/{number}/"))
    assert sweep_vault() == 0
    assert SealedPart.objects.count() == 2
