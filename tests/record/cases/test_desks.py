"""An office of five people: who holds each desk is asked and decided by two, and what is unmet is said."""

from __future__ import annotations

import pytest

from huiyin.record.bodies.models import Body, Officer, Unit
from huiyin.record.cases.deeds import withdrawing
from huiyin.record.cases.fairness import desks
from huiyin.record.cases.models import Ask
from huiyin.record.cases.opening import access
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.record.ledger.verify import verify_ledger
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, add_officer, complaint, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def office() -> Office:
    """The cast's office and, apart from it, a harbour station of five people under nobody."""
    made = make_office(with_accounts=False)
    station = Body.objects.create(code="port", name_zh="港航站", name_en="Port station")
    for code in ("port-desk", "port-work"):
        Unit.objects.create(code=code, name_zh=code, name_en=code, body=station, is_intake=code == "port-desk")
    for code, unit, roles in (
        ("an", "port-desk", ["registrar"]),
        ("bo", "port-work", ["handler"]),
        ("cai", "port-work", ["handler"]),
        ("ding", "port-work", ["unit_head"]),
        ("er", "port-work", ["body_head"]),
    ):
        add_officer(code, (code, code.title()), unit, (code, code), roles)
    return made


def unmet(code: str) -> set[str]:
    return {each.id for each in desks.profile(code).unmet}


def hold(office: Office, desk: str, holder: str, body: str = "port") -> None:
    guan = office.guan
    key = desks.propose(desk, body=body, holder=holder, why="借来", by=guan.actor(), body_code="letters")
    with pytest.raises(Refusal) as refused:
        desks.approve(key, by=guan.actor())
    assert refused.value.code == "second_person_needed"
    desks.approve(key, by=office.xu.actor())


def test_what_is_unmet_is_said_and_goes_away_as_desks_are_lent(office: Office) -> None:
    assert unmet("port") == {"vault", "withdrawal", "supervision", "review"}, "the county's outside desk serves it"
    hold(office, "withdrawal", "feng")
    hold(office, "supervision", "feng")
    hold(office, "vault", "chen")
    assert unmet("port") == {"review"}
    lent = {each.id: each for each in desks.profile("port").desks}["withdrawal"]
    assert (lent.holder and lent.holder.en, lent.is_lent) == ("Feng Yan", True)
    hold(office, "review", "city-letters")
    Body.objects.get(code="port", superior__code="city-letters")
    assert unmet("port") == set()
    sequence_pending()
    assert verify_ledger() == []


def test_who_handles_matters_there_guards_nobody_against_it(office: Office) -> None:
    hold(office, "supervision", "bo")
    held = {each.id: each for each in desks.profile("port").desks}["supervision"]
    assert held.why == "same_person"


def test_the_desk_that_was_lent_is_the_one_that_is_asked(office: Office) -> None:
    hold(office, "withdrawal", "feng", body="letters")
    made = file_complaint(complaint(), key=None, digest="")
    holder = access.open_receipt(made.case_number, made.receipt_code or "", source="here")
    withdrawing.ask_to_withdraw(holder)
    assert Ask.objects.get().owed_by.code == "letters-withdrawal"


def test_a_second_holder_takes_the_place_of_the_first(office: Office) -> None:
    hold(office, "vault", "chen")
    hold(office, "vault", "wei")
    held = {each.id: each for each in desks.profile("port").desks}["vault"]
    assert held.holder == Officer.objects.get(code="wei").name


@pytest.mark.parametrize(
    ("desk", "holder"), [("outside", "nobody"), ("review", "port"), ("review", "nobody"), ("throne", "feng")]
)
def test_what_cannot_be_is_refused(office: Office, desk: str, holder: str) -> None:
    with pytest.raises(Refusal) as refused:
        desks.propose(desk, body="port", holder=holder, why="x", by=office.guan.actor(), body_code="letters")
    assert refused.value.code == "unknown_choice"
    with pytest.raises(Refusal) as refused:
        desks.propose("vault", body="port", holder="feng", why=" ", by=office.guan.actor(), body_code="letters")
    assert refused.value.code == "input_missing"
