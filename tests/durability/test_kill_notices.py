"""The worker is killed while it sends: every notice that counts arrives, none twice without a crash, none that was undone."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.db import connections

from tests.durability.mail_sink import Sink, mail_sink
from tests.durability.submissions import is_whole, rows
from tests.made_tables import lay_tables
from tools.bench.installation import ROOT, Installation, installation

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("durability")]
PATIENCE = 900.0  # seconds until everything must have been sent


@dataclass
class Killed:
    """A worker that is killed ``kills`` times: before it hears that a mail was taken, just after, or at any moment."""

    place: Installation
    sink: Sink
    kills: int
    done: int = 0
    process: subprocess.Popen[bytes] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.sink.on_arrival = self.maybe_kill

    @property
    def environment(self) -> dict[str, str]:
        """Mail is set up, and nobody waits a minute."""
        return self.place.environment | {
            "EMAIL_URL": f"smtp://127.0.0.1:{self.sink.port}",
            "HUIYIN_MAIL_FROM": "news@office.example",
            "HUIYIN_NOTICE_PAUSE": "1",
        }

    def maybe_kill(self) -> None:
        """Called when a mail has arrived and the worker does not know it yet."""
        if self.done >= self.kills or random.random() < 0.5:
            return
        if random.random() < 0.5:
            self.kill()
        else:
            threading.Timer(random.uniform(0.0, 0.02), self.kill).start()

    def kill(self) -> None:
        """SIGKILL, as when the power goes."""
        with self._lock:
            if self.done < self.kills and self.process is not None and self.process.poll() is None:
                self.process.send_signal(signal.SIGKILL)
                self.process.wait()
                self.done += 1

    def keep_working(self, teller: subprocess.Popen[bytes]) -> None:
        """Start the worker again wherever it died, until all is told and sent; sometimes it dies for no reason at all."""
        until = time.monotonic() + PATIENCE
        while teller.poll() is None or waiting(self.place):
            assert time.monotonic() < until, f"{waiting(self.place)} notices still wait"
            if self.process is None or self.process.poll() is not None:
                self.process = self.start("huiyin.config.cli", "worker")
            time.sleep(0.1)
            if random.random() < 0.02:
                self.kill()

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """A program of this installation."""
        return subprocess.Popen([sys.executable, "-m", *words], env=self.environment, cwd=ROOT, stdout=subprocess.PIPE)

    def stop(self) -> None:
        """No worker outlives the test."""
        self.kills = self.done
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)


@pytest.fixture
def place() -> Iterator[Installation]:
    """An installation of its own on the engine of this run."""
    engine = "postgres" if connections["default"].vendor == "postgresql" else "sqlite"
    with installation(engine, f"huiyin_notices_{os.getpid()}") as made:
        lay_tables(made)
        made.set_up()
        made.run("tools.bench.filling", "office")
        yield made


@pytest.mark.parametrize(
    ("count", "kills"), [(16, 5), pytest.param(600, 80, marks=pytest.mark.full)], ids=["small", "full"]
)
def test_killed_between_commit_and_sending_every_notice_arrives(place, count, kills):
    with mail_sink() as sink:
        worker = Killed(place, sink, kills)
        try:
            teller = worker.start("tests.durability.telling", str(count))
            worker.keep_working(teller)
            told = json.loads(teller.communicate()[0])
        finally:
            worker.stop()
        arrived = Counter(each.to for each in sink.arrivals)
    assert set(arrived) == set(told), "lost, or told without its commit"
    assert len(told) == count - count // 4
    doubled = sum(arrived.values()) - len(told)
    assert doubled <= worker.done, "a crash may double one notice and no more"
    for address in told:
        assert len({each.message_id for each in sink.arrivals if each.to == address}) == 1
    assert len({each.message_id for each in sink.arrivals}) == len(told)
    assert written(place, "notice_sent") == len(told)
    assert written(place, "contact_opened") >= len(sink.arrivals)
    assert "holds" in place.run("huiyin.config.cli", "verify")
    assert is_whole(place)
    print(f"{place.engine}: {len(told)} notices, {worker.done} kills, 0 lost, {doubled} sent twice")


def waiting(place: Installation) -> int:
    """Notices not settled yet."""
    return int(str(rows(place, "", "SELECT count(*) FROM notices_notice WHERE state = 'waiting'")[0][0]))


def written(place: Installation, kind: str) -> int:
    """Events of a kind in all chains."""
    return int(str(rows(place, "", f"SELECT count(*) FROM ledger_event WHERE kind = '{kind}'")[0][0]))
