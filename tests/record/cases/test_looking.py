"""A question about a look: answered with reasons by whoever looked, or by somebody above, by a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest

from huiyin.record import clock, remembered
from huiyin.record.bodies.models import Appointment, Officer, Post, StandIn, Unit
from huiyin.record.cases.asks import ask_views
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.deeds import answering, looking, pressure
from huiyin.record.cases.given import Given
from huiyin.record.cases.lists import queries
from huiyin.record.cases.models import Ask, Barred, Case
from huiyin.record.cases.opening import access
from huiyin.record.cases.rounds.ask_tick import act_on_asks
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
BEGAN = datetime.datetime(2026, 3, 2, 2, tzinfo=datetime.UTC)
WHY = "您为什么看我的事项？"


@pytest.fixture(autouse=True)
def story() -> Iterator[None]:
    with clock.story(BEGAN):
        yield


@pytest.fixture
def office(story: None) -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def holder(office: Office) -> receipts.Holder:
    filed = file_complaint(complaint(), key=None, digest="")
    make_move(filed.case_number, "accept", by=office.wu)
    make_move(filed.case_number, "assign", by=office.wu, given=Given(to="zhao-post"))
    access.open_case(filed.case_number, reader=office.zhao)
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def look_of(holder: receipts.Holder, name: str) -> int:
    return next(look.seq for look in access.open_as_complainant(holder).looks if look.name.en == name)


def away(office: Office, name: str, until: datetime.date = datetime.date(2027, 1, 1)) -> None:
    """Somebody else stands in for the post."""
    StandIn.objects.create(
        post=Post.objects.get(code=f"{name}-post"), officer=Officer.objects.get(code="feng"),
        from_on=datetime.date(2026, 1, 1), until_on=until, why="leave",
    )  # fmt: skip
    remembered.forget()


def answers(office: Office) -> str:
    return Ask.objects.get().owed_by.code


def test_whoever_looked_says_why(office: Office, holder: receipts.Holder) -> None:
    seq = look_of(holder, "Zhao Min")
    key = looking.ask_about_look(holder, seq, text=WHY)
    row = Ask.objects.get()
    assert (row.owed_by.code, row.due_on) == ("zhao-post", datetime.date(2026, 3, 9)), "five working days"
    assert [each.number for each in queries.queue("asked", reader=office.zhao).items] == [holder.number]
    assert queries.counts(office.zhao)["asked"] == 1
    asked = ask_views.to_answer(holder.number, key, by=office.zhao)
    assert asked.look is not None
    assert (asked.look.seq, asked.view.text) == (seq, WHY)
    for other in (office.zhou, office.qian, office.wu, office.zheng):
        with refused("not_found"):
            answering.answer(holder.number, key, by=other, text="x")
    answering.answer(holder.number, key, by=office.zhao, text="我是责任人，需要了解情况。")
    view = access.open_as_complainant(holder)
    shown = view.asked_about(next(look for look in view.looks if look.seq == seq))
    assert shown is not None
    assert (shown.state, shown.answer) == ("answered", "我是责任人，需要了解情况。")
    assert queries.counts(office.zhao)["asked"] == 0
    with refused("repeated"):
        looking.ask_about_look(holder, seq, text=WHY)


def test_the_colleagues_do_not_read_that_it_was_asked(office: Office, holder: receipts.Holder) -> None:
    looking.ask_about_look(holder, look_of(holder, "Zhao Min"), text=WHY)
    view = access.open_case(holder.number, reader=office.qian)
    assert view.asks == ()
    assert "look_asked" not in {entry.kind for entry in view.timeline}
    assert "look_asked" in {entry.kind for entry in access.open_as_complainant(holder).timeline}


def test_while_that_officer_is_away_the_head_of_the_unit_answers(office: Office, holder: receipts.Holder) -> None:
    away(office, "zhao")
    looking.ask_about_look(holder, look_of(holder, "Zhao Min"), text=WHY)
    assert answers(office) == "qian-post"


def test_who_has_another_post_now_is_asked_there(office: Office, holder: receipts.Holder) -> None:
    seq = look_of(holder, "Zhao Min")
    post = Post.objects.create(
        code="new-post", unit=Unit.objects.get(code="hill"), title_zh="警", title_en="x", roles=[]
    )
    Appointment.objects.filter(officer__code="zhao").update(until_on=datetime.date(2026, 3, 1))
    Appointment.objects.create(officer=Officer.objects.get(code="zhao"), post=post, from_on=datetime.date(2026, 3, 2))
    remembered.forget()
    looking.ask_about_look(holder, seq, text=WHY)
    assert answers(office) == "new-post"


def test_who_must_stay_away_by_now_is_not_asked_nor_the_unit(office: Office, holder: receipts.Holder) -> None:
    seq = look_of(holder, "Zhao Min")
    Barred.objects.create(case=Case.scoped.get(number=holder.number), unit=Unit.objects.get(code="harbour"))
    looking.ask_about_look(holder, seq, text=WHY)
    assert answers(office) == "chu-post", "the head of the bureau, whom the matter does not concern"


def test_only_a_look_of_an_officer_is_asked_about(office: Office, holder: receipts.Holder) -> None:
    events = events_of(ChainRef.case(holder.number))
    own = next(event.seq for event in reversed(events_of(ChainRef.case(holder.number))) if event.kind == "case_moved")
    for seq in (1, own, 10_000, events[-1].seq + 5):
        with refused("not_found"):
            looking.ask_about_look(holder, seq, text=WHY)
    access.open_as_complainant(holder)
    used = next(event.seq for event in events_of(ChainRef.case(holder.number)) if event.kind == "receipt_used")
    with refused("not_found"):
        looking.ask_about_look(holder, used, text=WHY)
    with refused("empty"):
        looking.ask_about_look(holder, look_of(holder, "Zhao Min"), text=" ")
    with refused("too_long"):
        looking.ask_about_look(holder, look_of(holder, "Zhao Min"), text="问" * 2_001)


def test_what_is_not_answered_goes_up_rung_by_rung(office: Office, holder: receipts.Holder) -> None:
    looking.ask_about_look(holder, look_of(holder, "Zhao Min"), text=WHY)
    seen = []
    while (row := Ask.objects.get()).next_act_on is not None:
        seen.append(row.owed_by.code)
        clock.set(datetime.datetime.combine(row.next_act_on, datetime.time(2), datetime.UTC))
        assert act_on_asks() == 1
        assert act_on_asks() == 0, "once"
    assert list(dict.fromkeys(seen)) == ["zhao-post", "qian-post", "chu-post", "shen-post"]
    told = [entry.kind for entry in access.open_as_complainant(holder).timeline]
    assert told.count("ask_reported") == 3
    assert told.count("ask_missed") == 1
    assert Ask.objects.get().state == "open", "it can still be answered"


def test_a_look_from_outside_can_be_asked_about_too(office: Office, holder: receipts.Holder) -> None:
    pressure.report_pressure(holder, text="有人催我。")
    access.open_case(holder.number, reader=office.zheng)
    looking.ask_about_look(holder, look_of(holder, "Zheng An"), text=WHY)
    assert answers(office) == "zheng-post"
    assert "look_asked" not in {entry.kind for entry in access.open_case(holder.number, reader=office.zhao).timeline}
