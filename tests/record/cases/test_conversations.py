"""A call or a visit is written down, may agree on a way of talking for a while, and stops nobody from anything."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from huiyin.record import clock
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.deeds import coming_back, messages
from huiyin.record.cases.given import Given
from huiyin.record.cases.lists import queries
from huiyin.record.cases.lists.search import search
from huiyin.record.cases.models import Conversation
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering import registration
from huiyin.record.cases.words import conversations
from huiyin.record.cases.words.conversations import Conduct
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules import conversations as rule
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
SAID = "来电说梧桐树下的工地昨夜又开工。"
REASON = "两边同时说话，谁也没有听清。"


def today(days: int = 0) -> datetime.date:
    return clock.today("Asia/Shanghai") + datetime.timedelta(days=days)


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def filed(office: Office) -> registration.Registered:
    return file_complaint(complaint(), key=None, digest="")


@pytest.fixture
def holder(filed: registration.Registered) -> receipts.Holder:
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


def note(office: Office, number: str, **changes: Any) -> None:
    values: dict[str, Any] = {"kind": "call", "held_on": today(), "text": SAID, "by": office.wu}
    conversations.note_conversation(number, **(values | changes))


@pytest.fixture
def agreed(office: Office, filed: registration.Registered) -> str:
    """Registrar Wu wrote down a call, and how to go on talking for ten days."""
    conduct = Conduct("one_at_a_time", REASON, today(10))
    note(office, filed.case_number, was_read_back=True, conduct=conduct)
    return filed.case_number


def test_li_mei_reads_at_once_what_was_written_down(office: Office, holder: receipts.Holder, agreed: str) -> None:
    (seen,) = access.open_as_complainant(holder).conversations
    assert (seen.text, seen.was_read_back, seen.held_on, seen.officer and seen.officer.en) == (
        SAID, True, today(), "Wu Jing",
    )  # fmt: skip
    assert seen.talking is not None
    assert (seen.talking.reason, seen.talking.ends_on, seen.talking.runs) == (REASON, today(10), True)
    (event,) = [each for each in events_of(ChainRef.case(agreed)) if each.kind == "conversation_noted"]
    assert set(event.details) == {
        "how",
        "on",
        "read_back",
        "text_sha256",
    }  # of a way of talking the ledger keeps nothing


def test_it_ends_by_its_date_alone_and_leaves_no_mark_on_the_desk(
    office: Office, holder: receipts.Holder, agreed: str
) -> None:
    (on_desk,) = access.open_case(agreed, reader=office.wu).conversations
    assert on_desk.talking is not None
    with clock.story(clock.now() + datetime.timedelta(days=11)):
        (later,) = access.open_case(agreed, reader=office.wu).conversations
        assert (later.text, later.talking) == (SAID, None)
        (hers,) = access.open_as_complainant(holder).conversations
        assert hers.talking is not None and not hers.talking.runs


def test_while_it_runs_everything_stays_open(office: Office, holder: receipts.Holder, agreed: str) -> None:
    plain = file_complaint(complaint(), key=None, digest="")
    other = access.open_receipt(plain.case_number, plain.receipt_code or "", source="there")
    assert [offer.refusal for offer in access.open_as_complainant(holder).offers] == [
        offer.refusal for offer in access.open_as_complainant(other).offers
    ]
    messages.write_as_complainant(holder, "我不同意这样的约定。")
    make_move(agreed, "accept", by=office.wu)
    make_move(agreed, "assign", by=office.wu, given=Given(to="zhao-post"))
    make_move(agreed, "reply", by=office.zhao, given=Given("已停工。", outcome="explained", legal_basis="规则"))
    for signer in (office.qian, office.chen, office.chu, office.wei):
        moves.sign(agreed, by=signer)
    assert access.open_as_complainant(holder).answer is not None
    moves.ask_for_review(holder, given=Given(reason="没有解决。"))
    assert access.open_as_complainant(holder).state.id == "contested"
    page = Client().post("/api/v1/track/messages", {}, content_type="application/json")
    assert page.status_code != 500
    assert file_complaint(complaint(), key=None, digest="").case_number


def test_it_stands_on_no_other_matter_in_no_list_and_no_search(
    office: Office, holder: receipts.Holder, agreed: str
) -> None:
    make_move(agreed, "decline", by=office.wu, given=Given("告知", "litigation", "court", legal_basis="规则"))
    again = coming_back.come_back(holder, what_is_new="又开工了。")
    assert access.open_as_complainant(holder, again).conversations == ()
    assert access.open_case(again, reader=office.wu).conversations == ()
    assert search("梧桐树", reader=office.wu).items == ()
    line = next(row for row in queries.queue("unit", reader=office.wu).items if row.number == again)
    assert SAID not in repr(line) and REASON not in repr(line)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "长" * 5_001}, "text"),
        ({"kind": "patrol"}, "kind"),
        ({"held_on": datetime.date(2999, 1, 1)}, "on"),
        ({"conduct": Conduct("never_again", REASON, datetime.date(2999, 1, 1))}, "conduct"),
        ({"conduct": Conduct("no_insults", " ", datetime.date(2999, 1, 1))}, "reason"),
        ({"conduct": Conduct("no_insults", REASON, datetime.date(2999, 1, 1))}, "ends_on"),
        ({"conduct": Conduct("no_insults", REASON, datetime.date(2020, 1, 1))}, "ends_on"),
        ({"conduct": Conduct("no_insults", REASON, None)}, "ends_on"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(
    office: Office, filed: registration.Registered, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        note(office, filed.case_number, **changes)
    assert refused.value.params["field"] == field
    assert not Conversation.objects.exists()


def test_only_whoever_may_act_in_the_matter_writes(office: Office, filed: registration.Registered) -> None:
    with pytest.raises(Refusal, match="not_found"):
        note(office, filed.case_number, by=office.feng)


@given(st.dates(datetime.date(2024, 1, 1), datetime.date(2030, 1, 1)), st.integers(-40, 40), st.integers(0, 60))
def test_a_way_of_talking_never_lasts_longer_than_thirty_days(held_on: datetime.date, length: int, later: int) -> None:
    ends_on, on = held_on + datetime.timedelta(days=length), held_on + datetime.timedelta(days=later)
    try:
        rule.check_conduct("no_insults", REASON, ends_on, held_on=held_on, today=on)
    except Refusal:
        assert ends_on < on or length > 30
    else:
        assert on <= ends_on <= held_on + datetime.timedelta(days=30)
        assert not rule.runs(ends_on, held_on + datetime.timedelta(days=31))
