"""A full disk: what was acknowledged stays, what cannot be kept is given back with its words, and it goes on by itself."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.durability.submissions import Submission, is_whole, texts
from tests.durability.test_kill import wait_for_the_tree
from tests.made_tables import lay_tables
from tools.bench.http import Connection, WrongAnswer
from tools.bench.installation import Installation, installation, start_product
from tools.bench.operations import ALIKE_FIELDS, HIDDEN

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("durability")]
DISK = 64  # megabytes
LEFT = 1_000_000  # bytes left free, in which text must still find room
MOST = 2_000  # complaints that never fit into what is left


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"no small disk can be made here: {done.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def place(small_disk: Path) -> Iterator[Installation]:
    """An installation on it. SQLite: PostgreSQL's own disk is not ours to fill."""
    with installation("sqlite", "huiyin_full", parent=small_disk) as made:
        lay_tables(made)
        made.set_up()
        yield made


def fill(disk: Path) -> Path:
    """Take all but ``LEFT`` bytes of the disk."""
    about = os.statvfs(disk)
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        for _ in range(max(0, about.f_bavail * about.f_frsize - LEFT) // 4096):
            file.write(b"\1" * 4096)
    return ballast


def file_until_full(connection: Connection) -> tuple[list[Submission], str]:
    """Complaints that were acknowledged, and the answer to the first that was not."""
    taken: list[Submission] = []
    for number in range(10, MOST):
        each = Submission(number)
        try:
            each.send(connection)
        except WrongAnswer as full:
            return taken, str(full)
        taken.append(each)
    raise AssertionError("the disk was never full")


def by_form(connection: Connection, words: str) -> tuple[int, str]:
    """Send these words from the check page; the status and what the page says."""
    page = connection.get("/file/check/").body.decode()
    fields = [*dict(HIDDEN.findall(page)).items(), *((name, "") for name in ALIKE_FIELDS)]
    fields += [("subject", "井水发黑"), ("description", words), ("confidentiality", "anonymous"), ("send", "1")]
    for wanted in (503, 303):
        try:
            return wanted, connection.post_form("/file/check/", fields, wanted=wanted).body.decode()
        except WrongAnswer:
            continue
    raise AssertionError("neither taken nor given back")


def test_a_full_disk_loses_nothing_and_is_survived(place: Installation, small_disk: Path) -> None:
    server = start_product(place)
    try:
        connection = Connection(server.port)
        before = [Submission(number) for number in range(3)]
        for each in before:
            each.send(connection)
        ballast = fill(small_disk)
        taken, refused = file_until_full(connection)
        assert taken, "text found no room although some was left"
        assert " 503 " in refused and "busy" in refused
        status, page = by_form(connection, "三号井的水从周一起发黑，孩子喝了拉肚子。")
        assert (status, "三号井的水从周一起发黑，孩子喝了拉肚子。" in page) == (503, True)

        ballast.unlink()
        again = Submission(9_999)
        until = time.monotonic() + 30
        while not again.receipts:
            try:
                again.send(connection)
            except WrongAnswer:
                assert time.monotonic() < until, "it did not go on by itself"
                time.sleep(0.5)
        assert by_form(connection, "现在可以了")[0] == 303
        for each in (*before, *taken, again):
            assert each.track(connection).json()["description"] == each.text
        assert {each.text for each in (*before, *taken, again)} | {"现在可以了"} == set(texts(place))
        events, placed = wait_for_the_tree(place)
        assert events == placed
    finally:
        server.stop()
    assert is_whole(place)
