"""The way back after a loss takes two administrators, and neither is the officer concerned."""

from __future__ import annotations

import datetime

import pytest
import time_machine

from huiyin.record.bodies.models import Account
from huiyin.record.bodies.queries import Reader
from huiyin.record.entry import factors, recovery
from huiyin.record.entry.models import DeskSession
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules.refusal import Refusal
from tests.cast import Office, add_officer, make_office
from tests.record.entry.test_factors import with_app

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def office() -> Office:
    return make_office(procedures=())


@pytest.fixture
def second(office: Office) -> Reader:
    return add_officer("ning", ("宁", "Ning"), "letters-intake", ("管理员", "Administrator"), ["administrator"])


def code_of(problem: pytest.ExceptionInfo[Refusal]) -> str:
    return problem.value.code


def test_two_administrators_let_somebody_in_again(office: Office, second: Reader, client) -> None:
    zhao = office.account("zhao")
    with_app(office, zhao)
    client.force_login(zhao)
    asked = recovery.propose_reset("zhao", why="lost at the river", body_code="letters", by=office.guan.actor())
    with pytest.raises(Refusal) as alone:
        recovery.approve_reset(asked, by=office.guan.actor())
    assert code_of(alone) == "second_person_needed"
    assert factors.standing(zhao).app is not None, "nothing happened before the second person"
    code = recovery.approve_reset(asked, by=second.actor())
    assert not factors.standing(zhao).is_enrolled
    assert not DeskSession.objects.filter(account=zhao).exists()
    assert factors.is_shown(zhao), "the password alone opens nothing meanwhile"
    assert factors.try_code(zhao, code) == "handed"
    with pytest.raises(Refusal):
        factors.try_code(zhao, code)
    kinds = [event.kind for event in events_of(ChainRef.body("letters"))]
    assert kinds[-2:] == ["proposal_made", "proposal_approved"]
    told = events_of(ChainRef.body("police"))[-1]
    assert (told.kind, told.actor["officer_id"]) == ("second_factor_reset", second.officer_id)


def test_a_code_handed_over_lives_for_a_day(office: Office, second: Reader) -> None:
    asked = recovery.propose_reset("070004", why="lost", body_code="letters", by=office.guan.actor())
    code = recovery.approve_reset(asked, by=second.actor())
    next_day = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=25)
    with time_machine.travel(next_day), pytest.raises(Refusal):
        factors.try_code(Account.objects.get(username="zhao"), code)


def test_nobody_lets_themselves_in(office: Office, second: Reader) -> None:
    with pytest.raises(Refusal) as own:
        recovery.propose_reset("guan", why="lost", body_code="letters", by=office.guan.actor())
    assert code_of(own) == "not_for_yourself"
    asked = recovery.propose_reset("ning", why="lost", body_code="letters", by=office.guan.actor())
    with pytest.raises(Refusal) as approving:
        recovery.approve_reset(asked, by=second.actor())
    assert code_of(approving) == "not_for_yourself"
    assert not factors.is_shown(Account.objects.get(username="ning"))
    recovery.decline_reset(asked, why="found again", by=second.actor())
    with pytest.raises(Refusal) as decided:
        recovery.approve_reset(asked, by=office.guan.actor())
    assert code_of(decided) == "repeated"


@pytest.mark.parametrize("who", ["", "nobody", "赵敏", "zha"])
def test_an_officer_is_named_exactly(office: Office, who: str) -> None:
    with pytest.raises(Refusal) as unknown:
        recovery.propose_reset(who, why="lost", body_code="letters", by=office.guan.actor())
    assert code_of(unknown) == "officer_unknown"


def test_the_operator_leaves_a_trace(office: Office) -> None:
    code = recovery.reset_by_operator("zhao")
    assert factors.try_code(office.account("zhao"), code) == "handed"
    assert events_of(ChainRef.body("police"))[-1].actor["kind"] == "system"
