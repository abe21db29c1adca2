"""Somebody acts for the complainant: as far as was said, seen at every step, ended at once, and never to the end of the matter."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from huiyin.record import clock
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.deeds import helping, messages, pressure, withdrawing
from huiyin.record.cases.deeds.helping import Code, Helper
from huiyin.record.cases.given import Given
from huiyin.record.cases.held.verifying import verify_cases
from huiyin.record.cases.models import Authority, Receipt
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import attaching
from huiyin.record.identity.access import Identity
from huiyin.rules.helping import MAY, NEEDS, lets
from huiyin.rules.receipt import show_code
from huiyin.rules.refusal import Refusal
from huiyin.stages.followup import actions as followup
from huiyin.stages.intake.actions import file_complaint, register_at_desk
from tests.cast import Office, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def li_mei(office: Office) -> Holder:
    filed = file_complaint(complaint(), key=None, digest="")
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def opened(code: Code) -> Holder:
    return access.open_receipt(code.number, code.code, source="there")


def unharmed() -> list[str]:
    return [each.what for each in verify_cases(lambda *_: None)]


@pytest.mark.parametrize("may", MAY)
def test_a_helper_does_what_was_allowed_and_nothing_more(office, li_mei, may):
    helper = opened(helping.add_helper(li_mei, Helper("lawyer", "王律师", may)))
    assert access.open_as_complainant(helper).number == li_mei.number
    for needed, act in (
        ("write", lambda: messages.write_as_complainant(helper, "代她说一句")),
        ("write", lambda: attaching.add_as_complainant(helper, b"words", name="a.txt")),
        ("act", lambda: pressure.report_pressure(helper, text="有人上门", about=())),
        ("own", lambda: withdrawing.ask_to_withdraw(helper)),
        ("own", lambda: access.replace_contact(helper, Identity(phone="1"))),
        ("own", lambda: helping.add_helper(helper, Helper("other"))),
        ("own", lambda: helping.end_helper(helper, 1)),
        ("own", lambda: followup.replace_code(helper, receipts.new_code())),
        ("own", lambda: followup.rate(helper, solved="yes", score=None, comment="")),
    ):
        if lets(may, needed):
            act()
        else:
            with refused("helper_may_not"):
                act()
    assert unharmed() == []


def test_each_right_holds_those_before_it_and_none_holds_what_is_her_own():
    assert [[lets(may, needed) for needed in NEEDS] for may in MAY] == [
        [True, False, False, False],
        [True, True, False, False],
        [True, True, True, False],
    ]


def test_what_a_helper_does_is_marked_and_each_look_is_seen(office, li_mei):
    helper = opened(helping.add_helper(li_mei, Helper("relative", "我女儿", "write")))
    messages.write_as_complainant(helper, "我妈妈睡不着")
    access.open_as_complainant(helper)
    view = access.open_as_complainant(li_mei)
    assert [(each.number, each.who, each.label) for each in view.helpers] == [(1, "relative", "我女儿")]
    assert [(each.role, each.duty_number) for each in view.looks if each.role == "helper"] == [("helper", "1")]
    assert view.messages[0].helper == 1
    assert any("Helper 1, acting for you" in each.sentence.en for each in view.timeline)
    seen = access.open_case(li_mei.number, reader=office.wu)
    assert (seen.helpers[0].who, seen.helpers[0].label) == ("relative", "")
    assert "我女儿".encode() not in bytes(Authority.objects.get().sealed_label)


def test_taken_back_it_opens_nothing_from_that_instant(office, li_mei):
    code = helping.add_helper(li_mei, Helper("neighbour"))
    helper = opened(code)
    helping.end_helper(li_mei, 1)
    helping.end_helper(li_mei, 1)
    with refused("not_found"):
        access.open_as_complainant(helper)
    with refused("check_digits"):
        opened(code)
    assert [each.is_active for each in access.open_as_complainant(li_mei).helpers] == [False]
    assert unharmed() == []


def test_it_ends_by_itself_on_its_day(office, li_mei, monkeypatch):
    today = clock.today("Asia/Shanghai")
    with refused("date_in_past"):
        helping.add_helper(li_mei, Helper("organisation", until_on=today - datetime.timedelta(days=1)))
    code = helping.add_helper(li_mei, Helper("organisation", until_on=today))
    helper = opened(code)
    Authority.objects.update(until_on=today - datetime.timedelta(days=1))
    with refused("not_found"):
        access.open_as_complainant(helper)
    with refused("check_digits"):
        opened(code)


def test_her_report_of_pressure_stays_her_own(office, li_mei):
    helper = opened(helping.add_helper(li_mei, Helper("relative")))
    number = pressure.report_pressure(li_mei, text="儿子叫我别告", about=())
    with refused("not_found"):
        access.open_as_complainant(helper, number)
    assert access.open_as_complainant(helper).links == ()
    assert len(access.open_as_complainant(li_mei).links) == 1


def test_what_a_helper_reads_has_not_reached_her(office, li_mei):
    helper = opened(helping.add_helper(li_mei, Helper("lawyer")))
    make_move(li_mei.number, "accept", by=office.wu)
    access.open_as_complainant(helper)
    assert "letter_read" not in {each.kind for each in access.open_as_complainant(helper).timeline}


def test_a_helper_agrees_only_where_everything_was_allowed(office, li_mei):
    reader = opened(helping.add_helper(li_mei, Helper("relative", may="read")))
    with refused("helper_may_not"):
        moves.move_as_complainant(reader, "accept_reply", given=Given())


def test_five_helpers_are_enough(office, li_mei):
    for _each in range(helping.MOST):
        helping.add_helper(li_mei, Helper("other"))
    with refused("too_many"):
        helping.add_helper(li_mei, Helper("other"))
    helping.end_helper(li_mei, 3)
    assert helping.add_helper(li_mei, Helper("other")).helper == 6


def test_a_new_code_opens_and_the_old_one_no_longer(office, li_mei):
    followup.rate(li_mei, solved="no", score=None, comment="")
    code = receipts.new_code()
    fresh = followup.replace_code(li_mei, code)
    with refused("not_found"):
        access.open_as_complainant(li_mei)
    assert access.open_as_complainant(fresh).number == li_mei.number
    assert access.open_receipt(li_mei.number, show_code(code), source="here") == fresh
    rating = followup.rating_of(fresh)
    assert rating is not None
    assert rating.solved == "no"
    with refused("not_found"):
        followup.replace_code(li_mei, receipts.new_code())
    assert "code_replaced" in {each.kind for each in access.open_as_complainant(fresh).timeline}
    assert unharmed() == []
    Receipt.objects.update(verifier=b"x" * 32)
    assert any("receipt" in each for each in unharmed())


def test_the_code_of_a_card_is_replaced_too(office):
    serial, number, code = receipts.make_cards(1)[0]
    register_at_desk(replace(complaint(), channel="counter"), by=office.wu, card=serial)
    new = receipts.new_code()
    followup.replace_code(access.open_receipt(number, code, source="here"), new)
    with refused("check_digits"):
        access.open_receipt(number, code, source="here")
    assert access.open_receipt(number, new, source="here").number == number
