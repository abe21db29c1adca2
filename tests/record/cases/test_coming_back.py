"""An ended matter comes back: what is new becomes a matter of its own, for the same receipt, refused by no rule."""

from __future__ import annotations

import pytest

from huiyin.record.cases.codes import receipts
from huiyin.record.cases.deeds import coming_back
from huiyin.record.cases.given import Given
from huiyin.record.cases.held.checking import verify_everything
from huiyin.record.cases.lists import queries
from huiyin.record.cases.models import Barred, Case
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering import registration
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, against_qian, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
NEW = "昨晚又开始施工了。"
DECLINED = Given(reason="already_handled", route="court", legal_basis="第十九条", text="正在办理。")


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def filed(office: Office) -> registration.Registered:
    return file_complaint(complaint(), key=None, digest="")


@pytest.fixture
def holder(filed: registration.Registered) -> receipts.Holder:
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


@pytest.fixture
def ended(office: Office, filed: registration.Registered, holder: receipts.Holder) -> str:
    """Answered by the harbour station; Li Mei agreed."""
    number = filed.case_number
    make_move(number, "accept", by=office.wu)
    make_move(number, "assign", by=office.wu, given=Given(to="zhao-post"))
    make_move(number, "reply", by=office.zhao, given=Given("已停工。", outcome="supported", legal_basis="规则"))
    for signer in (office.qian, office.chen, office.chu, office.wei):
        moves.sign(number, by=signer)
    moves.move_as_complainant(holder, "accept_reply")
    return number


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def test_what_is_new_becomes_a_matter_of_its_own(office: Office, holder: receipts.Holder, ended: str) -> None:
    number = coming_back.come_back(holder, what_is_new=NEW)
    view = access.open_as_complainant(holder, number)
    assert (view.state.id, view.stage, view.channel, view.description) == ("registered", "intake", "web", NEW)
    assert view.due_on is not None
    assert view.comes_back_to is not None
    assert view.comes_back_to.number == ended
    assert f"This is what is new after the matter {ended}." in [entry.sentence.en for entry in view.timeline]
    earlier = access.open_as_complainant(holder, ended)
    assert not earlier.is_open
    assert f"You came back with something new. It has the number {number}." in [
        entry.sentence.en for entry in earlier.timeline
    ]
    assert [(link.number, link.kind) for link in earlier.links] == [(number, "joined")]
    while sequence_pending():
        pass
    assert verify_everything() == []


def test_the_intake_reads_the_earlier_file_while_it_is_responsible(
    office: Office, holder: receipts.Holder, ended: str
) -> None:
    with refused("not_found"):
        access.open_case(ended, reader=office.wu)
    number = coming_back.come_back(holder, what_is_new=NEW)
    assert [row.number for row in queries.queue("new", reader=office.wu).items] == [number]
    assert access.open_case(number, reader=office.wu, purpose="register").links[0].may_open
    assert access.open_case(ended, reader=office.wu).answer is not None
    make_move(number, "accept", by=office.wu)
    make_move(number, "assign", by=office.wu, given=Given(to="feng-post"))
    assert access.open_case(ended, reader=office.feng).number == ended
    with refused("not_found"):
        access.open_case(ended, reader=office.wu)
    assert not access.open_case(ended, reader=office.zhao).links[0].may_open


def test_the_unit_that_answered_may_deal_with_it_again(office: Office, holder: receipts.Holder, ended: str) -> None:
    number = coming_back.come_back(holder, what_is_new=NEW)
    make_move(number, "accept", by=office.wu)
    make_move(number, "assign", by=office.wu, given=Given(to="zhao-post"))
    assert access.open_case(number, reader=office.zhao).description == NEW


def test_those_the_earlier_matter_named_stay_away(office: Office) -> None:
    filed = file_complaint(against_qian(), key=None, digest="")
    make_move(filed.case_number, "decline", by=office.zheng, given=DECLINED)
    holder = access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")
    number = coming_back.come_back(holder, what_is_new=NEW)
    for named in (office.qian, office.zhao):
        with refused("not_found"):
            access.open_case(number, reader=named)
    view = access.open_case(number, reader=office.zheng, purpose="register")
    assert view.is_restricted
    assert [each.name.en for each in view.about] == ["Qian Gang"]
    assert (
        Barred.objects.filter(case__number=number).count()
        == Barred.objects.filter(case__number=filed.case_number).count()
    )


def test_a_person_may_decline_it_and_it_may_come_back_again(
    office: Office, holder: receipts.Holder, ended: str
) -> None:
    number = coming_back.come_back(holder, what_is_new=NEW)
    make_move(number, "decline", by=office.wu, given=DECLINED)
    again = coming_back.come_back(holder, case_number=number, what_is_new=NEW)
    for _ in range(5):
        make_move(again, "decline", by=office.wu, given=DECLINED)
        again = coming_back.come_back(holder, case_number=again, what_is_new=NEW)
    assert access.open_as_complainant(holder, again).is_open


def test_every_number_of_the_family_opens_with_the_one_code(
    office: Office, filed: registration.Registered, holder: receipts.Holder, ended: str
) -> None:
    number = ended
    for _ in range(6):
        number = coming_back.come_back(holder, case_number=number, what_is_new=NEW)
        make_move(number, "decline", by=office.wu, given=DECLINED)
    assert access.open_receipt(number, filed.receipt_code or "", source="here").number == ended


def test_the_same_words_sent_twice_arrive_once(holder: receipts.Holder, ended: str) -> None:
    first = coming_back.come_back(holder, what_is_new=NEW)
    assert coming_back.come_back(holder, what_is_new=NEW) == first
    assert coming_back.come_back(holder, what_is_new="又是另一件事。") != first
    assert Case.scoped.count() == 3


def test_an_open_matter_does_not_come_back(office: Office, filed: registration.Registered) -> None:
    holder = access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")
    with refused("not_allowed_now"):
        coming_back.come_back(holder, what_is_new=NEW)
    with refused("empty"):
        coming_back.come_back(holder, what_is_new=" \n")
    with refused("too_long"):
        coming_back.come_back(holder, what_is_new="长" * 20_001)


def test_a_stranger_s_matter_is_not_found(office: Office, holder: receipts.Holder, ended: str) -> None:
    other = file_complaint(complaint(), key=None, digest="other")
    with refused("not_found"):
        coming_back.come_back(holder, case_number=other.case_number, what_is_new=NEW)


def test_the_answer_to_what_is_new_can_be_reviewed_too(office: Office, holder: receipts.Holder, ended: str) -> None:
    number = coming_back.come_back(holder, what_is_new=NEW)
    make_move(number, "decline", by=office.wu, given=DECLINED)
    moves.move_as_complainant(holder, "contest", case_number=number, given=Given(reason="没有人来看过。"))
    view = access.open_as_complainant(holder, number)
    assert {link.kind for link in view.links} == {"joined", "review"}
