"""Somebody writes while the worker takes: nobody waits in a circle, and what was written in time goes out with it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection, transaction

from huiyin.record.cases.deeds import messages
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.record.notices import actions
from huiyin.record.notices.models import Notice
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_office

pytestmark = [pytest.mark.django_db(databases=["default", "vault"], transaction=True), pytest.mark.postgres]


@pytest.fixture
def office(settings: Any) -> Office:
    settings.HUIYIN_NOTICE_PAUSE = 0
    return make_office(with_accounts=False)


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_word_that_is_being_written_is_waited_for(office, is_kept):
    number = file_complaint(complaint(), key=None, digest="").case_number
    messages.write_as_office(number, "请带来照片。", by=office.wu)
    (waiting,) = Notice.objects.all()
    written, may_end = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            messages.write_as_office(number, "还有发票。", by=office.wu)
            written.set()
            may_end.wait(20)
            transaction.set_rollback(not is_kept)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    written.wait(20)
    threading.Timer(0.3, may_end.set).start()
    taken = actions._take(waiting.pk)
    writer.join()
    assert taken is not None
    (row,) = Notice.objects.all()
    told = [each.seq for each in events_of(ChainRef.case(number), kinds={"message_from_office"})]
    assert len(told) == 1 + is_kept
    assert (row.number, row.told_until) == (told[0], told[-1])


def test_two_workers_take_a_notice_once(office, settings):
    number = file_complaint(complaint(), key=None, digest="").case_number
    messages.write_as_office(number, "请带来照片。", by=office.wu)
    settings.HUIYIN_NOTICE_PAUSE = 600
    (waiting,) = Notice.objects.all()
    together, found = threading.Barrier(4), []

    def take() -> None:
        together.wait()
        found.append(actions._take(waiting.pk))
        connection.close()

    workers = [threading.Thread(target=take) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(taken is not None for taken in found) == 1
    looks = [each for each in events_of(ChainRef.case(number)) if each.kind == "contact_opened"]
    assert len(looks) == 1, "who took nothing has looked at nothing"
