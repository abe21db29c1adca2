"""The clock acts once, whatever happens to it: pulled out at any statement, hurried, or met by somebody at work."""

from __future__ import annotations

import datetime
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from django.db import connection, transaction

from huiyin.record import clock
from huiyin.record.cases.days import recounting, terms
from huiyin.record.cases.held.checking import verify_everything
from huiyin.record.cases.models import Case, Grant, RunningTerm
from huiyin.record.cases.rounds.tick import Pace, act_on_terms
from huiyin.record.law import calendars
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, against_qian, complaint, make_move, make_office
from tests.record.test_two_people import NOTICE_2027

FILED = datetime.datetime(2026, 3, 2, 2, tzinfo=datetime.UTC)
MISSED = datetime.datetime(2026, 4, 20, 2, tzinfo=datetime.UTC)
SMALL = Pace(2, 0.0)
databases = pytest.mark.django_db(databases=["default", "vault"])
committing = pytest.mark.django_db(databases=["default", "vault"], transaction=True)


class Pulled(Exception):
    """The plug was pulled."""


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def numbers(office: Office) -> Iterator[list[str]]:
    """Three matters, one of them against Chief Qian, long after every day has passed."""
    with clock.story(FILED):
        filed = [file_complaint(each, key=None, digest="") for each in (complaint(), against_qian(), complaint())]
        make_move(filed[2].case_number, "accept", by=office.wu)
        clock.set(MISSED)
        yield [each.case_number for each in filed]


def acts(numbers: list[str]) -> Counter[tuple[str, str, str, str]]:
    """What the clock has written into the chains: case, event, term and act."""
    return Counter(
        (number, event.kind, event.details["term"], event.details["act"])
        for number in numbers
        for event in events_of(ChainRef.case(number))
        if event.kind in {"term_reminder", "term_lapsed", "term_escalated"}
    )


@contextmanager
def pulled_at(statement: int) -> Iterator[None]:
    """Inside, the plug is pulled before the n-th statement is carried out."""
    numbers = count(1)

    def pull(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if next(numbers) == statement:
            raise Pulled
        return execute(sql, params, many, context)

    with connection.execute_wrapper(pull):
        yield


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done inside has never been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.slow
@databases
def test_pulled_out_at_any_statement_every_act_is_there_once_after_the_next_run(numbers):
    with undone():
        act_on_terms(pace=SMALL)
        wanted = acts(numbers)
    assert set(wanted.values()) == {1}
    assert {act for *_, act in wanted} >= {"half", "due", "overdue", "superior"}
    for statement in count(1):
        with undone():
            try:
                with pulled_at(statement):
                    act_on_terms(pace=SMALL)
                is_over = True
            except Pulled:
                is_over = False
            act_on_terms(pace=SMALL)
            assert acts(numbers) == wanted, f"pulled out at statement {statement}"
            grants = Grant.objects.filter(capacity__in=("superior", "supervision"))
            assert len({(each.case_id, each.post_id, each.capacity) for each in grants}) == len(grants)
        if is_over:
            break
    assert statement > 20
    act_on_terms(pace=SMALL)
    sequence_pending()
    assert verify_everything() == []


@databases
def test_short_of_time_it_leaves_the_rest_for_the_next_run(numbers):
    with undone():
        whole = act_on_terms()
        wanted = acts(numbers)
    turns = 0
    while act_on_terms(seconds=0.0, pace=Pace(1, 0.0)):
        turns += 1
    assert turns == whole > 1
    assert acts(numbers) == wanted


@databases
def test_the_superior_of_a_matter_against_qian_is_not_qian(numbers):
    act_on_terms()
    reported = {
        event.details["to"]
        for event in events_of(ChainRef.case(numbers[1]), kinds={"term_escalated"})
        if "to" in event.details
    }
    assert reported
    assert "qian-post" not in reported


@databases
def test_many_at_once_are_told_as_one_by_one(numbers):
    with undone():
        act_on_terms(pace=Pace(1, 0.0))
        wanted = [[(each.kind, each.details) for each in events_of(ChainRef.case(number))] for number in numbers]
    act_on_terms(pace=Pace(500, 0.0))
    found = [[(each.kind, each.details) for each in events_of(ChainRef.case(number))] for number in numbers]
    assert [sorted(map(str, each)) for each in found] == [sorted(map(str, each)) for each in wanted]


@databases
def test_a_day_that_moves_takes_its_reminders_along(office):
    """A year becomes known that makes a date later: the reminders on the way are counted to the new day."""
    with clock.story(datetime.datetime(2026, 12, 21, 2, tzinfo=datetime.UTC)):
        file_complaint(complaint(), key=None, digest="")
        row = RunningTerm.objects.get(term="XF-inform")
        before = (row.due_on, row.next_act_on)
        proposal = calendars.propose_year(NOTICE_2027, why="notice", body_code="letters", by=office.wu.actor())
        calendars.adopt_year(proposal, by=office.he.actor())
        assert recounting.recount() == 2
        row.refresh_from_db()
        rule, zone = procedure_of(row.case.law_id).terms[row.term], row.case.body.time_zone
        fresh = terms.new_term(row.case, rule, start=row.starts_on, country="CN", zone=zone)
        assert (row.due_on, row.next_act_on) == (fresh.due_on, fresh.next_act_on)
        assert before < (row.due_on, row.next_act_on)


@databases
def test_a_day_of_an_act_that_was_wrong_is_set_right_without_an_act(office):
    with clock.story(FILED):
        number = file_complaint(complaint(), key=None, digest="").case_number
        right = dict(RunningTerm.objects.values_list("pk", "next_act_on"))
        RunningTerm.objects.update(next_act_on=FILED.date())
        assert act_on_terms() == 0
        assert dict(RunningTerm.objects.values_list("pk", "next_act_on")) == right
        assert not acts([number])


@committing
@pytest.mark.postgres
def test_a_case_somebody_is_working_on_is_left_for_the_next_run(numbers):
    holds, may_end = threading.Event(), threading.Event()

    def at_work() -> None:
        with transaction.atomic():
            Case.scoped.select_for_update().get(number=numbers[0])
            holds.set()
            may_end.wait(20)
        connection.close()

    officer = threading.Thread(target=at_work)
    officer.start()
    holds.wait(20)
    try:
        act_on_terms()
        assert not acts(numbers[:1])
        assert acts(numbers[1:])
    finally:
        may_end.set()
        officer.join()
    act_on_terms()
    assert acts(numbers[:1])
    assert set(acts(numbers).values()) == {1}
