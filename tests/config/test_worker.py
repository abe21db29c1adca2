"""The background worker: jobs apart from each other, patient with a database that comes and goes."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from huiyin.config import worker
from huiyin.config.worker import LONGEST_PAUSE, Job, Slot, run_due, work
from huiyin.record.notices.channels import ChannelDown


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker, "connections", SimpleNamespace(close_all=lambda: None))


def test_a_broken_job_disturbs_no_other():
    done = []

    def broken():
        raise ValueError("what Li Mei wrote")

    slots = [Slot(Job("broken", 2, broken)), Slot(Job("sound", 2, lambda: done.append(1)))]
    run_due(slots, now=100.0)
    assert done == [1]
    assert slots[0].failures == 1
    assert slots[0].due_at == 104.0
    assert slots[1].due_at == 102.0


def test_a_job_that_keeps_failing_is_tried_less_often_and_forgiven_at_once():
    state = {"broken": True}

    def job():
        if state["broken"]:
            raise OperationalError("the server closed the connection")

    slot = Slot(Job("sequencer", 2, job))
    now = 0.0
    for _ in range(20):
        run_due([slot], now)
        pause, now = slot.due_at - now, slot.due_at
    assert pause == LONGEST_PAUSE
    state["broken"] = False
    run_due([slot], now)
    assert slot.failures == 0
    assert slot.due_at == now + 2


def test_a_job_is_not_run_before_it_is_due():
    done = []
    slot = Slot(Job("tick", 60, lambda: done.append(1)))
    run_due([slot], 0.0)
    run_due([slot], 59.0)
    assert done == [1]


def test_the_worker_stops_when_told_and_finishes_what_it_does():
    stopping = threading.Event()
    done = []

    def last():
        stopping.set()
        done.append("finished")

    assert work([Job("last", 1, last)], stopping) == 0
    assert done == ["finished"]


def test_a_job_apart_keeps_nobody_waiting():
    stopping, hangs, done = threading.Event(), threading.Event(), []

    def slow():
        hangs.wait(20)
        done.append("slow")

    def quick():
        done.append("quick")
        hangs.set()
        stopping.set()

    assert work([Job("slow", 1, slow, is_apart=True), Job("quick", 1, quick)], stopping) == 0
    assert done == ["quick", "slow"], "it was let finish"


def test_a_way_out_that_is_shut_is_tried_less_often():
    def shut():
        raise ChannelDown("the mail server does not answer")

    slot = Slot(Job("send notices", 2, shut))
    run_due([slot], now=100.0)
    assert (slot.failures, slot.due_at) == (1, 104.0)
