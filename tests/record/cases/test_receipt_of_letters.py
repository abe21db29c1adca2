"""The time to ask for a review runs from the day the answer is received: not before, and never unseen."""

from __future__ import annotations

import datetime

import pytest

from huiyin.record import clock
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.given import Given
from huiyin.record.cases.models import CaseLink, RunningTerm
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import letters
from huiyin.record.cases.registering import registration
from huiyin.record.cases.who.grants import grant_desk
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
REPLY = Given(text="已经处理。", outcome="explained", legal_basis="信访工作条例第三十二条")
GROUNDS = Given(reason="答复没有说到夜里两点的事。")
MONDAY = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def answered(office: Office) -> registration.Registered:
    """Answered on 2 March 2026, and nobody has read it."""
    with clock.story(MONDAY):
        filed = file_complaint(complaint(), key=None, digest="")
        make_move(filed.case_number, "accept", by=office.wu)
        make_move(filed.case_number, "assign", by=office.wu, given=Given(to="zhao-post"))
        make_move(filed.case_number, "reply", by=office.zhao, given=REPLY)
        for signer in (office.qian, office.chen, office.chu, office.wei):
            moves.sign(filed.case_number, by=signer)
    return filed


def holder_of(filed: registration.Registered) -> receipts.Holder:
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


def window_of(filed: registration.Registered) -> RunningTerm:
    return RunningTerm.objects.get(case__number=filed.case_number, term="XF-rev-ask")


def later(days: int) -> datetime.datetime:
    return MONDAY + datetime.timedelta(days=days)


def test_what_was_not_received_is_never_over(office: Office, answered: registration.Registered) -> None:
    with clock.story(later(300)):
        view = access.open_case(answered.case_number, reader=office.zhao)
        close = next(offer for offer in view.offers if offer.move.id == "close")
        assert close.refusal is not None
        assert next(term for term in view.terms if term.id == "XF-rev-ask").is_unopened


def test_reading_it_on_the_portal_opens_the_window_that_day(office: Office, answered: registration.Registered) -> None:
    with clock.story(later(40)):
        view = access.open_as_complainant(holder_of(answered))
        row = window_of(answered)
        assert (row.starts_on, row.waits_for) == (later(40).date(), "")
        assert row.due_on == datetime.date(2026, 5, 11)
        assert row.first_due_on == row.due_on
        assert any(entry.kind == "window_opened" for entry in view.timeline)
    with clock.story(later(60)):
        access.open_as_complainant(holder_of(answered))
        assert window_of(answered).starts_on == later(40).date()


def test_handing_it_over_opens_the_window_and_posting_it_does_not(
    office: Office, answered: registration.Registered
) -> None:
    with clock.story(later(5)):
        letter = access.open_case(answered.case_number, reader=office.zhao).letters[-1]
        letters.record_service(answered.case_number, letter.id, how="post", on=later(2).date(), by=office.zhao)
        assert window_of(answered).waits_for == letter.number
        letters.record_service(answered.case_number, letter.id, how="handed_over", on=later(4).date(), by=office.zhao)
        assert window_of(answered).starts_on == later(4).date()
        kinds = [event.kind for event in events_of(ChainRef.case(answered.case_number))]
        assert kinds.count("window_opened") == 1


def test_asking_late_is_open_and_a_person_decides(office: Office, answered: registration.Registered) -> None:
    with clock.story(later(1)):
        access.open_as_complainant(holder_of(answered))
    with clock.story(later(60)):
        with pytest.raises(Refusal) as refused:
            moves.move_as_complainant(holder_of(answered), "contest", given=GROUNDS)
        assert refused.value.code == "window_closed"
        moves.ask_for_review(holder_of(answered), given=GROUNDS)
        link = CaseLink.objects.select_related("to_case").get(from_case__number=answered.case_number)
        assert link.is_late
        view = access.open_case(link.to_case.number, reader=office.jiang)
        assert view.procedure.id == "cn-xinfang-review"
        make_move(view.number, "assign", by=office.jiang, given=Given(to="sun-post"))


@pytest.mark.parametrize(("days", "is_late"), [(10, False), (60, True)])
def test_a_review_can_be_declined_only_when_it_was_asked_for_late(
    office: Office, answered: registration.Registered, days: int, is_late: bool
) -> None:
    with clock.story(later(1)):
        access.open_as_complainant(holder_of(answered))
    with clock.story(later(days)):
        moves.ask_for_review(holder_of(answered), given=GROUNDS)
        link = CaseLink.objects.select_related("to_case").get(from_case__number=answered.case_number)
        assert link.is_late == is_late
        grant_desk("sun-post", "city-police-desk", why="reviews at this desk")
        given = Given(text="没有正当理由。", legal_basis="信访工作条例第三十五条", reason="out_of_time")
        if is_late:
            make_move(link.to_case.number, "decline", by=office.sun, given=given)
        else:
            with pytest.raises(Refusal) as refused:
                make_move(link.to_case.number, "decline", by=office.sun, given=given)
            assert refused.value.code == "not_allowed_now"


def test_who_reviews_reads_the_earlier_file_and_moves_nothing_in_it(
    office: Office, answered: registration.Registered
) -> None:
    with clock.story(later(1)):
        access.open_as_complainant(holder_of(answered))
        moves.ask_for_review(holder_of(answered), given=GROUNDS)
        review = CaseLink.objects.select_related("to_case").get(from_case__number=answered.case_number).to_case.number
        make_move(review, "assign", by=office.jiang, given=Given(to="sun-post"))
    with clock.story(later(2)):
        view = access.open_case(answered.case_number, reader=office.sun, purpose="review")
        assert view.documents[-1].text == REPLY.text
        assert [offer for offer in view.offers if offer.refusal is None] == []
        with pytest.raises(Refusal) as refused:
            access.open_case(answered.case_number, reader=office.jiang)  # handed on: no longer hers to read
        assert refused.value.code == "not_found"
        given = Given(text="复查意见。", outcome="not_supported", legal_basis="信访工作条例第三十五条")
        make_move(review, "reply", by=office.sun, given=given)
        for signer in (office.shen,) * 4:
            if access.open_case(review, reader=office.sun).draft is None:
                break
            moves.sign(review, by=signer)
        moves.move_as_complainant(holder_of(answered), "accept_reply", case_number=review)
    with clock.story(later(3)), pytest.raises(Refusal):
        access.open_case(answered.case_number, reader=office.sun)
