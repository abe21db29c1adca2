"""The pen: an event with its change or not at all, in one order, never backwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from huiyin.record import clock
from huiyin.record.ledger.append import ToldEvent, append_event, append_events, append_told_chains
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.models import Chain, Event
from huiyin.record.ledger.queries import event_of, events_of
from huiyin.rules.chain import canonical, commitment, event_hash
from tests.record.ledger.town import COUNTY, LI_MEI, WATER, ZHAO, register, tell

pytestmark = pytest.mark.django_db
SPRING = datetime(2026, 3, 2, 1, 15, tzinfo=UTC)


def test_a_matter_is_read_back_as_it_was_told():
    register(WATER)
    views = events_of(WATER)
    assert [view.seq for view in views] == [1, 2, 3]
    assert views[0].details == {"subject": "井水变黄"}
    assert views[0].actor == {"kind": "complainant", "role": "complainant"}
    assert views[2].actor["unit_name"]["zh"] == "信访科"
    assert not views[2].sequenced
    assert event_of(WATER, 2) == views[1]
    assert event_of(WATER, 4) is None
    assert [view.kind for view in events_of(WATER, kinds={"case_opened"})] == ["case_opened"]


def test_the_hash_can_be_made_again_by_anyone_who_holds_the_parts():
    tell(WATER, 2)
    link = WATER.beginning()
    for event in Event.objects.order_by("seq"):
        public = canonical({"kind": event.kind, "at": event.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "seq": event.seq})
        link = event_hash(link, public, commitment(bytes(event.nonce), event.private.encode()))
        assert bytes(event.hash) == link
    assert bytes(Chain.objects.get().head) == link


def test_a_filing_writes_its_chain_and_events_in_two_statements():
    with (
        transaction.atomic(),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        append_events(
            WATER,
            [("complaint_registered", {}), ("officer_made_responsible", {}), ("case_opened", {})],
            actor=LI_MEI,
            is_new=True,
        )
    assert len([query for query in queries if "INSERT" in query["sql"] or "SELECT" in query["sql"]]) == 2


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_the_transaction_of_its_change_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        append_event(WATER, "complaint_registered", actor=LI_MEI, details={})


def fail_after_writing():
    with transaction.atomic():
        append_event(WATER, "complaint_registered", actor=LI_MEI, details={})
        raise RuntimeError("the change failed")


@pytest.mark.django_db(transaction=True)
def test_a_change_that_fails_takes_its_event_along():
    with pytest.raises(RuntimeError):
        fail_after_writing()
    assert events_of(WATER) == []


def test_a_clock_that_steps_back_does_not_turn_the_history_round():
    with clock.story(SPRING):
        tell(COUNTY)
        clock.set(SPRING - timedelta(days=1))
        later = tell(COUNTY)
    assert later[0].at == SPRING


def test_no_event_is_backdated_or_dated_ahead():
    now = clock.now()
    for at in (now - timedelta(hours=1), now + timedelta(seconds=30)):
        with pytest.raises(ValueError), transaction.atomic():
            append_event(WATER, "case_opened", actor=ZHAO, details={}, at=at)
    assert append_event(WATER, "case_opened", actor=ZHAO, details={}, at=now).at == now


def test_told_chains_are_like_any_other_and_belong_to_a_story(settings):
    told = [ToldEvent("complaint_registered", {"n": n}, LI_MEI, SPRING + timedelta(days=n)) for n in range(3)]
    with transaction.atomic():
        assert append_told_chains([(WATER, told), (ChainRef.case("1733-9020-64"), told)]) == 6
    tell(WATER)
    assert [view.seq for view in events_of(WATER)] == [1, 2, 3, 4]
    settings.HUIYIN_STORY = False
    with pytest.raises(ImproperlyConfigured), transaction.atomic():
        append_told_chains([(COUNTY, told)])
