"""A complaint goes in and an answer comes out, at the level of the record."""

from __future__ import annotations

import pytest

from huiyin.record.cases.deeds import messages
from huiyin.record.cases.given import Given
from huiyin.record.cases.held.checking import verify_everything
from huiyin.record.cases.lists import queries
from huiyin.record.cases.lists.search import search
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, against_qian, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


def answered(office: Office, number: str) -> None:
    """Zhao answers, and everybody who must sign does."""
    make_move(number, "accept", by=office.wu)
    make_move(number, "assign", by=office.wu, given=Given(to="zhao-post"))
    reply = Given(text="夜间施工已停止。", outcome="supported", legal_basis="本县公开的办理规则")
    make_move(number, "reply", by=office.zhao, given=reply)
    for signer in (office.qian, office.chen, office.chu, office.wei):
        moves.sign(number, by=signer)


def test_li_mei_files_and_reads_the_answer(office: Office) -> None:
    receipt = file_complaint(complaint(), key="k1", digest="d")
    assert receipt.receipt_code
    assert receipt.terms
    answered(office, receipt.case_number)
    holder = access.open_receipt(receipt.case_number, receipt.receipt_code, source="here")
    view = access.open_as_complainant(holder)
    assert view.state.id == "replied"
    assert view.answer
    assert view.answer.text == "夜间施工已停止。"
    assert view.answer.officer
    assert view.answer.officer.en == "Zhao Min"
    assert [look.purpose for look in view.looks] == ["follow"]
    assert verify_everything() == []


def test_sending_twice_gives_the_same_receipt(office: Office) -> None:
    first = file_complaint(complaint(), key="k", digest="d")
    assert file_complaint(complaint(), key="k", digest="d") == first
    with pytest.raises(Refusal) as other:
        file_complaint(complaint(), key="k", digest="other")
    assert other.value.code == "key_conflict"


def test_chief_qian_finds_no_trace(office: Office) -> None:
    receipt = file_complaint(against_qian(), key=None, digest="")
    number = receipt.case_number
    for named in (office.qian, office.zhao):
        with pytest.raises(Refusal) as refused:
            access.open_case(number, reader=named)
        assert refused.value.code == "not_found"
        assert queries.queue("unit", reader=named).items == ()
        assert search("态度恶劣", reader=named).items == ()
        assert set(queries.counts(named).values()) == {0}
    make_move(number, "accept", by=office.zheng)
    for post in ("qian-post", "zhao-post"):
        with pytest.raises(Refusal):
            make_move(number, "assign", by=office.zheng, given=Given(to=post))
    make_move(number, "assign", by=office.zheng, given=Given(to="feng-post"))
    assert access.open_case(number, reader=office.feng).subject == "所长态度恶劣"


def test_a_contest_opens_a_review_elsewhere(office: Office) -> None:
    receipt = file_complaint(complaint(), key=None, digest="")
    answered(office, receipt.case_number)
    holder = access.open_receipt(receipt.case_number, receipt.receipt_code or "", source="here")
    moves.move_as_complainant(holder, "contest", given=Given(text="晚上还在施工。", reason="晚上还在施工。"))
    view = access.open_as_complainant(holder)
    (link,) = view.links
    assert link.kind == "review"
    assert link.body.en == "City police bureau"
    review = access.open_as_complainant(holder, link.number)
    assert review.responsible
    assert review.responsible.unit.en == "Complaints division"
    assert verify_everything() == []


def test_search_is_exact_and_scoped(office: Office) -> None:
    receipt = file_complaint(complaint(), key=None, digest="")
    assert [row.number for row in search("噪音", reader=office.wu).items] == [receipt.case_number]
    assert [row.number for row in search("goes on ALL", reader=office.wu).items] == [receipt.case_number]
    assert search("音噪", reader=office.wu).items == ()
    assert search("噪音", reader=office.zhao).items == ()


def test_messages_go_both_ways(office: Office) -> None:
    receipt = file_complaint(complaint(), key=None, digest="")
    holder = access.open_receipt(receipt.case_number, receipt.receipt_code or "", source="here")
    messages.write_as_complainant(holder, "还有一张照片。")
    messages.write_as_office(receipt.case_number, "请带来。", by=office.wu)
    assert [each.sender for each in access.open_as_complainant(holder).messages] == ["complainant", "office"]


def test_two_officers_at_once_only_one_moves(office: Office) -> None:
    receipt = file_complaint(complaint(), key=None, digest="")
    make_move(receipt.case_number, "accept", by=office.wu, version=1)
    with pytest.raises(Refusal) as stale:
        make_move(receipt.case_number, "assign", by=office.he, given=Given(to="zhao-post"), version=1)
    assert stale.value.code == "stale"
