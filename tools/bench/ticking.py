"""The clock over many open cases. A process of its own, under the story clock.

``python -m tools.bench.ticking seed COUNT`` writes open cases as the clock left them yesterday;
``... run DAYS`` lets it act as of so many days from now and prints what that took, as JSON;
``... act DAYS BATCH`` says that it begins and acts in small batches, to be killed meanwhile.
"""

from __future__ import annotations

import datetime
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import django
from django.db import connection, connections, transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
django.setup()

from huiyin.record import clock  # noqa: E402
from huiyin.record.cases.models import Case, RunningTerm  # noqa: E402
from huiyin.record.cases.registering.bulk import Invented, seed  # noqa: E402
from huiyin.record.cases.rounds.tick import Pace, act_on_terms  # noqa: E402
from huiyin.record.ledger.append import append_event  # noqa: E402
from huiyin.record.ledger.chains import Actor, ChainRef  # noqa: E402
from huiyin.record.ledger.models import Event  # noqa: E402
from huiyin.record.ledger.sequencer import sequence_pending  # noqa: E402
from tools.bench.texts import words  # noqa: E402

PROCEDURE = "cn-xinfang"
POSTS = ("office-1", *(f"unit-{number}-{place}" for number in range(2, 6) for place in range(4)))
# Of twenty open matters: how many stand where, which clocks run there, and over how many days they came in.
MIX = (
    (2, "registered", ("XF-triage", "XF-inform"), 10),
    (1, "triaged", ("XF-inform", "XF-inform-t", "XF-object"), 10),
    (12, "assigned", ("XF-handle",), 66),
    (5, "replied", ("XF-rev-ask",), 30),
)
KINDS = [(state, terms, days) for share, state, terms, days in MIX for _ in range(share)]
PAUSE = 0.02  # seconds between two deeds of somebody else


@dataclass
class SomebodyElse:
    """Writes a small event again and again beside the clock, and notes the longest time that took."""

    longest: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)
    _ready: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> SomebodyElse:
        self._thread = threading.Thread(target=self._write)
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _write(self) -> None:
        self._deed()
        self._ready.set()
        while not self._stop.wait(PAUSE):
            begun = time.perf_counter()
            self._deed()
            self.longest = max(self.longest, time.perf_counter() - begun)
        connection.close()

    @staticmethod
    @transaction.atomic
    def _deed() -> None:
        append_event(ChainRef.body("beside"), "somebody_else", actor=Actor.system(), details={})


def matters(count: int) -> Iterator[Invented]:
    """Invented open matters, of every age that their stage has."""
    for position in range(count):
        text = words(position)
        state, terms, days = KINDS[position % len(KINDS)]
        age, post = position * 7919 // len(KINDS) % days, POSTS[position % len(POSTS)]
        yield Invented(text.subject, text.description, days_ago=age, post=post, state=state, terms=terms)


def fill(count: int) -> None:
    """Open cases, and statistics for the planner."""
    with clock.story(datetime.datetime.now(datetime.UTC)):
        seed(matters(count), procedure=PROCEDURE, first=0)
    settle()
    for each in connections.all():
        with each.cursor() as cursor:
            cursor.execute("ANALYZE" if each.vendor == "postgresql" else "PRAGMA optimize")


def settle() -> None:
    """Give every event its place in the tree."""
    while sequence_pending(20_000):
        pass


def run(days: int) -> dict[str, float]:
    """Let the clock act once; how long it took, and how long somebody else had to wait meanwhile."""
    told = Event.objects.exclude(kind="somebody_else")
    before = told.count()
    with clock.story(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)), SomebodyElse() as other:
        begun, own = time.perf_counter(), time.thread_time()
        touched = act_on_terms()
        seconds, processor = time.perf_counter() - begun, time.thread_time() - own
    return {
        "cases": Case.scoped.filter(is_open=True).count(),
        "running": RunningTerm.objects.filter(state="running").count(),
        "touched": touched,
        "events": told.count() - before,
        "seconds": seconds,
        "processor": processor,
        "wait": other.longest,
    }


def main(arguments: list[str]) -> int:
    """One of the three jobs."""
    job, number = arguments[0], int(arguments[1])
    if job == "seed":
        fill(number)
    elif job == "run":
        print(json.dumps(run(number)))
    else:
        print("begun", flush=True)
        with clock.story(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=number)):
            act_on_terms(pace=Pace(int(arguments[2]), 0.002))
        settle()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
