"""Pressure because of a complaint: reported from every state, taken up outside the unit, which learns nothing of it."""

from __future__ import annotations

import pytest

from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.deeds import pressure
from huiyin.record.cases.given import Given
from huiyin.record.cases.lists import queries
from huiyin.record.cases.lists.search import search
from huiyin.record.cases.models import Barred, Case, Grant
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering import registration
from huiyin.record.cases.registering.registration import Named
from huiyin.record.cases.who import responsible
from huiyin.record.law.versions import adopt, adopt_folder
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.record.ledger.verify import verify_ledger
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import PROCEDURES, Office, against_qian, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
WORDS = "昨天有人到我单位，要我撤回投诉。"
ALL = ("cn-xinfang", "cn-xinfang-review", "cn-xinfang-recheck", "generic", "generic-review")


@pytest.fixture
def office() -> Office:
    office = make_office()
    texts = {file.stem: file.read_text("utf-8") for file in PROCEDURES.glob("*.toml")}
    adopt(texts["pressure"], file="pressure.toml", bases=texts)
    return office


@pytest.fixture
def filed(office: Office) -> registration.Registered:
    return file_complaint(complaint(), key=None, digest="")


@pytest.fixture
def holder(filed: registration.Registered) -> receipts.Holder:
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


@pytest.fixture
def at_harbour(office: Office, filed: registration.Registered) -> str:
    make_move(filed.case_number, "accept", by=office.wu)
    make_move(filed.case_number, "assign", by=office.wu, given=Given(to="zhao-post"))
    return filed.case_number


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def told_of(number: str, reader: Reader) -> set[str]:
    """Every number of a matter that a reader finds in lists, counts and search, and on the page of ``number``."""
    found = {row.number for name in queries.QUEUES for row in queries.queue(name, reader=reader).items}
    found |= {row.number for words in ("要我撤回", "受到压力") for row in search(words, reader=reader).items}
    if queries.may_open(number, reader=reader):
        found |= {link.number for link in access.open_case(number, reader=reader).links}
    return found - {number}


def test_it_becomes_a_matter_at_the_desk_outside_with_its_own_clock(
    office: Office, holder: receipts.Holder, at_harbour: str
) -> None:
    number = pressure.report_pressure(holder, text=WORDS)
    case = Case.scoped.get(number=number)
    assert (case.unit.code, case.is_restricted) == ("letters-outside", True)
    assert [each.number for each in queries.queue("new", reader=office.zheng).items] == [number]
    view = access.open_as_complainant(holder, number)
    assert (view.procedure.id, view.state.id, view.description) == ("pressure", "registered", WORDS)
    assert [term.id for term in view.running] == ["triage"]
    assert view.pressure_because_of is not None
    assert view.pressure_because_of.number == at_harbour
    assert [link.kind for link in access.open_as_complainant(holder).links] == ["retaliation"]
    because_of = access.open_case(number, reader=office.zheng).pressure_because_of
    assert because_of is not None
    assert because_of.may_open
    sequence_pending()
    assert verify_ledger() == []


def test_the_unit_learns_nothing(office: Office, holder: receipts.Holder, at_harbour: str) -> None:
    people = [office.zhao, office.zhou, office.qian, office.wu, office.he]
    before = [(queries.counts(reader), told_of(at_harbour, reader)) for reader in people]
    chain = [(event.seq, event.kind) for event in events_of(ChainRef.case(at_harbour))]
    story = len(access.open_case(at_harbour, reader=office.zhao).timeline)
    number = pressure.report_pressure(holder, text=WORDS)
    access.open_case(at_harbour, reader=office.zheng)
    assert [(queries.counts(reader), told_of(at_harbour, reader)) for reader in people] == before
    assert all(not queries.may_open(number, reader=reader) for reader in people)
    seen = access.open_case(at_harbour, reader=office.zhao)
    assert len(seen.timeline) == story
    assert "Zheng An" not in {look.name.en for look in seen.looks}, "a look from outside would tell"
    own = access.open_as_complainant(holder, at_harbour)
    assert [look.purpose for look in own.looks if look.name.en == "Zheng An"] == ["outside"]
    new = [event.kind for event in events_of(ChainRef.case(at_harbour))][len(chain) :]
    assert set(new) <= {"case_opened", "receipt_used"}


