"""A notice stands or falls with its event, whoever wrote it and however many at once."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from huiyin.record import clock
from huiyin.record.cases.deeds import messages
from huiyin.record.cases.given import Given
from huiyin.record.cases.opening import access
from huiyin.record.cases.rounds.tick import act_on_terms
from huiyin.record.cases.shown.timeline import LOOKS, SENTENCES
from huiyin.record.identity.access import Identity
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.record.notices.models import Notice
from huiyin.record.notices.occasions import SILENT, TELLING, is_told
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def number(office: Office) -> str:
    return file_complaint(complaint(), key=None, digest="").case_number


def rows(number: str) -> list[Notice]:
    return list(Notice.objects.filter(party__case__number=number).order_by("id"))


def last_seq(number: str) -> int:
    return events_of(ChainRef.case(number))[-1].seq


def test_every_event_that_shows_in_the_story_is_told_or_silent_for_a_reason():
    assert set(SENTENCES) | LOOKS | {"case_moved"} <= TELLING | set(SILENT)
    assert not TELLING & set(SILENT)
    assert all(SILENT.values())


def test_filing_makes_no_notice(number):
    assert rows(number) == []


def test_an_officers_step_makes_one_notice_however_many_events_it_has(office, number):
    make_move(number, "accept", by=office.wu)
    (notice,) = rows(number)
    assert notice.state == "waiting"
    assert notice.told_until == last_seq(number)


def test_what_happens_next_joins_the_notice_that_waits(office, number):
    make_move(number, "accept", by=office.wu)
    make_move(number, "assign", by=office.wu, given=Given(to="zhao-post"))
    messages.write_as_office(number, "请带来照片。", by=office.zhao)
    (notice,) = rows(number)
    assert notice.told_until == last_seq(number) > notice.number


def test_what_happens_while_one_is_being_sent_gets_a_notice_of_its_own(office, number):
    messages.write_as_office(number, "请带来照片。", by=office.wu)
    Notice.objects.update(tries=1)
    messages.write_as_office(number, "还有发票。", by=office.wu)
    first, second = rows(number)
    assert first.told_until < second.number


def test_an_event_that_is_undone_takes_its_notice_along(office, number):
    with transaction.atomic():
        messages.write_as_office(number, "请带来照片。", by=office.wu)
        assert len(rows(number)) == 1
        transaction.set_rollback(True)
    assert rows(number) == []


def test_nobody_is_told_of_their_own_deed(office):
    filed = file_complaint(complaint(), key=None, digest="")
    holder = access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")
    messages.write_as_complainant(holder, "还有一张照片。")
    access.open_as_complainant(holder)
    assert rows(filed.case_number) == []
    assert not is_told("case_moved", by="complainant")
    assert is_told("case_moved", by="officer")


def test_the_clock_tells_the_people_of_many_cases_that_a_day_was_missed(office):
    with clock.story(datetime.datetime(2026, 3, 2, 2, tzinfo=datetime.UTC)):
        numbers = [file_complaint(complaint(), key=None, digest="").case_number for _ in range(3)]
        clock.set(datetime.datetime(2026, 3, 13, 2, tzinfo=datetime.UTC))
        act_on_terms()
        assert [rows(number) for number in numbers] == [[], [], []], "a reminder is the office's own alarm clock"
        clock.set(datetime.datetime(2026, 3, 20, 2, tzinfo=datetime.UTC))
        act_on_terms()
        for number in numbers:
            (notice,) = rows(number)
            told = [each.kind for each in events_of(ChainRef.case(number)) if each.seq <= notice.told_until]
            assert told[-1] == "term_lapsed"


def test_the_row_of_somebody_without_an_address_looks_like_any_other(office):
    filings = (complaint(), complaint(identity=None), complaint(confidentiality="anonymous", identity=None))
    found = []
    for filing in filings:
        number = file_complaint(filing, key=None, digest="").case_number
        make_move(number, "accept", by=office.wu)
        (notice,) = rows(number)
        found.append((notice.number, notice.told_until, notice.state, notice.tries, notice.settled_at))
    assert len(set(found)) == 1


def test_a_new_contact_is_told_what_the_old_one_could_not_be(office):
    filed = file_complaint(complaint(), key=None, digest="")
    holder = access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")
    access.replace_contact(holder, Identity(name="李梅", email="new@example.org"))
    assert rows(filed.case_number) == [], "there was nothing to tell again"
    messages.write_as_office(filed.case_number, "请带来照片。", by=office.wu)
    Notice.objects.update(state="undelivered", tries=6, settled_at=clock.now())
    access.replace_contact(holder, Identity(name="李梅", email="newer@example.org"))
    lost, again = rows(filed.case_number)
    assert (lost.state, again.state) == ("done", "waiting")
    assert again.number == last_seq(filed.case_number)


def test_an_event_in_the_chain_of_a_body_or_of_no_case_makes_no_notice(office):
    for chain in (ChainRef.body("letters"), ChainRef.case("0000-0000-00")):
        append_event(chain, "case_moved", actor=office.wu.actor(), details={})
    append_event(ChainRef.case("0000-0000-00"), "contact_replaced", actor=Actor.complainant(), details={})
    assert not Notice.objects.exists()


def test_the_database_holds_one_gathering_notice_for_a_party(office, number):
    messages.write_as_office(number, "请带来照片。", by=office.wu)
    (notice,) = rows(number)
    now = clock.now()
    values = {"party_id": notice.party_id, "told_until": 99, "made_at": now, "next_try_at": now}
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(number=99, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(number=99, state="done", tries=1, **values)
