"""What an answer binds to: kept with the decision, said done by the office, ended by the complainant or a reviewer."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

import pytest

from huiyin.record import clock
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.deeds import duties
from huiyin.record.cases.given import Given
from huiyin.record.cases.held.checking import verify_everything
from huiyin.record.cases.lists import queries
from huiyin.record.cases.models import Case, Draft, Duty, Grant
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering import registration
from huiyin.record.cases.rounds.duty_tick import act_on_duties
from huiyin.record.cases.shown.case_view import DutyView
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.rules import duties as rule
from huiyin.rules.refusal import Refusal
from huiyin.stages.handling import actions as handling
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
BEGAN = datetime.datetime(2026, 3, 2, 2, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
PAY_BY, LOOK_ON = datetime.date(2026, 3, 20), datetime.date(2026, 9, 1)
PROMISED = rule.written(
    [
        rule.Duty("payment", PAY_BY, "退还多收的停车费三百元。"),
        rule.Duty(rule.LOOK_AGAIN, LOOK_ON, "隔音墙要等河堤完工才能装。"),
    ]
)
REPLY = Given(text="已经处理。", outcome="supported", legal_basis="本县公开的办理规则", duties=PROMISED)
GROUNDS = Given(reason="没有说到退费的事。")


@pytest.fixture
def office() -> Iterator[Office]:
    with clock.story(BEGAN):
        yield make_office(with_accounts=False)


@pytest.fixture
def filed(office: Office) -> registration.Registered:
    return file_complaint(complaint(), key=None, digest="")


@pytest.fixture
def number(office: Office, filed: registration.Registered) -> str:
    make_move(filed.case_number, "accept", by=office.wu)
    make_move(filed.case_number, "assign", by=office.wu, given=Given(to="zhao-post"))
    return filed.case_number


@pytest.fixture
def bound(office: Office, number: str) -> str:
    """The answer is out: Zhao owes a payment and another look."""
    make_move(number, "reply", by=office.zhao, given=REPLY)
    signed_by_all(office, number)
    return number


@pytest.fixture
def holder(filed: registration.Registered) -> receipts.Holder:
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


def signed_by_all(office: Office, number: str) -> None:
    for signer in (office.qian, office.chen, office.chu, office.wei):
        moves.sign(number, by=signer)


def refused(code: str, **params: object) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(
        Refusal, check=lambda refusal: refusal.code == code and params.items() <= refusal.params.items()
    )


def owed(holder: receipts.Holder, number: str = "") -> tuple[DutyView, ...]:
    return access.open_as_complainant(holder, number).duties


def kinds(number: str) -> list[str]:
    return [event.kind for event in events_of(ChainRef.case(number))]


def told(holder: receipts.Holder) -> str:
    """The newest sentence of the history that speaks of a duty."""
    timeline = access.open_as_complainant(holder).timeline
    return next(entry.sentence.en for entry in timeline if entry.kind.startswith("duty_"))


def to_keep(reader: object) -> list[tuple[str, int]]:
    page = queries.queue("promises", reader=reader)  # type: ignore[arg-type]
    assert page.counts["promises"] == len(page.items)
    return [(row.number, row.promise.number) for row in page.items if row.promise]


def test_an_answer_carries_its_duties_through_every_signature(
    office: Office, number: str, holder: receipts.Holder
) -> None:
    make_move(number, "reply", by=office.zhao, given=REPLY)
    assert Duty.objects.count() == 0
    assert rule.read(Draft.objects.get().given["duties"])[0].due_on == PAY_BY
    signed_by_all(office, number)
    pay, look = owed(holder)
    assert (pay.number, pay.kind, pay.due_on, pay.state, pay.owed_by.en) == (
        1, "payment", PAY_BY, "open", "Harbour station",
    )  # fmt: skip
    assert look.text == "隔音墙要等河堤完工才能装。"
    (moved,) = [e for e in events_of(ChainRef.case(number)) if e.kind == "case_moved" and e.details.get("duties")]
    assert [(each["kind"], each["due_on"]) for each in moved.details["duties"]] == [
        ("payment", "2026-03-20"), ("look_again", "2026-09-01"),
    ]  # fmt: skip
    assert "停车费" not in repr(moved.details)


def test_the_letter_says_what_will_be_done_and_by_when(office: Office, number: str) -> None:
    letter = moves.letter_ahead(number, "reply", by=office.zhao, given=replace(REPLY, confirmed="recusal"))
    assert letter is not None
    (part,) = [part for part in letter.parts if part.id == "duties"]
    assert part.label == "我们要做的事和最晚日期"
    assert part.lines[0] == "付款，最迟2026年3月20日：退还多收的停车费三百元。"
    assert part.lines[1].startswith("诉求合理，但暂时做不到，最迟2026年9月1日再看一次。")
    assert Duty.objects.count() == 0


WRONG = (
    ({"outcome": "not_supported"}, "duties_unwanted", {"field": "duties"}),
    ({"duties": "[5]"}, "invalid", {"field": "duties"}),
    ({"duties": rule.written([rule.Duty("repair", datetime.date(2026, 3, 1), "修")])}, "day_past", {"line": 0}),
    ({"duties": rule.written([rule.Duty("repair", datetime.date(2036, 3, 1), "修")])}, "day_too_far", {"line": 0}),
)


@pytest.mark.parametrize(("change", "code", "params"), WRONG)
def test_what_cannot_bind_is_refused_before_a_draft_goes_round(
    office: Office, number: str, change: dict[str, str], code: str, params: dict[str, object]
) -> None:
    given = Given(**{"text": REPLY.text, "outcome": "supported", "legal_basis": "规则", "duties": PROMISED} | change)
    given = replace(given, confirmed="recusal")
    for act in (moves.letter_ahead, moves.move):
        with refused(code, **params):
            act(number, "reply", by=office.zhao, given=given)
    assert Draft.objects.count() == 0


def test_a_step_that_decides_nothing_binds_nobody(office: Office, filed: registration.Registered) -> None:
    with refused("input_unwanted", field="duties"):
        make_move(filed.case_number, "accept", by=office.wu, given=Given(duties=PROMISED))


def test_a_day_that_passed_while_the_draft_waited_is_not_promised(office: Office, number: str) -> None:
    make_move(number, "reply", by=office.zhao, given=REPLY)
    for signer in (office.qian, office.chen, office.chu):
        moves.sign(number, by=signer)
    clock.set(BEGAN + 30 * DAY)
    with refused("day_past", line=0):
        moves.sign(number, by=office.wei)
    moves.return_draft(number, by=office.wei, note="日期已过，请改。")
    assert access.open_case(number, reader=office.zhao).state.id == "assigned"


def test_the_office_says_done_and_li_mei_has_the_last_word(office: Office, bound: str, holder: receipts.Holder) -> None:
    duties.say_done(bound, 1, by=office.zhao, text="3月5日已转账三百元。")
    pay = owed(holder)[0]
    assert (pay.state, pay.is_owed, pay.deeds) == ("said_done", True, frozenset({"confirm", "deny"}))
    assert (pay.steps[0].text, pay.steps[0].officer.en if pay.steps[0].officer else "") == (
        "3月5日已转账三百元。", "Zhao Min",
    )  # fmt: skip
    assert to_keep(office.zhao) == [(bound, 2)]
    with refused("repeated"):
        duties.say_done(bound, 1, by=office.zhao, text="已转账。")
    with refused("input_missing", field="text"):
        duties.deny_done(holder, 1, text=" ")
    duties.deny_done(holder, 1, text="没有收到。")
    assert to_keep(office.zhao) == [(bound, 1), (bound, 2)]
    duties.confirm_done(holder, 1)
    pay = owed(holder)[0]
    assert (pay.state, pay.is_owed, pay.ended_on, pay.deeds) == ("confirmed", False, BEGAN.date(), frozenset({"deny"}))
    assert [step.deed for step in pay.steps] == ["say_done", "deny", "confirm"]
    assert [kind for kind in kinds(bound) if kind.startswith("duty_")] == [
        "duty_said_done", "duty_denied", "duty_confirmed",
    ]  # fmt: skip


def test_a_confirmation_can_be_taken_back(bound: str, holder: receipts.Holder) -> None:
    duties.confirm_done(holder, 1)
    with refused("repeated"):
        duties.confirm_done(holder, 1)
    duties.deny_done(holder, 1, text="他们在旁边看着，我才点了。")
    assert owed(holder)[0].state == "open"


def test_only_who_owes_it_says_done(office: Office, bound: str) -> None:
    for stranger in (office.feng, office.wu, office.zhou, office.sun):
        with refused("not_found"):
            duties.say_done(bound, 1, by=stranger, text="做到了。")
    with refused("not_found"):
        duties.say_done(bound, 3, by=office.zhao, text="做到了。")
    duties.say_done(bound, 1, by=office.qian, text="由站里转账。")


def test_nobody_of_the_office_finds_its_own_duty_done(office: Office, bound: str) -> None:
    for own in (office.zhao, office.qian):
        with refused("not_your_move"):
            duties.find_done(bound, 1, by=own, text="查明。")


def test_what_is_owed_outlives_the_end_of_the_matter(office: Office, bound: str, holder: receipts.Holder) -> None:
    moves.move_as_complainant(holder, "accept_reply")
    assert not Case.scoped.get(number=bound).is_open
    assert to_keep(office.zhao) == [(bound, 1), (bound, 2)]
    duties.say_done(bound, 1, by=office.zhao, text="已转账。")
    duties.confirm_done(holder, 1)
    assert told(holder) == "You said that this is done: A payment."


def test_what_is_owed_goes_with_whoever_is_responsible(office: Office, bound: str) -> None:
    handling.hand_over_many([bound], to="zhou-post", why="调岗", by=office.zhao)
    assert to_keep(office.zhao) == []
    assert to_keep(office.zhou) == [(bound, 1), (bound, 2)]
    duties.say_done(bound, 1, by=office.zhou, text="已转账。")


def test_what_is_not_possible_yet_gets_a_new_day_with_a_reason_and_keeps_the_old_one(
    office: Office, bound: str, holder: receipts.Holder
) -> None:
    later = datetime.date(2027, 2, 1)
    with refused("not_allowed_now"):
        duties.move_day(bound, 1, by=office.zhao, due_on=later, text="没钱。")
    with refused("input_missing", field="text"):
        duties.move_day(bound, 2, by=office.zhao, due_on=later, text="")
    with refused("day_too_far"):
        duties.move_day(bound, 2, by=office.zhao, due_on=datetime.date(2027, 3, 3), text="河堤延期。")
    with refused("repeated"):
        duties.move_day(bound, 2, by=office.zhao, due_on=LOOK_ON, text="河堤延期。")
    duties.move_day(bound, 2, by=office.zhao, due_on=later, text="河堤延期。")
    look = owed(holder)[1]
    assert (look.due_on, look.first_due_on, look.steps[-1].before_on) == (later, LOOK_ON, LOOK_ON)
    assert "moved the day from 1 September 2026 to 1 February 2027" in told(holder)
    assert "河堤延期" not in repr([event.details for event in events_of(ChainRef.case(bound))])


def review_decided(office: Office, holder: receipts.Holder) -> str:
    """Sun decides for Li Mei, and what the station must do; gives the number of the review."""
    moves.move_as_complainant(holder, "contest", given=GROUNDS)
    review = next(link.number for link in access.open_as_complainant(holder).links if link.is_later)
    make_move(review, "accept", by=office.jiang)
    make_move(review, "assign", by=office.jiang, given=Given(to="sun-post"))
    decided = Given(
        text="答复有误。", outcome="supported", legal_basis="规则",
        duties=rule.written([rule.Duty("apology", PAY_BY, "书面道歉。")]),
    )  # fmt: skip
    letter = moves.letter_ahead(review, "reply", by=office.sun, given=replace(decided, confirmed="recusal"))
    assert letter is not None
    assert "原办理单位要做的事和最晚日期" in [part.label for part in letter.parts]
    moved = make_move(review, "reply", by=office.sun, given=decided)
    while moved.is_waiting_for_signature:
        waiting = access.open_as_complainant(holder, review).waiting
        assert waiting is not None
        moved = moves.sign(review, by=getattr(office, waiting.officer.post.removesuffix("-post")))
    return review


def test_a_review_binds_the_office_of_the_original_and_finds_it_done(
    office: Office, bound: str, holder: receipts.Holder
) -> None:
    review = review_decided(office, holder)
    assert [(each.number, each.is_of_review) for each in owed(holder)] == [(1, False), (3, True), (2, False)]
    (apology,) = owed(holder, review)
    assert (apology.number, apology.owed_by.en) == (3, "Harbour station")
    assert "duty_decided" in kinds(bound)
    assert (bound, 3) in to_keep(office.zhao)
    with refused("not_found"):
        duties.say_done(review, 3, by=office.zhao, text="已道歉。")
    with refused("not_found"):
        duties.find_done(review, 1, by=office.sun, text="不是这次复查的。")
    duties.say_done(bound, 3, by=office.zhao, text="已道歉。")
    assert [each.deeds for each in access.open_case(review, reader=office.sun).duties] == [{"find"}]
    duties.find_done(review, 3, by=office.sun, text="看到了道歉信。")
    apology = next(each for each in owed(holder) if each.number == 3)
    assert (apology.state, apology.deeds) == ("found_done", frozenset())
    with refused("not_allowed_now"):
        duties.deny_done(holder, 3, text="不算。")
    while sequence_pending():
        pass
    assert verify_everything() == []


def test_the_clock_reminds_on_the_day_and_reports_once_and_ends_nothing(
    office: Office, bound: str, holder: receipts.Holder
) -> None:
    assert act_on_duties() == 0
    clock.set(datetime.datetime(2026, 3, 19, 17, tzinfo=datetime.UTC))  # the 20th at the place of the body
    assert act_on_duties() == 1
    assert act_on_duties() == 0
    assert kinds(bound)[-1] == "duty_reminder"
    clock.set(datetime.datetime(2026, 3, 20, 17, tzinfo=datetime.UTC))
    for _ in range(3):
        act_on_duties()
    clock.set(BEGAN + 60 * DAY)
    assert act_on_duties() == 0
    assert kinds(bound).count("duty_reported") == 1
    assert told(holder).startswith("This was promised by 20 March 2026 and is not done: A payment.")
    assert Grant.objects.get(case__number=bound, capacity="superior").post.code == "qian-post"
    assert owed(holder)[0].state == "open"


def test_what_is_said_to_be_done_is_not_reported(office: Office, bound: str, holder: receipts.Holder) -> None:
    duties.say_done(bound, 1, by=office.zhao, text="已转账。")
    clock.set(BEGAN + 60 * DAY)
    assert act_on_duties() == 0
    duties.deny_done(holder, 1, text="没有收到。")
    assert act_on_duties() == 1
    assert act_on_duties() == 0
    assert [kind for kind in kinds(bound) if kind.startswith("duty_")][-2:] == ["duty_denied", "duty_reported"]


def test_a_new_day_to_look_again_is_reminded_of_again(office: Office, bound: str) -> None:
    duties.say_done(bound, 1, by=office.zhao, text="已转账。")
    clock.set(datetime.datetime(2026, 9, 1, 2, tzinfo=datetime.UTC))
    assert act_on_duties() == 1
    duties.move_day(bound, 2, by=office.zhao, due_on=datetime.date(2026, 10, 9), text="还没完工。")
    clock.set(datetime.datetime(2026, 9, 20, 2, tzinfo=datetime.UTC))
    assert act_on_duties() == 0
    clock.set(datetime.datetime(2026, 10, 9, 2, tzinfo=datetime.UTC))
    assert act_on_duties() == 1
    assert kinds(bound).count("duty_reminder") == 2
    assert "duty_reported" not in kinds(bound)


def test_the_queue_of_promises_goes_on_from_page_to_page(office: Office, bound: str) -> None:
    first = queries.queue("promises", reader=office.zhao, limit=1)
    assert [(row.due_on, row.days_left) for row in first.items] == [(PAY_BY, 18)]
    second = queries.queue("promises", reader=office.zhao, limit=1, after=first.next or "")
    assert [row.promise.kind for row in second.items if row.promise] == ["look_again"]
    assert second.next is None
    assert first.items[0].promise is not None
    assert first.items[0].promise.text == "退还多收的停车费三百元。"
    assert queries.queue("promises", reader=office.feng).items == ()