def test_nobody_of_the_units_that_had_it_can_be_given_it(
    office: Office, holder: receipts.Holder, at_harbour: str
) -> None:
    number = pressure.report_pressure(holder, text=WORDS)
    offered = {code for code, _zh, _en in responsible.assignable_posts(Case.scoped.get(number=number))}
    assert not offered & {"zhao-post", "zhou-post", "qian-post", "wu-post", "he-post"}
    assert "feng-post" in offered
    make_move(number, "accept", by=office.zheng)
    with refused("unknown_choice"):
        make_move(number, "assign", by=office.zheng, given=Given(to="zhou-post"))
    make_move(number, "assign", by=office.zheng, given=Given(to="feng-post"))
    assert access.open_case(at_harbour, reader=office.feng).number == at_harbour
    assert not queries.may_open(at_harbour, reader=office.zheng)


@pytest.mark.slow
@pytest.mark.parametrize("procedure", ["cn-xinfang", "generic", "cn-12345", "uk-police", "in-cpgrams"])
def test_it_is_open_from_every_state_also_the_last(office: Office, procedure: str) -> None:
    adopt_folder(PROCEDURES)
    filed = file_complaint(complaint(procedure=procedure), key=None, digest="")
    holder = access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")
    case = Case.scoped.get(number=filed.case_number)
    pack = access.open_as_complainant(holder).procedure
    made = set()
    for state in pack.states.values():
        Case.scoped.filter(pk=case.pk).update(state=state.id, stage=state.stage, is_open=not state.is_final)
        made.add(pressure.report_pressure(holder, text=f"{WORDS} {state.id}"))
    assert len(made) == len(pack.states)


def test_it_can_be_said_of_the_review_and_of_the_report_itself(office: Office, holder: receipts.Holder) -> None:
    first = pressure.report_pressure(holder, text=WORDS)
    again = pressure.report_pressure(holder, case_number=first, text="现在又来了。")
    case = Case.scoped.get(number=again)
    assert case.body.code == "city-letters", "the outside desk has the first report: the next is for the body above"
    assert access.open_as_complainant(holder, again).number == again


def test_the_same_words_arrive_once(holder: receipts.Holder) -> None:
    assert pressure.report_pressure(holder, text=WORDS) == pressure.report_pressure(holder, text=WORDS)
    with refused("empty"):
        pressure.report_pressure(holder, text=" ")
    with refused("too_long"):
        pressure.report_pressure(holder, text="压" * 20_001)
    with refused("unknown_choice"):
        pressure.report_pressure(holder, text="x", about=(Named("officer", "nobody"),))


def test_whoever_is_named_stays_away_too(office: Office, holder: receipts.Holder, at_harbour: str) -> None:
    number = pressure.report_pressure(holder, text=WORDS, about=(Named("officer", "zheng"),))
    case = Case.scoped.get(number=number)
    assert case.body.code == "city-letters"
    assert not queries.may_open(number, reader=office.zheng)
    assert Barred.objects.filter(case=case, officer__code="zheng").exists()


def test_of_a_matter_against_an_officer(office: Office) -> None:
    filed = file_complaint(against_qian(), key=None, digest="")
    holder = access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")
    number = pressure.report_pressure(holder, text=WORDS)
    case = Case.scoped.get(number=number)
    assert case.body.code == "city-letters", "the outside desk has the matter already: another looks"
    assert not queries.may_open(number, reader=office.qian)


def test_where_no_other_desk_is_left_the_outside_desk_takes_it(office: Office) -> None:
    filed = file_complaint(against_qian(), key=None, digest="")
    holder = access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")
    case = Case.scoped.get(number=filed.case_number)
    case.body.superior = None
    case.body.save()
    number = pressure.report_pressure(holder, text=WORDS)
    assert Case.scoped.get(number=number).unit.code == "letters-outside"


def test_without_the_pack_the_ordinary_procedure_holds() -> None:
    make_office(with_accounts=False)
    filed = file_complaint(complaint(), key=None, digest="")
    holder = access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")
    number = pressure.report_pressure(holder, text=WORDS)
    assert access.open_as_complainant(holder, number).procedure.id == "cn-xinfang"


def test_when_the_report_has_ended_the_desk_reads_the_matter_no_longer(
    office: Office, holder: receipts.Holder, at_harbour: str
) -> None:
    number = pressure.report_pressure(holder, text=WORDS)
    assert Grant.objects.filter(case__number=at_harbour, capacity="outside", until_at=None).count() == 1
    make_move(
        number, "decline", by=office.zheng,
        given=Given(reason="other_body", route="court", text="请向法院提出。", legal_basis="规则"),
    )  # fmt: skip
    assert not Grant.objects.filter(case__number=at_harbour, capacity="outside", until_at=None).exists()
