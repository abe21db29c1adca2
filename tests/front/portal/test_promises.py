"""What was promised, on the page of the matter: read with its day, answered or not, taken back; and coming back."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from huiyin.record import clock
from huiyin.record.cases.deeds import duties
from huiyin.record.cases.given import Given
from huiyin.record.cases.models import Duty
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.rules import duties as rule
from tests.cast import Office, make_move, make_office
from tests.front.portal.visits import answered, filed, signed_in, words

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def receipt(office: Office) -> tuple[str, str]:
    return filed(Client())


@pytest.fixture
def promised(office: Office, receipt: tuple[str, str]) -> tuple[str, str]:
    """Zhao's answer is out: a payment in ten days."""
    number, _code = receipt
    day = clock.today("Asia/Shanghai") + datetime.timedelta(days=10)
    make_move(number, "accept", by=office.wu)
    make_move(number, "assign", by=office.wu, given=Given(to="zhao-post"))
    written = rule.written([rule.Duty("payment", day, "退还三百元 <b>。")])
    given = Given("已处理。", outcome="supported", legal_basis="规则", duties=written)
    make_move(number, "reply", by=office.zhao, given=given)
    for signer in (office.qian, office.chen, office.chu, office.wei):
        moves.sign(number, by=signer)
    return receipt


def test_the_page_shows_what_was_promised_and_its_day(promised):
    number, code = promised
    page = signed_in(number, code).get(f"/track/{number}/")
    assert "我们要做的事和最晚日期" in words(page)
    assert "退还三百元 &lt;b&gt;。" in page.content.decode()
    assert "还有10天" in words(page).replace(" ", "")
    assert f'href="/track/{number}/duties/1/"' in page.content.decode()


def test_she_says_it_is_done_and_takes_it_back(office, promised):
    number, code = promised
    li_mei, where = signed_in(number, code), f"/track/{number}/duties/1/"
    page = li_mei.get(where).content.decode()
    assert 'value="confirm"' in page
    assert 'value="deny"' not in page
    assert li_mei.post(where, {}).status_code == 422
    assert li_mei.post(where, {"answer": "deny", "text": "没有"}).status_code == 422
    assert "checked" not in page, "a yes is never chosen beforehand"
    assert li_mei.post(where, {"answer": "confirm"}).status_code == 303
    assert "您确认已经做到。" in words(li_mei.get(f"/track/{number}/"))
    assert li_mei.post(where, {"answer": "deny", "text": " "}).status_code == 422
    assert li_mei.post(where, {"answer": "deny", "text": "他们催我点的。"}).status_code == 303
    assert Duty.objects.get().state == "open"
    assert "他们催我点的。" in li_mei.get(f"/track/{number}/").content.decode()


def test_what_the_office_says_waits_for_her_word(office, promised):
    number, code = promised
    duties.say_done(number, 1, by=office.zhao, text="已转账。")
    li_mei, where = signed_in(number, code), f"/track/{number}/duties/1/"
    assert "已转账。" in li_mei.get(f"/track/{number}/").content.decode()
    page = li_mei.get(where).content.decode()
    assert 'value="confirm"' in page and 'value="deny"' in page
    missing = li_mei.post(where, {"answer": "deny"})
    assert missing.status_code == 422
    kept = li_mei.post(where, {"answer": "deny", "text": "没有收到。" * 201})
    assert kept.status_code == 422
    assert "没有收到。" in kept.content.decode()
    assert li_mei.post(where, {"answer": "deny", "text": "没有收到。"}).status_code == 303
    assert Duty.objects.get().state == "open"


def test_what_is_found_done_is_no_longer_asked(office, promised):
    number, code = promised
    Duty.objects.update(state="found_done", ended_at=clock.now())
    li_mei = signed_in(number, code)
    assert li_mei.get(f"/track/{number}/duties/1/").status_code == 303
    assert "/duties/1/" not in li_mei.get(f"/track/{number}/").content.decode()


def test_a_promise_that_is_not_there_and_a_stranger_get_the_question_for_the_code(promised):
    number, code = promised
    assert b"receipt_code" in signed_in(number, code).get(f"/track/{number}/duties/2/").content
    assert b"receipt_code" in Client().get(f"/track/{number}/duties/1/").content
    assert Client().post(f"/track/{number}/duties/1/", {"answer": "confirm"}).status_code == 403
    assert Duty.objects.get().state == "open"


def test_an_ended_matter_comes_back_with_what_is_new(office, receipt):
    number, code = receipt
    li_mei, where = signed_in(number, code), f"/track/{number}/come-back/"
    answered(office, number)
    assert where not in li_mei.get(f"/track/{number}/").content.decode()
    assert li_mei.get(where).status_code == 303
    assert li_mei.post(where, {"text": "又响了"}).status_code == 409
    li_mei.post(f"/track/{number}/content/")
    assert where in li_mei.get(f"/track/{number}/").content.decode()
    assert "有什么新情况" in words(li_mei.get(where))
    empty = li_mei.post(where, {"text": " "})
    assert empty.status_code == 422
    for _ in range(2):
        assert li_mei.post(where, {"text": "昨晚又开始施工了。"}).status_code == 303
    (link,) = access.open_as_complainant(access.open_receipt(number, code, source="here")).links
    made = link.number
    assert f'href="/track/{made}/"' in li_mei.get(f"/track/{number}/").content.decode()
    new = li_mei.get(f"/track/{made}/")
    assert "昨晚又开始施工了。" in words(new)
    assert number in words(new)
    assert access.open_case(made, reader=office.wu, purpose="register").comes_back_to is not None
