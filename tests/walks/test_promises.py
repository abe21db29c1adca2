"""Chance goes on with an answered matter and its promises: kept, missed, confirmed, taken back, looked at again."""

from __future__ import annotations

import datetime
import random

import pytest

from huiyin.record import clock
from huiyin.record.bodies.models import Officer
from huiyin.record.bodies.queries import reader_of
from huiyin.record.cases.given import Given
from huiyin.record.cases.models import Duty
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.rounds.duty_tick import act_on_duties
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.record.ledger.verify import verify_ledger
from huiyin.rules import duties as rule
from huiyin.stages.intake.actions import file_complaint
from tests.cast import complaint, make_move, make_office
from tests.walks import promises

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
START = datetime.datetime(2026, 2, 2, 2, tzinfo=datetime.UTC)
STEPS = 20
KINDS = ("payment", "repair", rule.LOOK_AGAIN)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_every_promise_holds(seed: int) -> None:
    chance, office = random.Random(seed), make_office(with_accounts=False)
    with clock.story(START):
        filed = file_complaint(complaint(), key=None, digest="")
        number, today = filed.case_number, clock.today(promises.ZONE)
        holder = access.open_receipt(number, filed.receipt_code or "", source="walk")
        make_move(number, "accept", by=office.wu)
        make_move(number, "assign", by=office.wu, given=Given(to="zhao-post"))
        made = [rule.Duty(kind, today + datetime.timedelta(days=chance.randint(3, 30)), "做到") for kind in KINDS]
        answer = Given("已处理。", outcome="supported", legal_basis="规则", duties=rule.written(made))
        make_move(number, "reply", by=office.zhao, given=answer)
        for signer in (office.qian, office.chen, office.chu, office.wei):
            moves.sign(number, by=signer)
        readers = [reader_of(officer) for officer in Officer.objects.order_by("id")]
        for _ in range(STEPS):
            clock.set(clock.now() + datetime.timedelta(days=chance.choice((0, 1, 2, 7)), hours=1))
            act_on_duties()
            promises.none_was_missed_in_silence()
            promises.say_something(chance, holder, number, readers)
            promises.check()
        assert Duty.objects.count() == len(KINDS)
        missed = [event for event in events_of(ChainRef.case(number)) if event.kind in promises.MISSED]
        assert all(event.kind == "duty_reported" and event.details["to"] for event in missed), "each reached a superior"
        while sequence_pending():
            pass
        assert verify_ledger() == []
