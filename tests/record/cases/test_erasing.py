"""The words of an ended sealed matter go when two people want it: by law, long after, told before, and never by one alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.record import clock
from huiyin.record.approvals.models import Proposal
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.deeds import erasing, messages, pressure
from huiyin.record.cases.given import Given
from huiyin.record.cases.held.verifying import verify_cases
from huiyin.record.cases.models import Case, MatterWrap, Party, SealedPart
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import identity_files
from huiyin.record.cases.registering.registration import Registered, sweep_vault
from huiyin.record.identity import access as identity
from huiyin.record.identity.models import SealedIdentity
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.record.ledger.verify import verify_ledger
from huiyin.record.sealing import in_hand
from huiyin.rules import retention
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, add_officer, complaint, make_move, make_office
from tests.sealed import give_key, recovery_set, unlocked

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
LAW = "某档案办法第九条"
WORDS = "紫藤花架下的水表坏了"
LONG = datetime.timedelta(days=365 * 11)


@pytest.fixture
def office() -> Iterator[Office]:
    with recovery_set():
        built = make_office()
        add_officer("ku", ("库", "Ku"), "letters-outside", ("保管", "Keeper"), ["vault_keeper"])
        give_key(built.wu, built.he)
        yield built


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def ended(office: Office, *, ago: datetime.timedelta = LONG) -> Registered:
    """A confidential matter that was declined, and ended so long ago."""
    filed = file_complaint(complaint(confidentiality="confidential", description=WORDS), key=None, digest="x")
    with in_hand.scope():
        identity_files.add(holder_of(filed), b"who she is")
    with unlocked(office.wu):
        make_move(
            filed.case_number, "decline", by=office.wu, given=Given("不予受理", "litigation", "court", legal_basis="x")
        )
    row = Case.scoped.filter(number=filed.case_number)
    row.update(is_open=False, closed_at=clock.now() - ago)
    return filed


def holder_of(filed: Registered) -> receipts.Holder:
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


def ripe(proposal: int) -> None:
    """The complainant's month is over."""
    Proposal.objects.filter(pk=proposal).update(proposed_at=clock.now() - datetime.timedelta(days=32))


def proposed(filed: Registered, by: Reader) -> int:
    key = erasing.propose(filed.case_number, by=by, legal_basis=LAW)
    ripe(key)
    return key


def test_two_people_erase_it_and_its_history_still_verifies(office: Office) -> None:
    filed = ended(office)
    key = proposed(filed, office.ku)
    before = Party.objects.get(case__number=filed.case_number).vault_id
    assert erasing.erase(key, by=office.he) == filed.case_number
    assert not MatterWrap.objects.filter(key__case__number=filed.case_number).exists()
    with unlocked(office.wu), refused("words_erased"):
        access.open_case(filed.case_number, reader=office.wu)
    events = events_of(ChainRef.case(filed.case_number))
    mark = next(event for event in events if event.kind == "content_erased")
    assert mark.details["legal_basis"] == LAW
    assert all(event.erased for event in events[: mark.seq - 1])
    assert verify_ledger(lambda what, count: None) == []
    assert verify_cases(lambda what, count: None) == []
    SealedIdentity.objects.using("vault").update(made_on=datetime.date(2020, 1, 1))
    sweep_vault()
    with pytest.raises(SealedIdentity.DoesNotExist):
        identity.reveal(before)
    assert not SealedPart.objects.filter(case__number=filed.case_number).exists()


def test_the_complainant_reads_who_did_it_and_still_has_a_way_to_speak(office: Office) -> None:
    filed = ended(office)
    key = erasing.propose(filed.case_number, by=office.ku, legal_basis=LAW)
    with in_hand.scope():
        ahead = access.open_as_complainant(holder_of(filed)).erasure_ahead
    assert ahead is not None and ahead.legal_basis == LAW and ahead.by.en.startswith("Ku")
    ripe(key)
    erasing.erase(key, by=office.he)
    with in_hand.scope():
        view = access.open_as_complainant(holder_of(filed))
        assert view.erased is not None
        assert (view.erased.first.en, view.erased.legal_basis) == ("Ku", LAW)
        assert view.erased.second.en.startswith("He Ping")
        assert (view.subject, view.description, view.messages) == ("", "", ())
        with refused("words_erased"):
            messages.write_as_complainant(holder_of(filed), "还有话说")
        made = pressure.report_pressure(holder_of(filed), text="有人来找我", about=())
        assert access.open_as_complainant(holder_of(filed), made).description == "有人来找我"
    with refused("check_digits"):
        access.open_receipt(filed.case_number, receipts.new_code(), source="here")


@pytest.mark.parametrize("who", ["ku", "wu", "zhao", "qian", "chen"])
def test_nobody_does_it_alone_nor_whoever_has_no_such_post(office: Office, who: str) -> None:
    filed = ended(office)
    key = proposed(filed, office.ku)
    with pytest.raises(Refusal):
        erasing.erase(key, by=getattr(office, who))
    assert MatterWrap.objects.filter(key__case__number=filed.case_number).exists()


def test_not_before_its_time_and_not_before_the_complainants_month(office: Office) -> None:
    young = ended(office, ago=datetime.timedelta(days=300))
    with refused("too_early"):
        erasing.propose(young.case_number, by=office.ku, legal_basis=LAW)
    filed = ended(office)
    key = erasing.propose(filed.case_number, by=office.ku, legal_basis=LAW)
    with refused("repeated"):
        erasing.propose(filed.case_number, by=office.wu, legal_basis=LAW)
    with refused("too_early"):
        erasing.erase(key, by=office.he)
    assert [each.number for each in erasing.due_for(office.ku)] == []
    assert [(each.number, each.is_ripe) for each in erasing.waiting_for(office.he)] == [(filed.case_number, False)]


def test_without_a_law_or_while_something_is_open_it_is_not_proposed(office: Office) -> None:
    filed = ended(office)
    with refused("input_missing"):
        erasing.propose(filed.case_number, by=office.ku, legal_basis=" ")
    with in_hand.scope():
        pressure.report_pressure(holder_of(filed), text="有人来找我", about=())
    with refused("not_allowed_now"):
        erasing.propose(filed.case_number, by=office.ku, legal_basis=LAW)
    ordinary = file_complaint(complaint(), key=None, digest="o")
    with refused("not_found"):
        erasing.propose(ordinary.case_number, by=office.ku, legal_basis=LAW)


def test_a_no_is_told_and_keeps_the_words(office: Office) -> None:
    filed = ended(office)
    key = proposed(filed, office.ku)
    with refused("input_missing"):
        erasing.decline(key, by=office.he, why=" ")
    erasing.decline(key, by=office.he, why="a suit is under way")
    with in_hand.scope():
        view = access.open_as_complainant(holder_of(filed))
    assert view.erasure_ahead is None and view.description == WORDS
    assert any("did not agree to the erasure" in each.sentence.en for each in view.timeline)
    with refused("repeated"):
        erasing.erase(key, by=office.he)
    own = erasing.propose(filed.case_number, by=office.ku, legal_basis=LAW)
    erasing.decline(own, by=office.ku, why="taken back")
    with refused("not_found"):
        erasing.decline(own, by=office.zhao, why="nothing of mine")


@given(ended_on=st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1)), years=st.integers(1, 60))
def test_the_time_is_never_shorter_than_its_years(ended_on: datetime.date, years: int) -> None:
    due = retention.due_on(ended_on, years)
    assert due.year - ended_on.year == years
    assert due - ended_on >= datetime.timedelta(days=365 * years)
    assert (retention.erasable_from(due) - due).days == retention.NOTICE_DAYS + 1
