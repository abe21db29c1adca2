"""Two officers at the same moment, on the engine where writers do not wait for each other."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.models import Leaf
from huiyin.record.ledger.queries import events_of
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.record.ledger.verify import verify_ledger
from tests.record.ledger.town import COUNTY, LI_MEI, ROAD, WATER, ZHAO, tell

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def in_thread(work):
    """Run with a connection of its own, and let that go at the end."""

    def run(*given):
        try:
            return work(*given)
        finally:
            connections.close_all()

    return run


def test_two_who_begin_one_chain_write_one_history():
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(in_thread(lambda _: [tell(COUNTY) and sequence_pending() for _ in range(8)]), range(4)))
    sequence_pending()
    assert [view.seq for view in events_of(COUNTY)] == list(range(1, 33))
    assert verify_ledger() == []


def test_an_event_committed_late_still_gets_its_place():
    written, may_commit = threading.Event(), threading.Event()

    def slow_request():
        with transaction.atomic():
            append_event(WATER, "case_opened", actor=ZHAO, details={})
            written.set()
            assert may_commit.wait(10)

    slow = threading.Thread(target=in_thread(slow_request))
    slow.start()
    assert written.wait(10)
    with transaction.atomic():
        append_event(ROAD, "message_received", actor=LI_MEI, details={})
    assert sequence_pending() == 1
    may_commit.set()
    slow.join()
    assert sequence_pending() == 1
    late, early = Leaf.objects.order_by("-position").values_list("event_id", flat=True)
    assert late < early
    assert verify_ledger() == []
    assert connection.vendor == "postgresql"
