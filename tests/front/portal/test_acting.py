"""What a complainant does with a matter: write, correct, contest, agree, rate."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.record import clock
from huiyin.record.cases.deeds import messages
from huiyin.record.cases.given import Given
from huiyin.record.cases.lists import queries
from huiyin.record.cases.opening import access
from huiyin.stages.followup.models import Rating
from tests.cast import Office, make_move, make_office
from tests.front.portal.visits import answered, filed, signed_in, words

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
ODD = "<b>粗</b>\t\u202eغربي\u202c 👵🏽　全角\nzwei\x01\x00"
KEPT = "<b>粗</b>\t\u202eغربي\u202c 👵🏽　全角\nzwei"


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def receipt(office: Office) -> tuple[str, str]:
    return filed(Client())


def test_a_message_is_kept_as_typed_and_shown_inert(office, receipt):
    number, code = receipt
    li_mei = signed_in(number, code)
    assert li_mei.post(f"/track/{number}/message/", {"text": ODD}).status_code == 303
    view = access.open_case(number, reader=office.wu)
    assert view.messages[-1].text == KEPT
    page = li_mei.get(f"/track/{number}/").content.decode()
    assert "&lt;b&gt;粗&lt;/b&gt;" in page
    assert "<b>粗</b>" not in page


@pytest.mark.parametrize("text", ["", " \n　", "长" * 20_001])
def test_a_message_that_cannot_be_taken_is_still_there(receipt, text):
    number, code = receipt
    page = signed_in(number, code).post(f"/track/{number}/message/", {"text": text})
    assert page.status_code == 422
    assert f">\n{text}</textarea>" in page.content.decode()


def test_a_message_sent_twice_from_one_page_arrives_once(office, receipt):
    number, code = receipt
    li_mei = signed_in(number, code)
    for _ in range(2):
        assert li_mei.post(f"/track/{number}/message/", {"text": "请回电。", "seen": "0"}).status_code == 303
    assert len(access.open_case(number, reader=office.wu).messages) == 1


def test_the_summary_can_be_corrected(office, receipt):
    number, code = receipt
    messages.change_summary(number, "夜间有一点声音。", by=office.wu)
    li_mei = signed_in(number, code)
    assert "夜间有一点声音。" in li_mei.get(f"/track/{number}/correction/").content.decode()
    li_mei.post(f"/track/{number}/correction/", {"text": "不是一点，是打桩机。"})
    view = access.open_case(number, reader=office.wu)
    assert (view.messages[-1].kind, view.messages[-1].text) == ("correction", "不是一点，是打桩机。")


def test_contact_details_are_replaced_and_never_shown(office, receipt):
    number, code = receipt
    li_mei = signed_in(number, code)
    answer = li_mei.post(
        f"/track/{number}/contact-details/", {"name": "李梅", "phone": "000-0000-0002", "language": "en"}
    )
    assert answer.status_code == 303
    for address in (f"/track/{number}/", f"/track/{number}/contact-details/"):
        text = li_mei.get(address).content.decode()
        assert "000-0000-000" not in text


def test_contesting_opens_a_linked_review_under_the_same_code(office, receipt):
    number, code = receipt
    answered(office, number)
    li_mei = signed_in(number, code)
    assert f'href="/track/{number}/contest/"' in li_mei.get(f"/track/{number}/").content.decode()
    empty = li_mei.post(f"/track/{number}/contest/", {"grounds": " "})
    assert empty.status_code == 422
    done = li_mei.post(f"/track/{number}/contest/", {"grounds": "答复没有说到夜里两点的事。"})
    assert done.status_code == 303
    (link,) = access.open_as_complainant(access.open_receipt(number, code, source="here")).links
    assert f"/track/{link.number}/" in li_mei.get(f"/track/{number}/").content.decode()
    review = li_mei.get(f"/track/{link.number}/").content.decode()
    assert "答复没有说到夜里两点的事。" in review
    assert "市公安局" in review
    again = li_mei.post(f"/track/{number}/contest/", {"grounds": "再一次"})
    assert again.status_code == 409
    assert "再一次" in again.content.decode()


def test_before_the_answer_there_is_nothing_to_contest(receipt):
    number, code = receipt
    li_mei = signed_in(number, code)
    assert f'href="/track/{number}/contest/"' not in li_mei.get(f"/track/{number}/").content.decode()
    assert li_mei.post(f"/track/{number}/contest/", {"grounds": "太慢"}).status_code == 409


def test_after_the_window_she_may_still_ask_and_a_person_decides(office):
    begun = clock.now()
    with clock.story(begun):
        number, code = filed(Client())
        answered(office, number)
        signed_in(number, code).get(f"/track/{number}/")
        clock.set(begun + datetime.timedelta(days=60))
        li_mei = signed_in(number, code)
        assert "逾期请求复查" in words(li_mei.get(f"/track/{number}/"))
        late = li_mei.post(f"/track/{number}/contest/", {"grounds": "我刚出院"})
        assert late.status_code == 303
        (link,) = access.open_as_complainant(access.open_receipt(number, code, source="here")).links
        assert "我刚出院" in li_mei.get(f"/track/{link.number}/").content.decode()


def test_where_the_procedure_ends_with_the_window_the_page_says_what_else_one_can_do(office, settings):
    settings.HUIYIN_PROCEDURE = "generic"
    begun = clock.now()
    with clock.story(begun):
        number, code = filed(Client())
        make_move(number, "accept", by=office.wu)
        make_move(number, "assign", by=office.wu, given=Given(to="zhao-post"))
        given = Given(text="已停止。", outcome="supported", legal_basis="本县公开的办理规则")
        make_move(number, "reply", by=office.zhao, given=given)
        signed_in(number, code).get(f"/track/{number}/")
        clock.set(begun + datetime.timedelta(days=120))
        li_mei = signed_in(number, code)
        assert "您还可以" in words(li_mei.get(f"/track/{number}/"))
        late = li_mei.post(f"/track/{number}/contest/", {"grounds": "我刚出院"})
        assert late.status_code == 409
        assert "我刚出院" in late.content.decode()


def test_she_may_agree_with_the_answer(office, receipt):
    number, code = receipt
    answered(office, number)
    li_mei = signed_in(number, code)
    assert li_mei.get(f"/track/{number}/content/").status_code == 200
    assert li_mei.post(f"/track/{number}/content/").status_code == 303
    assert not access.open_case(number, reader=office.zhao).is_open
    assert li_mei.get(f"/track/{number}/content/").status_code == 303


def test_her_rating_is_shown_back_to_her_alone(office, receipt):
    number, code = receipt
    answered(office, number)
    li_mei = signed_in(number, code)
    assert li_mei.post(f"/track/{number}/rating/", {"comment": "还行"}).status_code == 422
    done = li_mei.post(f"/track/{number}/rating/", {"solved": "partly", "score": "2", "comment": "只停了一周。"})
    assert done.status_code == 303
    assert "只停了一周。" in li_mei.get(f"/track/{number}/").content.decode()
    with CaptureQueriesContext(connection) as asked:
        view = access.open_case(number, reader=office.zhao)
        for queue in queries.QUEUES:
            queries.queue(queue, reader=office.zhao)
    assert "只停了一周。" not in repr(view)
    assert not [query for query in asked.captured_queries if Rating._meta.db_table in query["sql"]]
