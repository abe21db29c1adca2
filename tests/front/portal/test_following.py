"""Following a matter: the code, the session, the ways out."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from huiyin.record import clock
from huiyin.record.cases.opening import access
from tests.cast import Office, make_office
from tests.front.portal.visits import answered, filed, sent, signed_in, without_token, words

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def receipt(office: Office) -> tuple[str, str]:
    return filed(Client())


def test_a_wrong_number_and_a_wrong_code_give_the_same_page(receipt):
    _number, code = receipt
    other, _ = filed(Client(), key="another-key-of-another-page")
    wrong_code = Client().post("/track/", {"case_number": other, "receipt_code": code})
    unknown = Client().post("/track/", {"case_number": "0000-0000-01", "receipt_code": code})
    no_digits = Client().post("/track/", {"case_number": "hello", "receipt_code": code})
    assert wrong_code.status_code == unknown.status_code == no_digits.status_code == 404
    pages = [
        without_token(page).replace(typed.encode(), b"N")
        for page, typed in ((wrong_code, other), (unknown, "0000-0000-01"), (no_digits, "hello"))
    ]
    assert pages[0] == pages[1] == pages[2]
    assert other in wrong_code.content.decode(), "the number typed is still there"


def test_number_and_code_are_read_kindly(receipt):
    number, code = receipt
    answer = Client().post(
        "/track/", {"case_number": f" {number.replace('-', '')} ", "receipt_code": code.replace(" ", "—")}
    )
    assert answer.status_code == 303
    assert answer["Location"] == f"/track/{number}/"


def test_the_session_ends_after_thirty_idle_minutes(receipt):
    number, code = receipt
    begun = clock.now()
    with clock.story(begun):
        li_mei = signed_in(number, code)
        clock.set(begun + datetime.timedelta(minutes=29))
        assert "夜间施工噪音" in li_mei.get(f"/track/{number}/").content.decode()
        clock.set(begun + datetime.timedelta(minutes=58))
        assert "夜间施工噪音" in li_mei.get(f"/track/{number}/").content.decode(), "each page prolongs it"
        clock.set(begun + datetime.timedelta(minutes=89))
        assert "夜间施工噪音" not in li_mei.get(f"/track/{number}/").content.decode()


def test_signing_off_ends_every_device(receipt):
    phone, library = signed_in(*receipt), signed_in(*receipt)
    assert phone.post("/track/sign-off/").status_code == 303
    assert "夜间施工噪音" not in library.get(f"/track/{receipt[0]}/").content.decode()


def test_leaving_ends_everything_and_opens_an_everyday_page(receipt, settings):
    li_mei, library = signed_in(*receipt), signed_in(*receipt)
    answer = li_mei.get("/leave/")
    assert answer.status_code == 302
    assert answer["Location"] == settings.HUIYIN_EXIT_URL
    assert '"cache"' in answer["Clear-Site-Data"]
    assert not li_mei.cookies["follow"].value
    assert "夜间施工噪音" not in library.get(f"/track/{receipt[0]}/").content.decode()


def test_a_cookie_that_somebody_changed_opens_nothing(receipt):
    li_mei = signed_in(*receipt)
    whole = li_mei.cookies["follow"].value
    for wrong in (whole[:-4] + "AAAA", "", "===", "é", whole[4:]):
        li_mei.cookies["follow"] = wrong
        assert "夜间施工噪音" not in li_mei.get(f"/track/{receipt[0]}/").content.decode()


def test_what_was_written_after_the_session_ended_goes_in_with_the_code(receipt):
    number, code = receipt
    late = Client()
    asked = late.post(f"/track/{number}/message/", {"text": "昨晚又吵到三点。"})
    assert asked.status_code == 403
    assert "昨晚又吵到三点。" in asked.content.decode()
    wrong = late.post(f"/track/{number}/message/", {"text": "昨晚又吵到三点。", "receipt_code": "1"})
    assert wrong.status_code == 404
    assert "昨晚又吵到三点。" in wrong.content.decode()
    assert late.post(f"/track/{number}/message/", {"text": "昨晚又吵到三点。", "receipt_code": code}).status_code == 303
    assert "昨晚又吵到三点。" in late.get(f"/track/{number}/").content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_first_sentence_names_who_and_when(office, receipt, language):
    number, code = receipt
    li_mei = Client(headers={"accept-language": language})
    li_mei.post("/track/", {"case_number": number, "receipt_code": code})
    first = li_mei.get(f"/track/{number}/").content.decode().split('class="sentence">')[1].split("<")[0]
    assert ("县信访局" if language == "zh-hans" else "County letters office") in first
    assert "{" not in first
    answered(office, number)
    page = li_mei.get(f"/track/{number}/")
    first = page.content.decode().split('class="sentence">')[1].split("<")[0]
    assert ("港口派出所" if language == "zh-hans" else "Harbour station") in first
    assert "夜间施工已停止。" in page.content.decode()
    assert "{" not in words(page)


def test_who_looked_stands_on_the_page(office, receipt):
    number, code = receipt
    answered(office, number)
    access.open_case(number, reader=office.zhao)
    page = words(signed_in(number, code).get(f"/track/{number}/"))
    assert "赵敏" in page.split("谁查看过")[1]


def test_those_named_are_told_of_to_nobody_but_the_page_says_so(office):
    number, code = filed(Client(), about_officer="qian")
    page = words(signed_in(number, code).get(f"/track/{number}/"))
    assert "谁看不到" in page
    assert "钱所长" in page


def test_the_proof_holds_the_promise_and_not_the_words(receipt):
    number, code = receipt
    li_mei = signed_in(number, code)
    text = li_mei.get(f"/track/{number}/proof/mine").content.decode()
    assert '"signature"' in text
    assert "噪音" not in text
    assert code.replace(" ", "") not in text.replace(" ", "")


def test_a_receipt_can_be_loaded_again_and_put_away(office):
    li_mei = Client()
    answer = sent(li_mei)
    first, again = li_mei.get(answer["Location"]), li_mei.get(answer["Location"])
    assert without_token(first) == without_token(again)
    qr = li_mei.get("/file/receipt/qr.svg")
    assert qr["Content-Type"] == "image/svg+xml"
    text = li_mei.get("/file/receipt/receipt.txt").content.decode()
    assert '"signature"' in text
    li_mei.post("/file/receipt/away/")
    assert li_mei.get(answer["Location"]).status_code == 404
