"""Withdrawal: the complainant's own, confirmed outside the unit, undone for seven days, looked over by supervision."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.asks import ask_views
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.deeds import answering, withdrawing
from huiyin.record.cases.given import Given
from huiyin.record.cases.lists import queries
from huiyin.record.cases.models import Ask, Case, RunningTerm
from huiyin.record.cases.opening import access
from huiyin.record.cases.rounds.ask_tick import act_on_asks
from huiyin.record.cases.rounds.tick import act_on_terms
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.record.ledger.verify import verify_ledger
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, add_officer, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
BEGAN = datetime.datetime(2026, 3, 2, 2, tzinfo=datetime.UTC)  # a Monday morning there
DAY = datetime.timedelta(days=1)
HIDDEN = {"withdrawal_asked", "withdrawal_confirmed", "withdrawal_not_confirmed", "withdrawal_undone"}


@pytest.fixture(autouse=True)
def story() -> Iterator[None]:
    with clock.story(BEGAN):
        yield


@pytest.fixture
def office(story: None) -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def number(office: Office) -> str:
    return file_complaint(complaint(), key="k", digest="d").case_number


@pytest.fixture
def holder(office: Office) -> receipts.Holder:
    filed = file_complaint(complaint(), key="k", digest="d")
    make_move(filed.case_number, "accept", by=office.wu)
    make_move(filed.case_number, "assign", by=office.wu, given=Given(to="zhao-post"))
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def kinds(number: str) -> list[str]:
    return [event.kind for event in events_of(ChainRef.case(number))]


def confirmed(office: Office, holder: receipts.Holder) -> str:
    key = withdrawing.ask_to_withdraw(holder)
    answering.answer(holder.number, key, by=office.zheng, text="当面核实过。", outcome="confirmed")
    return holder.number


def test_it_waits_for_a_desk_outside_and_ends_nothing(office: Office, holder: receipts.Holder) -> None:
    withdrawing.ask_to_withdraw(holder, text="不想再等了。")
    row = Ask.objects.get()
    assert (row.owed_by.code, row.due_on) == ("zheng-post", datetime.date(2026, 3, 5)), "three working days"
    view = access.open_as_complainant(holder)
    assert view.is_open
    assert view.withdrawal is not None
    assert view.withdrawal.is_under_way
    assert not view.may_withdraw
    assert [term.id for term in view.running] != []
    with refused("repeated"):
        withdrawing.ask_to_withdraw(holder)


def test_the_unit_neither_reads_of_it_nor_has_a_part_in_it(office: Office, holder: receipts.Holder) -> None:
    people = (office.zhao, office.qian, office.wu, office.he)
    before = [
        (queries.counts(each), len(access.open_case(holder.number, reader=office.zhao).timeline)) for each in people
    ]
    key = withdrawing.ask_to_withdraw(holder)
    for reader in people:
        with refused("not_found"):
            answering.answer(holder.number, key, by=reader, text="x", outcome="confirmed")
        with refused("not_found"):
            ask_views.to_answer(holder.number, key, by=reader)
    answering.answer(holder.number, key, by=office.zheng, text="核实过。", outcome="confirmed")
    access.open_case(holder.number, reader=office.zhao)
    withdrawing.undo(holder)
    after = [
        (queries.counts(each), len(access.open_case(holder.number, reader=office.zhao).timeline)) for each in people
    ]
    assert after == before
    seen = access.open_case(holder.number, reader=office.zhao)
    assert seen.asks == ()
    assert not HIDDEN & {entry.kind for entry in seen.timeline}
    assert {entry.kind for entry in access.open_as_complainant(holder).timeline} >= HIDDEN - {
        "withdrawal_not_confirmed"
    }


def test_the_desk_outside_reads_the_matter_and_makes_no_step_in_it(office: Office, holder: receipts.Holder) -> None:
    key = withdrawing.ask_to_withdraw(holder)
    assert ask_views.to_answer(holder.number, key, by=office.zheng).may_open
    access.open_case(holder.number, reader=office.zheng)
    with refused("not_your_move"):
        make_move(holder.number, "reply", by=office.zheng, given=Given("x", outcome="supported"))
    assert "Zheng An" not in {look.name.en for look in access.open_case(holder.number, reader=office.zhao).looks}
    assert "Zheng An" in {look.name.en for look in access.open_as_complainant(holder).looks}
    withdrawing.undo(holder)
    assert not queries.may_open(holder.number, reader=office.zheng)


def test_it_takes_effect_on_the_seventh_day_and_not_before(office: Office, holder: receipts.Holder) -> None:
    number = confirmed(office, holder)
    assert Ask.objects.get().effective_on == datetime.date(2026, 3, 9)
    clock.set(datetime.datetime(2026, 3, 8, 15, 59, tzinfo=datetime.UTC))
    act_on_asks()
    assert Case.scoped.get(number=number).is_open
    clock.set(datetime.datetime(2026, 3, 8, 16, 1, tzinfo=datetime.UTC))
    assert act_on_asks() >= 1
    view = access.open_as_complainant(holder)
    assert (view.is_open, view.state.id, view.stage, view.due_on) == (False, "withdrawn", "ended", None)
    assert view.outcome is not None
    assert view.outcome.id == "withdrawn"
    assert view.running == ()
    assert "withdrawal_took_effect" in [entry.kind for entry in access.open_case(number, reader=office.zhao).timeline]
    with refused("not_allowed_now"):
        make_move(number, "reply", by=office.zhao, given=Given("x", outcome="supported", legal_basis="x"))
    with refused("not_allowed_now"):
        withdrawing.undo(holder)
    assert act_on_asks() == 0
    sequence_pending()
    assert verify_ledger() == []


@pytest.mark.parametrize("days", [0, 6])
def test_until_then_it_can_be_undone(office: Office, holder: receipts.Holder, days: int) -> None:
    confirmed(office, holder)
    clock.set(BEGAN + days * DAY)
    withdrawing.undo(holder)
    with refused("not_allowed_now"):
        withdrawing.undo(holder)
    clock.set(BEGAN + 30 * DAY)
    act_on_asks()
    view = access.open_as_complainant(holder)
    assert view.is_open
    assert view.may_withdraw
    assert view.running != ()
    withdrawing.ask_to_withdraw(holder)


def test_what_is_not_confirmed_goes_on(office: Office, holder: receipts.Holder) -> None:
    key = withdrawing.ask_to_withdraw(holder)
    with refused("input_missing"):
        answering.answer(holder.number, key, by=office.zheng, text="有人在旁边催。")
    with refused("empty"):
        answering.answer(holder.number, key, by=office.zheng, text=" ", outcome="not_confirmed")
    with refused("unknown_choice"):
        answering.answer(holder.number, key, by=office.zheng, text="x", outcome="goes_on")
    answering.answer(holder.number, key, by=office.zheng, text="有人在旁边催。", outcome="not_confirmed")
    with refused("repeated"):
        answering.answer(holder.number, key, by=office.zheng, text="x", outcome="confirmed")
    clock.set(BEGAN + 30 * DAY)
    act_on_asks()
    assert Case.scoped.get(number=holder.number).is_open
    assert "withdrawal_not_confirmed" in kinds(holder.number)


@pytest.fixture
def supervisor(office: Office) -> Reader:
    return add_officer("du", ("杜查", "Du Cha"), "letters-outside", ("督查员", "Supervisor"), ["supervisor"])


def test_supervision_looks_it_over_and_can_let_it_go_on(
    office: Office, supervisor: Reader, holder: receipts.Holder
) -> None:
    number = confirmed(office, holder)
    before = {row.term: row.due_on for row in RunningTerm.objects.filter(case__number=number, state="running")}
    clock.set(BEGAN + 7 * DAY)
    act_on_asks()
    asked = queries.queue("asked", reader=supervisor).items
    assert [(row.number, row.asked.kind if row.asked else "") for row in asked] == [(number, "withdrawn")]
    assert access.open_case(number, reader=supervisor).state.id == "withdrawn"
    clock.set(BEGAN + 20 * DAY)
    act_on_terms()
    answering.answer(number, asked[0].asked.number, by=supervisor, text="涉及安全，继续办理。", outcome="goes_on")  # type: ignore[union-attr]
    view = access.open_as_complainant(holder)
    assert (view.is_open, view.state.id) == (True, "assigned")
    after = {row.term: row.due_on for row in RunningTerm.objects.filter(case__number=number, state="running")}
    assert after.keys() == before.keys()
    assert {term: (before[term], after[term]) for term in before if after[term] <= before[term]} == {}, (
        "the days on which it was withdrawn do not count"
    )
    assert kinds(number).count("withdrawn_goes_on") == 1
    sequence_pending()
    assert verify_ledger() == []


def test_supervision_may_leave_it(office: Office, supervisor: Reader, holder: receipts.Holder) -> None:
    number = confirmed(office, holder)
    clock.set(BEGAN + 7 * DAY)
    act_on_asks()
    key = Ask.objects.get(kind="withdrawn").number
    answering.answer(number, key, by=supervisor, text="没有需要继续的。", outcome="left")
    assert not Case.scoped.get(number=number).is_open


def test_a_paper_is_recorded_outside_and_confirmed_by_somebody_else(office: Office, holder: receipts.Holder) -> None:
    signed = datetime.date(2026, 3, 1)
    for reader in (office.wu, office.zhao, office.qian):
        with refused("not_your_move"):
            withdrawing.record_paper(holder.number, by=reader, signed_on=signed, kept_at="三号夹")
    with refused("check_digits"):
        withdrawing.record_paper("1234-5678-95", by=office.zheng, signed_on=signed, kept_at="三号夹")
    with refused("date_in_future"):
        withdrawing.record_paper(holder.number, by=office.zheng, signed_on=datetime.date(2026, 4, 1), kept_at="三号夹")
    key = withdrawing.record_paper(holder.number, by=office.zheng, signed_on=signed, kept_at="三号夹")
    row = Ask.objects.get()
    assert (row.paper_on, row.paper_at) == (signed, "三号夹")
    assert row.owed_by.code == "jiang-post", "a desk of the body above: the one outside desk here recorded it"
    with refused("not_found"):
        answering.answer(holder.number, key, by=office.zheng, text="x", outcome="confirmed")
    view = access.open_as_complainant(holder)
    assert view.withdrawal is not None
    assert view.withdrawal.is_under_way, "she reads of it, and can undo it"
    withdrawing.undo(holder)
    assert "withdrawal_on_paper" in kinds(holder.number)


def test_what_nobody_confirmed_goes_up_and_is_told(office: Office, holder: receipts.Holder) -> None:
    withdrawing.ask_to_withdraw(holder)
    clock.set(datetime.datetime(2026, 3, 5, 2, tzinfo=datetime.UTC))
    act_on_asks()
    assert "ask_reminder" in kinds(holder.number)
    clock.set(datetime.datetime(2026, 3, 6, 2, tzinfo=datetime.UTC))
    act_on_asks()
    row = Ask.objects.get()
    assert row.owed_by.code != "zheng-post"
    assert row.owed_by.unit.code not in {"harbour", "letters-intake"}
    assert row.due_on == datetime.date(2026, 3, 11)
    assert kinds(holder.number).count("ask_reported") == 1
    while (row := Ask.objects.get()).next_act_on is not None:
        clock.set(datetime.datetime.combine(row.next_act_on, datetime.time(2), datetime.UTC))
        assert act_on_asks() == 1
    assert kinds(holder.number)[-1] == "ask_missed"
    assert Case.scoped.get(number=holder.number).is_open, "silence withdraws nothing"


def test_what_has_ended_cannot_be_withdrawn(office: Office, holder: receipts.Holder) -> None:
    Case.scoped.filter(number=holder.number).update(is_open=False)
    with refused("not_allowed_now"):
        withdrawing.ask_to_withdraw(holder)


def test_nobody_of_the_unit_confirms_even_when_the_matter_came_to_that_desk(
    office: Office, holder: receipts.Holder
) -> None:
    key = withdrawing.ask_to_withdraw(holder)
    case = Case.scoped.get(number=holder.number)
    case.unit = Ask.objects.get().owed_by.unit
    case.save()
    with refused("not_your_move"):
        answering.answer(holder.number, key, by=office.zheng, text="x", outcome="confirmed")
