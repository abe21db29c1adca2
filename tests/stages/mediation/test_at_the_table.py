"""A session to a signed agreement that is asked after: what lies on the table, who reads it, and what is destroyed."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection

from huiyin.record import clock
from huiyin.record.cases.given import Given
from huiyin.record.cases.held.verifying import verify_cases
from huiyin.record.cases.moving import moves
from huiyin.record.cases.papers import proving
from huiyin.record.cases.table import side_view
from huiyin.record.cases.who.addressees import addressee
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.record.notices.models import Notice
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation import agreements, asked_alone, later, meetings, seats, talks
from huiyin.stages.mediation.agreements import Draft, TermGiven
from huiyin.stages.mediation.meetings import Meeting
from huiyin.stages.mediation.table_models import Agreement, Offer, PrivateNote, Session
from tests.cast import make_move
from tests.mediating import Table, begun, both_say, make_table_office, table

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])
CANARY = "CANARY-OF-A-PRIVATE-NOTE-7788"
OFFER = "OFFER-CONCEDED-5511 我让出半尺"


def findings() -> list[str]:
    return [str(each) for each in verify_cases(_nothing)]


def _nothing(_what: str, _count: int = 0) -> None:
    pass


def at(days: int, hour: int = 9) -> datetime.datetime:
    return (clock.now() + datetime.timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


def in_days(days: int) -> datetime.date:
    return clock.today("Asia/Shanghai") + datetime.timedelta(days=days)


DRAFT = Draft(
    facts="两家之间的界石移动过。", issues="界线在哪里。", responsibility="各自拆除越界的部分。", manner="由村里见证。",
    terms=(TermGiven("把界石放回原处", datetime.date(2030, 1, 1), side=2), TermGiven("付修墙的钱", datetime.date(2030, 1, 1), 1, 300_050)),
)  # fmt: skip


@pytest.fixture
def seated():
    office = make_table_office()
    return office, begun(table(), office)


def agreed(office, at_table: Table) -> str:
    agreements.draft(at_table.number, DRAFT, by=office.lan)
    agreements.read_out(at_table.number, by=office.lan)
    agreements.sign_as_side(at_table.asker, at_table.number, number=1, has_read=True)
    agreements.sign_as_side(at_table.other, at_table.other_number, number=1, has_read=True)
    return agreements.conclude(at_table.number, by=office.lan, language="zh-hans")


def test_a_time_stands_only_when_it_suits_both(seated):
    office, t = seated
    number = meetings.propose(t.number, Meeting((at(2), at(3)), "on_site", place="村委会"), by=office.lan)
    meetings.say_times(t.asker, t.number, number, {1: "yes", 2: "if_need_be"})
    with pytest.raises(Refusal, match="does_not_suit"):
        meetings.fix(t.number, number, 2, by=office.lan)
    meetings.say_times(t.other, t.other_number, number, {1: "no", 2: "yes"})
    seat = seats.read_by_side(t.other, t.other_number)
    mine = meetings.one(seat, number)
    assert mine.best == 2 and mine.times[0].said == {2: "no"}, "a side does not read what the other said of a time"
    meetings.fix(t.number, number, 2, by=office.lan)
    assert "BEGIN:VEVENT" in meetings.calendar_file(seat, number)
    assert meetings.remind() == 0
    Session.objects.update(starts_at=clock.now() + datetime.timedelta(hours=20))
    assert meetings.remind() == 1 and meetings.remind() == 0
    Session.objects.update(starts_at=at(3))
    meetings.hold(t.number, number, by=office.lan, came=[1, 2], record="双方量了界线。", beside=["elder"])
    assert findings() == []
    meetings.void(t.number, number, by=office.lan, why="后来发现调解员与一方有亲戚关系。")
    assert meetings.one(seat, number).state == "void"
    assert findings() == []


def test_no_joint_session_where_a_side_is_not_safe(seated):
    office, t = seated
    asked_alone.say_whether_safe(t.other, "no", case_number=t.other_number)
    with pytest.raises(Refusal, match="not_safe_together"):
        meetings.propose(t.number, Meeting((at(2),), "phone"), by=office.lan)
    number = meetings.propose(t.number, Meeting((at(2),), "phone", with_side=2), by=office.lan)
    assert meetings.sessions_of(seats.read_by_side(t.asker, t.number)) == ()
    with pytest.raises(Refusal, match="not_found"):
        meetings.say_times(t.asker, t.number, number, {1: "yes"})
    meetings.say_times(t.other, t.other_number, number, {1: "yes"})


def test_a_form_sent_again_over_a_bad_line_counts_once(seated):
    office, t = seated
    for _ in range(2):
        talks.offer(t.asker, t.number, OFFER, key="one random key")
        meetings.propose(t.number, Meeting((at(2),), "phone"), by=office.lan, key="another")
    assert Offer.objects.count() == 1 and Session.objects.count() == 1


def whole_database() -> str:
    found = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            if name == "cases_search":  # an index without content; its parts are tables of their own
                continue
            cursor.execute(f'SELECT * FROM "{name}"')
            found.append(
                repr([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()])
            )
    return "\n".join(found)


def test_private_notes_reach_nobody_else_and_do_not_outlive_the_mediation(seated):
    office, t = seated
    talks.note_as_mediator(t.number, CANARY + " 调解员", by=office.lan)
    talks.note_as_side(t.other, t.other_number, CANARY + " 一方")
    assert CANARY not in whole_database(), "sealed where they lie"
    assert len(talks.notes_of(seats.read_by_office(t.number, office.lan))) == 2
    assert talks.notes_of(seats.read_by_office(t.number, office.wu)) == (), (
        "the page says: the mediator, and nobody else"
    )
    talks.note_as_mediator(t.number, "登记员自己的话", by=office.wu)
    assert [each.text for each in talks.notes_of(seats.read_by_office(t.number, office.wu))] == ["登记员自己的话"]
    assert talks.notes_of(seats.read_by_side(t.asker, t.number)) == ()
    assert CANARY not in repr(side_view.open_as_side(t.asker, t.number))
    assert CANARY not in proving.history_as_complainant(t.asker, case_number=t.number).text
    kinds = [event.kind for event in events_of(ChainRef.case(t.number))]
    assert "table_kept" not in kinds, "the ledger does not even say that a note was written"
    agreed(office, t)
    assert not PrivateNote.objects.exists()
    with pytest.raises(Refusal, match="not_allowed_now"):
        talks.note_as_mediator(t.number, CANARY, by=office.lan)


def test_what_was_conceded_in_a_failed_mediation_is_closed_away(seated):
    office, t = seated
    first = talks.offer(t.asker, t.number, OFFER)
    talks.offer(t.other, t.other_number, "COUNTER-2244", answers=first)
    talks.fact_as_mediator(t.number, "FACT-9944 界石在树下", by=office.lan)
    talks.say_fact(t.asker, t.number, 1, is_so=True)
    agreements.draft(t.number, DRAFT, by=office.lan)
    seat = seats.read_by_side(t.asker, t.number)
    assert [each.state for each in talks.offers_of(seat)] == ["open", "countered"]
    assert talks.facts_of(seat)[0].state == "open"
    assert findings() == []
    make_move(t.number, "end_no_agreement", by=office.lan, given=Given(route="court", text="没有达成协议。"))
    assert {each.text for each in talks.offers_of(seat)} == {""} and talks.facts_of(seat)[0].text == ""
    assert agreements.agreements_of(seat) == ()
    assert "两家之间的界石移动过" not in whole_database()
    assert findings() == []


def test_nobody_answers_the_own_offer_and_all_others_take_it(seated):
    _office, t = seated
    number = talks.offer(t.asker, t.number, OFFER)
    with pytest.raises(Refusal, match="not_your_move"):
        talks.answer_offer(t.asker, t.number, number, "take")
    talks.answer_offer(t.other, t.other_number, number, "take")
    assert talks.offers_of(seats.read_by_side(t.asker, t.number))[0].state == "taken"


@pytest.mark.parametrize("bad", ["双方保证不再上访。", "The second side will waive any claim.", "今后不得起诉"])
def test_an_agreement_outside_the_law_is_refused_and_what_stood_there_stays(seated, bad):
    office, t = seated
    agreements.draft(t.number, DRAFT, by=office.lan)
    with pytest.raises(Refusal) as refused:
        agreements.draft(t.number, Draft(facts=bad, terms=DRAFT.terms), by=office.lan)
    assert (refused.value.code, refused.value.params["field"]) == ("agreement_bars", "facts")
    assert Agreement.objects.get().facts == DRAFT.facts


def test_changing_a_word_undoes_every_signature(seated):
    office, t = seated
    agreements.draft(t.number, DRAFT, by=office.lan)
    with pytest.raises(Refusal, match="read_first"):
        agreements.sign_as_side(t.asker, t.number, number=1, has_read=True)
    agreements.read_out(t.number, by=office.lan)
    agreements.sign_as_side(t.asker, t.number, number=1, has_read=True)
    agreements.draw(t.number, by=office.lan, drawn="100,200 800,240", words="从界石到老树", picture=(3, 1200, 800))
    view = agreements.agreements_of(seats.read_by_side(t.other, t.other_number))[0]
    assert view.signed == {} and view.state == "draft" and view.polyline == "120,160 960,192"
    with pytest.raises(Refusal, match="read_first"):
        agreements.conclude(t.number, by=office.lan, language="zh-hans")


def test_signed_by_all_it_becomes_the_packs_agreement_with_its_letter(seated):
    office, t = seated
    number = agreed(office, t)
    view = agreements.agreements_of(seats.read_by_side(t.other, t.other_number))[0]
    assert view.state == "effective" and view.document == number and view.days_left == 31 and view.may_be_confirmed
    assert side_view.open_as_side(t.other).state.id == "agreed"
    assert findings() == []
    agreements.say_term(t.other, t.other_number, agreement=1, term=1, word="kept")
    agreements.say_term(t.asker, t.number, agreement=1, term=1, word="broken", text="只放了一半")
    view = agreements.agreements_of(seats.read_by_office(t.number, office.lan))[0]
    assert [each.state for each in view.terms] == ["broken", "open"] and view.terms[1].amount == "3,000.50"
    assert findings() == []


def test_in_person_a_side_signs_with_its_own_code_or_on_paper(seated):
    office, t = seated
    agreements.draft(t.number, DRAFT, by=office.lan)
    agreements.read_out(t.number, by=office.lan)
    with pytest.raises(Refusal, match="check_digits"):
        agreements.sign_by_code(
            t.number, by=office.lan, receipt=t.other_number, code=t.asker_code, number=1, source="desk"
        )
    assert (
        agreements.sign_by_code(
            t.number, by=office.lan, receipt=t.other_number, code=t.other_code, number=1, source="desk"
        )
        == 2
    )
    with pytest.raises(Refusal, match="not_all_signed"):
        agreements.conclude(t.number, by=office.lan, language="en")
    agreements.sign_on_paper(t.number, by=office.lan, side=1, how="thumbprint", number=1, scan=None)
    agreements.conclude(t.number, by=office.lan, language="en")
    assert findings() == []


def test_somebody_other_than_the_mediator_asks_whether_it_holds_and_silence_leaves_no_mark(seated):
    office, t = seated
    agreed(office, t)
    assert later.ask_all() == 0
    with pytest.raises(Refusal, match="not_found"):
        later.answer(t.asker, t.number, holds="yes")
    with clock.story(clock.now() + datetime.timedelta(days=80)):
        assert later.ask_all() == 1 and later.ask_all() == 0
        later.answer(t.asker, t.number, holds="yes", content="partly", visit_on=in_days(90))
        with pytest.raises(Refusal, match="asked_by_mediator"):
            later.answer_by_call(t.number, by=office.lan, side=2, channel="call", holds="yes")
        with pytest.raises(Refusal, match="no_visit_wished"):
            later.answer_by_call(t.number, by=office.wu, side=2, channel="visit", holds="yes")
        later.answer_by_call(t.number, by=office.wu, side=2, channel="call", holds="no")
        seat = seats.read_by_office(t.number, office.wu)
        assert [(each.side, each.holds) for each in later.askings_of(seat)[0].replies] == [(1, "yes"), (2, "no")]
        assert later.askings_of(seats.read_by_side(t.asker, t.number))[0].replies == ()
        later.sit_down_again(t.other, t.other_number, "界石又挪了")
        moves.consent_as_side(t.asker, "begin", "yes", case_number=t.number)
        make_move(t.number, "mediate_again", by=office.wu)
        assert findings() == []


def test_help_is_a_duty_with_a_day_that_the_other_side_does_not_see(seated):
    office, t = seated
    later.ask_for_help(t.other, t.other_number, "legal_aid", "请不起律师")
    with pytest.raises(Refusal, match="repeated"):
        later.ask_for_help(t.other, t.other_number, "legal_aid", "")
    assert later.help_of(seats.read_by_side(t.asker, t.number)) == ()
    later.answer_help(t.number, 1, by=office.lan, outcome="arranged", text="已转县法律援助中心。")
    assert later.help_of(seats.read_by_side(t.other, t.other_number))[0].outcome == "arranged"
    assert "help" not in {event.kind for event in events_of(ChainRef.case(t.number))}
    assert findings() == []


def test_the_table_is_held_against_its_history(seated):
    _office, t = seated
    talks.offer(t.asker, t.number, OFFER)
    Offer.objects.update(state="taken", taken_by=[2])
    assert any("table_sha256" in each for each in findings())


def test_all_agree_is_asked_of_both(seated):
    office, t = seated
    both_say(t, "agree", "no")
    agreements.draft(t.number, DRAFT, by=office.lan)
    agreements.read_out(t.number, by=office.lan)
    agreements.sign_as_side(t.asker, t.number, number=1, has_read=True)
    with pytest.raises(Refusal):
        agreements.conclude(t.number, by=office.lan, language="zh-hans")


def test_the_other_side_is_told_without_content_and_under_its_own_number(seated):
    office, t = seated
    party = Notice._meta.get_field("party").related_model.objects.get(case__number=t.number, kind="other_party")
    Notice.objects.filter(party=party).update(state="done", settled_at=clock.now())
    before = Notice.objects.filter(party=party).count()
    talks.offer(t.other, t.other_number, OFFER)
    assert Notice.objects.filter(party=party).count() == before, "nobody is told of the own deed"
    talks.offer(t.asker, t.number, OFFER)
    assert Notice.objects.filter(party=party).count() == before + 1
    whom = addressee(party.pk)
    assert (whom.side, whom.own_number, whom.case_number) == (2, t.other_number, t.number)
    assert office
