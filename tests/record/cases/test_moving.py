"""Who may move a case, who signs, who stands in, what the clock does alone, and what a review changes."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from huiyin.record import clock
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.given import Given
from huiyin.record.cases.held.checking import verify_everything
from huiyin.record.cases.lists import queries
from huiyin.record.cases.models import Case, Receipt, RunningTerm
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering import registration
from huiyin.record.cases.rounds.tick import act_on_terms
from huiyin.record.identity.access import Identity
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.rules.refusal import Refusal
from huiyin.stages.followup.actions import commit_ratings, rate, rating_of
from huiyin.stages.handling import actions as handling
from huiyin.stages.intake.actions import file_complaint, register_at_desk
from tests.cast import Office, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
REPLY = Given(text="已经处理。", outcome="supported", legal_basis="本县公开的办理规则")
GROUNDS = Given(reason="答复没有说到夜里两点的事。")


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def filed(office: Office) -> registration.Registered:
    return file_complaint(complaint(), key=None, digest="")


@pytest.fixture
def assigned(office: Office, filed: registration.Registered) -> str:
    make_move(filed.case_number, "accept", by=office.wu)
    make_move(filed.case_number, "assign", by=office.wu, given=Given(to="zhao-post"))
    return filed.case_number


def holder_of(filed: registration.Registered) -> receipts.Holder:
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


def replied(office: Office, number: str) -> None:
    make_move(number, "reply", by=office.zhao, given=REPLY)
    for signer in (office.qian, office.chen, office.chu, office.wei):
        moves.sign(number, by=signer)


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def test_only_the_post_where_the_draft_waits_may_sign(office: Office, assigned: str) -> None:
    make_move(assigned, "reply", by=office.zhao, given=REPLY)
    for other in (office.zhao, office.chen, office.chu):
        with pytest.raises(Refusal):
            moves.sign(assigned, by=other)
    view = access.open_case(assigned, reader=office.qian, purpose="sign_off")
    assert view.draft is not None
    assert view.draft.may_sign


def test_the_complainant_reads_where_the_draft_waits(
    office: Office, filed: registration.Registered, assigned: str
) -> None:
    make_move(assigned, "reply", by=office.zhao, given=REPLY)
    moves.sign(assigned, by=office.qian)
    view = access.open_as_complainant(holder_of(filed))
    assert view.waiting is not None
    assert view.waiting.officer.name.en == "Chen Lv"
    assert view.draft is None


def test_a_returned_draft_keeps_its_text_and_says_why(office: Office, assigned: str) -> None:
    make_move(assigned, "reply", by=office.zhao, given=REPLY)
    moves.return_draft(assigned, by=office.qian, note="请写明测量的数值。")
    view = access.open_case(assigned, reader=office.zhao)
    assert view.draft is not None
    assert (view.draft.given["text"], view.draft.note) == ("已经处理。", "请写明测量的数值。")
    make_move(assigned, "reply", by=office.zhao, given=REPLY)
    with refused("sign_off_waits"):
        make_move(assigned, "reply", by=office.zhao, given=REPLY)


def test_a_stand_in_signs_while_the_chief_is_away(office: Office, assigned: str) -> None:
    today = clock.today("Asia/Shanghai")
    handling.set_stand_in(
        "qian-post", "zhou", from_on=today, until_on=today + datetime.timedelta(days=3), why="休假", by=office.qian
    )
    make_move(assigned, "reply", by=office.zhao, given=REPLY)
    moves.sign(assigned, by=office.zhou)
    (rule,) = handling.stand_ins(office.qian)
    handling.end_stand_in(rule.id, by=office.qian)
    assert "unit_head" not in office.zhou.roles


def test_a_hand_over_leaves_one_responsible_and_stops_no_clock(office: Office, assigned: str) -> None:
    before = access.open_case(assigned, reader=office.zhao)
    results = handling.hand_over_many([assigned, "0000-0000-00"], to="zhou-post", why="交班", by=office.zhao)
    assert [refusal.code if refusal else None for _, refusal in results] == [None, "not_found"]
    after = access.open_case(assigned, reader=office.zhou)
    assert after.responsible is not None
    assert after.responsible.name.en == "Zhou Li"
    assert after.due_on == before.due_on
    with refused("not_found"):
        access.open_case(assigned, reader=office.zhao)


def test_an_open_case_without_a_responsible_officer_cannot_be_stored(filed: registration.Registered) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.scoped.filter(number=filed.case_number).update(responsible_post=None)


def test_every_row_of_the_case_manager_is_refused_unscoped() -> None:
    with pytest.raises(Exception, match="open_case"):
        Case.objects.all()


def kinds_of(number: str) -> list[str]:
    return [event.kind for event in events_of(ChainRef.case(number))]


def test_a_missed_day_is_noted_once_and_goes_up_the_ladder(office: Office) -> None:
    with clock.story(datetime.datetime(2026, 3, 2, 2, tzinfo=datetime.UTC)):
        filed = file_complaint(complaint(), key=None, digest="")
        assert act_on_terms() == 0
        clock.set(datetime.datetime(2026, 3, 18, 2, tzinfo=datetime.UTC))
        assert act_on_terms() == 2
        assert act_on_terms() == 0
        seen = kinds_of(filed.case_number)
        assert seen.count("term_lapsed") == 2
        clock.set(datetime.datetime(2026, 4, 20, 2, tzinfo=datetime.UTC))
        assert act_on_terms() == 2
        assert act_on_terms() == 0
        assert kinds_of(filed.case_number).count("term_escalated") == 4
        assert access.open_case(filed.case_number, reader=office.he, purpose="supervise").number == filed.case_number
        make_move(filed.case_number, "accept", by=office.wu)
        states = dict(RunningTerm.objects.values_list("term", "state"))
        assert (states["XF-inform"], states["XF-triage"]) == ("met_late", "met_late")
        sequence_pending()
        assert verify_everything() == []


def test_a_review_that_finds_for_li_mei_takes_the_matter_up_again(
    office: Office, filed: registration.Registered, assigned: str
) -> None:
    replied(office, assigned)
    holder = holder_of(filed)
    moves.move_as_complainant(holder, "contest", given=GROUNDS)
    (link,) = access.open_as_complainant(holder).links
    for named in (office.zhao, office.qian):
        with refused("not_found"):
            access.open_case(link.number, reader=named)
    make_move(link.number, "accept", by=office.jiang)
    make_move(link.number, "assign", by=office.jiang, given=Given(to="sun-post"))
    moved = make_move(link.number, "reply", by=office.sun, given=REPLY)
    while moved.is_waiting_for_signature:
        waiting = access.open_as_complainant(holder, link.number).waiting
        assert waiting is not None
        signer = waiting.officer.post.removesuffix("-post")
        moved = moves.sign(link.number, by=getattr(office, signer))
    original = access.open_as_complainant(holder)
    assert original.state.id == "assigned"
    assert original.due_on is not None
    assert verify_everything() == []


def test_contest_is_refused_when_the_window_is_over(
    office: Office, filed: registration.Registered, assigned: str
) -> None:
    replied(office, assigned)
    access.open_as_complainant(holder_of(filed))
    past = clock.today("Asia/Shanghai") - datetime.timedelta(days=1)
    RunningTerm.objects.filter(term="XF-rev-ask").update(due_on=past)
    with refused("window_closed"):
        moves.move_as_complainant(holder_of(filed), "contest", given=GROUNDS)
    make_move(assigned, "close", by=office.zhao)
    assert queries.queue("mine", reader=office.zhao).items == ()


def test_a_card_gives_its_number_and_the_officer_never_sees_a_code(office: Office) -> None:
    ((serial, number, code),) = receipts.make_cards(1)
    registered = register_at_desk(complaint(channel="counter"), by=office.wu, card=serial)
    assert (registered.case_number, registered.receipt_code) == (number, None)
    assert access.open_receipt(number, code, source="here").number == number
    with refused("card_used"):
        register_at_desk(complaint(channel="counter"), by=office.wu, card=serial)
    with refused("card_unknown"):
        register_at_desk(complaint(channel="counter"), by=office.wu, card="0000-0000")


def test_the_code_stands_nowhere_in_clear(filed: registration.Registered) -> None:
    code = (filed.receipt_code or "").encode()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith("cases_search"):
                continue  # holds pairs of characters, no text
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                assert code not in b" ".join(str(value).encode() for value in row), table
    assert len(code) == 20


def test_status_word_tells_state_date_and_name_and_nothing_else(office: Office, filed: registration.Registered) -> None:
    word = filed.status_word.zh
    state, due_on, name = access.tell_status(filed.case_number, word, reader=office.wu)
    assert due_on
    assert name.en == "Wu Jing"
    assert state.en
    with refused("check_digits"):
        access.tell_status(filed.case_number, "错的 词", reader=office.wu)


def test_unsealing_is_for_the_responsible_officer_and_li_mei_reads_it(
    office: Office, filed: registration.Registered, assigned: str
) -> None:
    for nosy in (office.qian, office.wu):
        with pytest.raises(Refusal):
            access.unseal_identity(assigned, reader=nosy, reason="ask_back")
    with refused("reason_missing"):
        access.unseal_identity(assigned, reader=office.zhao, reason="")
    assert access.unseal_identity(assigned, reader=office.zhao, reason="ask_back").name == "李梅"
    looks = access.open_as_complainant(holder_of(filed)).looks
    assert [(look.what, look.name.en) for look in looks if look.what == "identity"] == [("identity", "Zhao Min")]


def test_a_rating_leaves_no_trace_in_the_case(office: Office, filed: registration.Registered, assigned: str) -> None:
    replied(office, assigned)
    holder = holder_of(filed)
    before = len(events_of(ChainRef.case(assigned)))
    rate(holder, solved="no", score=2, comment="还在响")
    rate(holder, solved="partly", score=3, comment="好一点")
    assert len(events_of(ChainRef.case(assigned))) == before
    own = rating_of(holder)
    assert own is not None
    assert (own.solved, own.score) == ("partly", 3)
    assert commit_ratings() == 0  # today's are bound tomorrow


def test_new_contact_replaces_the_old_and_is_not_read_back(filed: registration.Registered, office: Office) -> None:
    holder = holder_of(filed)
    access.replace_contact(holder, Identity(name="李梅", phone="000-0000-0002"))
    assert access.open_as_complainant(holder).has_contact


def test_ended_sessions_open_nothing(filed: registration.Registered) -> None:
    holder = holder_of(filed)
    Receipt.objects.filter(number=filed.case_number).update(epoch=2)
    with refused("not_found"):
        access.open_as_complainant(holder)
