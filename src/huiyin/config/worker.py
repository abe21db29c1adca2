"""The background worker: small repeated jobs, each on its own, none able to stop another.

No legal deadline depends on it: due dates stand on rows, and a job that was
missed finds the same work again the next time.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import FrameType

from django.db import Error as DatabaseError
from django.db import close_old_connections, connections

from huiyin.record.notices.channels import ChannelDown

log = logging.getLogger("huiyin.worker")

LONGEST_PAUSE = 300.0  # seconds between two tries of a job that keeps failing
LONGEST_SLEEP = 1.0  # seconds: how soon a dead supervisor is noticed
LONGEST_GOODBYE = 6.0  # seconds that a job apart may take to finish what it does


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done again every so many seconds; doing it twice must do no harm."""

    name: str
    every: float
    run: Callable[[], object]
    is_apart: bool = False  # in a thread of its own, because somebody outside may keep it waiting


@dataclass(slots=True)
class Slot:
    """When a job is due again, and how often it has failed in a row."""

    job: Job
    due_at: float = 0.0
    failures: int = field(default=0)


def run_due(slots: Iterable[Slot], now: float) -> None:
    """Run each job that is due; a job that fails waits longer each time and disturbs no other."""
    for slot in slots:
        if slot.due_at > now:
            continue
        try:
            slot.job.run()
        except DatabaseError as problem:
            _put_off(slot, now)
            log.warning("%s: the database did not answer (%s); trying again", slot.job.name, type(problem).__name__)
            connections.close_all()
        except ChannelDown as problem:
            _put_off(slot, now)
            log.warning("%s: %s; trying again", slot.job.name, problem)
        except Exception:  # one broken job must not silence the others
            _put_off(slot, now)
            log.exception("%s failed %s time(s) in a row", slot.job.name, slot.failures)
        else:
            slot.failures = 0
            slot.due_at = now + slot.job.every
        finally:
            close_old_connections()


def _put_off(slot: Slot, now: float) -> None:
    slot.failures += 1
    slot.due_at = now + min(slot.job.every * 2**slot.failures, max(LONGEST_PAUSE, slot.job.every))


def work(jobs: Iterable[Job], stopping: threading.Event | None = None, *, supervisor: int | None = None) -> int:
    """Run ``jobs`` until SIGTERM, SIGINT or the end of the supervisor; a job under way is finished first."""
    stopping = stopping or stop_on_signals()
    slots = [Slot(job) for job in jobs]
    supervisor = supervisor or os.getppid()
    apart = [
        threading.Thread(target=_keep_running, args=([slot], stopping, supervisor), name=slot.job.name, daemon=True)
        for slot in slots
        if slot.job.is_apart
    ]
    for thread in apart:
        thread.start()
    _keep_running([slot for slot in slots if not slot.job.is_apart], stopping, supervisor)
    for thread in apart:
        thread.join(LONGEST_GOODBYE)
    return 0


def _keep_running(slots: list[Slot], stopping: threading.Event, supervisor: int) -> None:
    while not stopping.is_set() and os.getppid() == supervisor:
        run_due(slots, time.monotonic())
        next_due = min((slot.due_at for slot in slots), default=0.0)
        stopping.wait(max(0.05, min(LONGEST_SLEEP, next_due - time.monotonic())))
    connections.close_all()


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set."""
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopping
