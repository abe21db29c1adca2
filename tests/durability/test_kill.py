"""What was acknowledged survives: the server is killed while complaints come in, and nothing is lost or doubled."""

from __future__ import annotations

import os
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connections

from tests.durability.submissions import Storm, Submission, is_whole, texts, without_identity
from tests.made_tables import lay_tables
from tools.bench.http import Connection, WrongAnswer
from tools.bench.installation import Installation, installation, start_product

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("durability")]


@pytest.fixture
def place() -> Iterator[Installation]:
    """An installation of its own on the engine of this run."""
    engine = "postgres" if connections["default"].vendor == "postgresql" else "sqlite"
    with installation(engine, f"huiyin_kill_{os.getpid()}") as made:
        lay_tables(made)
        made.set_up()
        yield made


@pytest.mark.parametrize(
    ("count", "kills"), [(150, 6), pytest.param(2_000, 41, marks=pytest.mark.full)], ids=["small", "full"]
)
def test_killed_again_and_again_it_loses_and_doubles_nothing(place, count, kills):
    storm = Storm(place, count, kills)
    server, sent = storm.rage()
    try:
        connection = Connection(server.port)
        for each in sent:
            assert len(each.receipts) == 1, f"two receipts under one key: {each.receipts}"
            assert each.track(connection).json()["description"] == each.text
        for each in sent[:: max(1, count // 100)]:
            each.send(connection)
            assert len(each.receipts) == 1, "sending again gave another receipt"
        assert Counter(texts(place)) == Counter(each.text for each in sent)
        assert len({number for each in sent for number, _code in each.receipts}) == count
        assert not without_identity(place)
        events, placed = wait_for_the_tree(place)
    finally:
        server.stop()
    assert is_whole(place)
    print(
        f"{place.engine}: {count} sent, {kills} kills, {storm.retries} retries, 0 lost, 0 doubled;"
        f" {events} events, {placed} in the tree"
    )


def test_the_same_key_fifty_times_at_once_files_once(place):
    server = start_product(place)
    try:
        together, one = threading.Barrier(50), Submission(1)
        problems: list[Exception] = []

        def send() -> None:
            connection = Connection(server.port)
            together.wait()
            try:
                one.send(connection)
            except (OSError, WrongAnswer) as problem:
                problems.append(problem)
            connection.close()

        clients = [threading.Thread(target=send) for _ in range(50)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        assert not problems
        assert len(one.receipts) == 1
        assert texts(place) == [one.text]
        assert not without_identity(place)
    finally:
        server.stop()


def wait_for_the_tree(place: Installation) -> tuple[int, int]:
    """``huiyin verify`` finds nothing, and soon every event has its place; raises when it finds something."""
    until = time.monotonic() + 30
    while True:
        said = place.run("huiyin.config.cli", "verify")
        found = re.search(r"([\d,]+) events, ([\d,]+) of them", said)
        assert found, said
        events, placed = (int(number.replace(",", "")) for number in found.groups())
        if events == placed:
            return events, placed
        assert time.monotonic() < until, f"{events - placed} events wait for their place in the tree"
        time.sleep(0.5)
