"""The clock is killed again and again while it acts; in the end each reminder is there once."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connections

from tests.durability.submissions import is_whole, rows
from tests.made_tables import lay_tables
from tools.bench.installation import ROOT, Installation, installation

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("durability")]
LATER = "45"  # days: most clocks of the invented matters have come to an act by then


@pytest.fixture
def place() -> Iterator[Installation]:
    """An installation of its own on the engine of this run."""
    engine = "postgres" if connections["default"].vendor == "postgresql" else "sqlite"
    with installation(engine, f"huiyin_clock_{os.getpid()}") as made:
        lay_tables(made)
        made.set_up()
        made.run("tools.bench.filling", "office")
        yield made


@pytest.mark.parametrize(
    ("cases", "kills"), [(120, 6), pytest.param(3_000, 60, marks=pytest.mark.full)], ids=["small", "full"]
)
def test_killed_anywhere_no_reminder_is_lost_or_doubled(place, cases, kills):
    place.run("tools.bench.ticking", "seed", str(cases), story=True)
    before = behind(place)
    killed = sum(kill_it_at_work(place) for _ in range(kills))
    for _ in range(
        2
    ):  # what somebody was working on is left for the next run, and the dead may hold a lock for a moment
        place.run("tools.bench.ticking", "act", LATER, "20", story=True)
    told = Counter(written(place))
    assert set(told.values()) == {1}, "a reminder is there twice"
    wanted = {term: count - before[term] for term, count in behind(place).items()}
    assert Counter((case, term) for case, term, _act in told) == Counter(+Counter(wanted))
    assert sum(wanted.values()) > cases
    assert "holds" in place.run("huiyin.config.cli", "verify")
    assert is_whole(place)
    print(f"{place.engine}: {sum(wanted.values())} acts, killed {killed} times at work, 0 lost, 0 doubled")


def kill_it_at_work(place: Installation) -> bool:
    """Start the clock and kill it within its first moments; False when it had come to its end."""
    words = [sys.executable, "-m", "tools.bench.ticking", "act", LATER, "7"]
    environment = place.environment | {"HUIYIN_STORY": "1"}
    with subprocess.Popen(words, env=environment, cwd=ROOT, stdout=subprocess.PIPE) as clock:
        assert clock.stdout is not None
        assert clock.stdout.readline() == b"begun\n"
        time.sleep(random.uniform(0.0, 0.15))
        clock.kill()
    return clock.returncode < 0


def behind(place: Installation) -> dict[tuple[str, str], int]:
    """How many acts lie behind each term, by case number and term."""
    found = rows(
        place,
        "",
        "SELECT c.number, t.term, t.acts_done FROM cases_runningterm t JOIN cases_case c ON c.id = t.case_id",
    )
    return {(str(number), str(term)): int(str(count)) for number, term, count in found}


def written(place: Installation) -> Iterator[tuple[str, str, str]]:
    """Every act that stands in a chain: case number, term, act."""
    found = rows(
        place,
        "",
        "SELECT c.key, e.private FROM ledger_event e JOIN ledger_chain c ON c.id = e.chain_id"
        " WHERE e.kind IN ('term_reminder', 'term_lapsed', 'term_escalated')",
    )
    for key, private in found:
        details = json.loads(str(private))["details"]
        yield str(key), details["term"], details["act"]
