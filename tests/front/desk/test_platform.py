"""The answer and its dates, to be copied: all that a platform asks for, and nothing of the person."""

from __future__ import annotations

import pytest

from huiyin.record.cases.given import Given
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from tests.cast import Office, make_move
from tests.front.conftest import SignedIn
from tests.front.desk.conftest import Matter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
ANSWER = "卡车已改道。\n<b>谢谢</b> & 夜里不再经过。"


@pytest.fixture
def answered(office: Office, with_zhao: Matter) -> Matter:
    given = Given(text=ANSWER, outcome="supported", legal_basis="噪声污染防治法第四十三条")
    make_move(with_zhao.number, "reply", by=office.zhao, given=given)
    for signer in (office.qian, office.chen, office.chu, office.wei):
        moves.sign(with_zhao.number, by=signer)
    return with_zhao


def test_it_holds_the_dates_and_the_answer_as_written(signed_in: SignedIn, office: Office, answered: Matter) -> None:
    zhao = signed_in("zhao")
    file = zhao.get(f"/desk/cases/{answered.number}/platform.txt")
    assert file["Content-Type"] == "text/plain; charset=utf-8"
    assert file["Content-Disposition"] == f'attachment; filename="{answered.number}.txt"'
    text = file.content.decode()
    view = access.open_case(answered.number, reader=office.zhao)
    assert view.answer is not None
    for line in (f"Number: {answered.number}", "Received on: ", "Accepted on: ", "Answered on: ", "Outcome: ", "Due: ",
                 "Done: ", "Legal basis: 噪声污染防治法第四十三条", f"Letter: {view.answer.number}"):  # fmt: skip
        assert line in text
    assert text.endswith(ANSWER + "\n")
    page = zhao.get(f"/desk/cases/{answered.number}/platform/").content.decode()
    assert "readonly" in page and "<b>谢谢</b>" not in page and "&lt;b&gt;谢谢&lt;/b&gt; &amp;" in page


def test_nothing_of_the_person_stands_in_it(signed_in: SignedIn, answered: Matter) -> None:
    text = signed_in("zhao").get(f"/desk/cases/{answered.number}/platform.txt").content.decode()
    for word in ("李梅", "000-0000-0001", "limei", "夜间卡车轰鸣", "孩子睡不着", answered.code):
        assert word not in text


def test_before_there_is_an_answer_it_says_so(signed_in: SignedIn, with_zhao: Matter) -> None:
    text = signed_in("zhao").get(f"/desk/cases/{with_zhao.number}/platform.txt").content.decode()
    assert "Answered on: not yet" in text
    assert "Text of the answer" not in text


@pytest.mark.parametrize("page", ["platform/", "platform.txt"])
def test_each_opening_is_a_look_that_the_complainant_reads(
    signed_in: SignedIn, office: Office, answered: Matter, page: str
) -> None:
    where = f"/desk/cases/{answered.number}/{page}"
    assert signed_in("feng").get(where).status_code == 404
    signed_in("zhao").get(where)
    holder = access.open_receipt(answered.number, answered.code, source="here")
    assert [look.name.zh for look in access.open_as_complainant(holder).looks if look.what == "platform"] == ["赵敏"]
