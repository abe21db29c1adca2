"""On the page of a matter: pressure reported, a withdrawal asked for and undone, a look asked about. Without a script."""

from __future__ import annotations

import pytest
from django.test import Client

from huiyin.record.cases.deeds import answering
from huiyin.record.cases.given import Given
from huiyin.record.cases.models import Ask, Barred, Case, CaseLink
from huiyin.record.cases.opening import access
from tests.cast import Office, make_move, make_office
from tests.front.portal.visits import filed, signed_in, words

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def receipt(office: Office) -> tuple[str, str]:
    number, code = filed(Client())
    make_move(number, "accept", by=office.wu)
    make_move(number, "assign", by=office.wu, given=Given(to="zhao-post"))
    return number, code


def test_pressure_is_one_plain_page_away_also_after_the_end(receipt: tuple[str, str]) -> None:
    number, code = receipt
    Case.scoped.filter(number=number).update(is_open=False)
    li_mei, where = signed_in(number, code), f"/track/{number}/pressure/"
    assert where in li_mei.get(f"/track/{number}/").content.decode()
    assert li_mei.get(where).status_code == 200
    empty = li_mei.post(where, {"text": " ", "who": "钱所长"})
    assert empty.status_code == 422
    assert "钱所长" in empty.content.decode(), "nothing typed is lost"
    assert li_mei.post(where, {"text": "他要我放弃。", "who": "钱所长"}).status_code == 303
    made = CaseLink.objects.get(kind="retaliation").to_case
    assert made.description == "他要我放弃。"
    assert Barred.objects.filter(case=made, officer__code="qian").exists()
    page = words(li_mei.get(f"/track/{number}/"))
    assert made.number in page
    assert "受到压力的报告" in page
    assert li_mei.get(f"/track/{made.number}/").status_code == 200


def test_whom_nobody_here_is_called_stays_in_words(receipt: tuple[str, str]) -> None:
    number, code = receipt
    signed_in(number, code).post(f"/track/{number}/pressure/", {"text": "有人来。", "who": "一个不认识的人"})
    made = CaseLink.objects.get(kind="retaliation").to_case
    view = access.open_as_complainant(access.open_receipt(number, code, source="here"), made.number)
    assert [each.name.zh for each in view.about] == ["一个不认识的人"]


def test_she_withdraws_and_undoes_it(office: Office, receipt: tuple[str, str]) -> None:
    number, code = receipt
    li_mei, where = signed_in(number, code), f"/track/{number}/withdraw/"
    assert "任何人不得要求您撤回" in words(li_mei.get(where))
    assert li_mei.get(f"{where}undo/").status_code == 303, "nothing to undo yet"
    assert li_mei.post(where, {"text": ""}).status_code == 303
    page = li_mei.get(f"/track/{number}/")
    assert "您请求撤回。" in words(page)
    assert f"{where}undo/" in page.content.decode()
    assert li_mei.get(where).status_code == 303, "it is under way"
    assert li_mei.post(where, {"text": ""}).status_code == 409
    answering.answer(number, Ask.objects.get().number, by=office.zheng, text="核实过。", outcome="confirmed")
    assert "撤回已经核实" in words(li_mei.get(f"/track/{number}/"))
    assert li_mei.get(f"{where}undo/").status_code == 200
    assert li_mei.post(f"{where}undo/").status_code == 303
    page = li_mei.get(f"/track/{number}/")
    assert "撤回已经核实" not in words(page)
    assert f'href="{where}"' in page.content.decode(), "it can be asked for again"
    assert li_mei.post(f"{where}undo/").status_code == 409


def test_what_was_withdrawn_reads_as_ended_on_every_page(office: Office, receipt: tuple[str, str]) -> None:
    number, code = receipt
    Case.scoped.filter(number=number).update(is_open=False, outcome="withdrawn", stage="ended")
    li_mei = signed_in(number, code)
    page = words(li_mei.get(f"/track/{number}/"))
    assert "您撤回了这件事，它已经结束。" in page
    assert f"/track/{number}/come-back/" in li_mei.get(f"/track/{number}/").content.decode()
    assert li_mei.get(f"/track/{number}/way/").status_code == 200


def test_each_look_of_an_officer_can_be_asked_about(office: Office, receipt: tuple[str, str]) -> None:
    number, code = receipt
    access.open_case(number, reader=office.zhao)
    li_mei = signed_in(number, code)
    view = access.open_as_complainant(access.open_receipt(number, code, source="here"))
    seq = next(look.seq for look in view.looks if look.name.en == "Zhao Min")
    where = f"/track/{number}/looks/{seq}/"
    page = li_mei.get(f"/track/{number}/").content.decode()
    assert page.count("询问这次查阅") == 1, "one's own use of the receipt is no look of an officer"
    assert f'href="{where}"' in page
    assert "赵敏" in words(li_mei.get(where))
    assert li_mei.post(where, {"text": ""}).status_code == 422
    assert li_mei.post(where, {"text": "为什么？"}).status_code == 303
    assert "您问了为什么。" in words(li_mei.get(f"/track/{number}/"))
    answering.answer(number, Ask.objects.get().number, by=office.zhao, text="我负责这件事。<b>")
    shown = li_mei.get(f"/track/{number}/").content.decode()
    assert "我负责这件事。&lt;b&gt;" in shown
    assert "询问这次查阅" not in shown
    assert li_mei.get(f"/track/{number}/looks/1/").status_code == 200, "asks for the code: there is no such look"
    assert "receipt_code" in li_mei.get(f"/track/{number}/looks/1/").content.decode()


@pytest.mark.parametrize("page", ["pressure", "withdraw", "withdraw/undo", "looks/3", "recusal", "about"])
def test_without_the_code_nothing_is_shown(receipt: tuple[str, str], page: str) -> None:
    number, _code = receipt
    answer = Client().get(f"/track/{number}/{page}/")
    assert "receipt_code" in answer.content.decode()
    assert Client().post(f"/track/{number}/{page}/", {"text": "x"}).status_code == 403
    assert not Ask.objects.exists()


def test_she_asks_for_another_officer_and_reads_why_not(office: Office, receipt: tuple[str, str]) -> None:
    number, code = receipt
    li_mei, where = signed_in(number, code), f"/track/{number}/recusal/"
    assert "赵敏" in words(li_mei.get(where))
    assert li_mei.post(where, {"text": " "}).status_code == 422
    assert li_mei.post(where, {"text": "他是对方的表哥。"}).status_code == 303
    assert "您请求换人办理。" in words(li_mei.get(f"/track/{number}/"))
    assert li_mei.get(where).status_code == 303, "one at a time"
    answering.answer(number, Ask.objects.get().number, by=office.qian, text="查过，不是亲属。", outcome="refused")
    page = words(li_mei.get(f"/track/{number}/"))
    assert "决定经办人不需要回避" in page
    assert "查过，不是亲属。" in page


def test_she_names_somebody_later_and_sees_what_they_read_before(office: Office, receipt: tuple[str, str]) -> None:
    number, code = receipt
    access.open_case(number, reader=office.zhao)
    li_mei, where = signed_in(number, code), f"/track/{number}/about/"
    assert li_mei.post(where, {}).status_code == 422
    assert li_mei.post(where, {"about_officer": "zhao"}).status_code == 303
    assert Case.scoped.get(number=number).unit.code == "letters-outside"
    assert words(li_mei.get(f"/track/{number}/")).count("现在须回避；这是此前的查阅") == 1
