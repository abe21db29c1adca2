"""The power fails: what the disk was told to keep, and no more, is what is left; every receipt given out is in it.

The calls of all processes of a server are written down while complaints come in. Then, for each cut, the files are laid
out anew as a disk would have them that kept nothing which it had not been told to keep (and, second, some of that in
no order), and opened. No power is cut; what is tried is the order of writes, syncs and answers.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.durability.submissions import Submission
from tests.made_tables import lay_tables
from tools.bench.http import Connection
from tools.bench.installation import Installation, Server, installation, start_product

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("durability"),
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here: the order of syncs cannot be seen"),
]
CALLS = "pwrite64,write,ftruncate,fsync,fdatasync,writev,sendto,sendmsg"
LINE = re.compile(r"^(?P<at>[\d.]+) (?P<call>\w+)\((?P<given>.*)\)\s+= (?P<result>-?\d+)[^<]*<(?P<took>[\d.]+)>$")
ON_FILE = re.compile(r"^\d+<(?P<path>[^>]*)>(?:, \"(?P<data>[^\"]*)\", \d+(?:, (?P<offset>\d+))?|, (?P<length>\d+))?$")
DATABASE = re.compile(r"(?:huiyin|vault)\.sqlite3(?:-wal)?$")
ANSWERED = "".join(rf"\x{byte:02x}" for byte in b"HTTP/1.1 201")


@dataclass(frozen=True)
class Call:
    """One call that changed or synced a file: when it began and had ended, in seconds."""

    began: float
    ended: float
    kind: str
    path: str
    offset: int = 0
    data: bytes = b""


@dataclass
class Disk:
    """The files as a disk may have them after a cut: what was synced, and what was only written."""

    kept: dict[str, bytearray]
    loose: dict[str, list[Call]] = field(default_factory=lambda: defaultdict(list))

    def take(self, call: Call) -> None:
        """One call after the other, in the order they ended; a sync keeps what had been written when it began."""
        if call.kind in {"fsync", "fdatasync"}:
            written = self.loose[call.path]
            for each in [each for each in written if each.ended <= call.began]:
                lay(self.kept.setdefault(call.path, bytearray()), each)
            self.loose[call.path] = [each for each in written if each.ended > call.began]
        else:
            self.loose[call.path].append(call)

    def after_a_cut(self, luck: random.Random | None) -> dict[str, bytearray]:
        """What is left; with ``luck``, any of the loose writes too, whole or in part."""
        left = {path: bytearray(data) for path, data in self.kept.items()}
        if luck is not None:
            for path, written in self.loose.items():
                for each in luck.sample(written, luck.randint(0, len(written))):
                    data = each.data[: luck.randint(0, len(each.data))] if luck.random() < 0.3 else each.data
                    lay(left.setdefault(path, bytearray()), Call(0, 0, each.kind, path, each.offset, data))
        return left


def lay(file: bytearray, call: Call) -> None:
    """Write, or cut to a length."""
    if call.kind == "ftruncate":
        del file[call.offset :]
        file.extend(bytes(call.offset - len(file)))
        return
    file.extend(bytes(max(0, call.offset - len(file))))
    file[call.offset : call.offset + len(call.data)] = call.data


@pytest.fixture
def place() -> Iterator[Installation]:
    """PostgreSQL is refused at the start unless it syncs; SQLite's order of calls is ours to see."""
    with installation("sqlite", f"huiyin_power_{os.getpid()}") as made:
        lay_tables(made)
        made.set_up()
        yield made


@pytest.mark.parametrize(
    ("count", "cuts"), [(40, 25), pytest.param(400, 200, marks=pytest.mark.full)], ids=["small", "full"]
)
def test_every_receipt_given_out_survives_the_cut(place: Installation, tmp_path: Path, count: int, cuts: int) -> None:
    server = start_product(place)
    try:
        watcher = watch(server, tmp_path / "calls")
        kept = still(server, lambda: {str(path): bytearray(path.read_bytes()) for path in databases(place)})
        begun = time.time()
        given = {each.number: receipt_of(each) for each in send(server, count)}
        time.sleep(0.5)
        watcher.send_signal(signal.SIGINT)
        watcher.wait(30)
    finally:
        server.stop()
    calls, answers = read(tmp_path / "calls", begun)
    assert len(answers) == count, "an answer was not seen going out"
    assert len([each for each in calls if each.kind in {"fsync", "fdatasync"}]) >= count

    disk, lost, luck = Disk(kept), [], random.Random(count)
    moments = {answers[number * count // cuts]: number * count // cuts + 1 for number in range(cuts)}
    for call in sorted(calls, key=lambda each: each.ended):
        while moments and next(iter(moments)) < call.ended:
            moment = next(iter(moments))
            answered = moments.pop(moment)
            for trial in (None, luck):
                lost += missing(tmp_path / "left", disk.after_a_cut(trial), answered)
        disk.take(call)
    for answered in moments.values():
        lost += missing(tmp_path / "left", disk.after_a_cut(None), answered)
    assert not lost
    assert len(set(given.values())) == count
    print(f"{cuts} cuts in {count} receipts, each with nothing and with some of what was not synced: 0 lost")


def test_the_trial_finds_an_answer_that_goes_out_too_early(tmp_path: Path) -> None:
    file = tmp_path / "huiyin.sqlite3"
    with sqlite3.connect(file) as made:
        made.execute("CREATE TABLE cases_case (number TEXT)")
    disk = Disk({str(file): bytearray(file.read_bytes())})
    with sqlite3.connect(file) as more:
        more.execute("INSERT INTO cases_case VALUES ('1')")
    disk.take(Call(1, 2, "pwrite64", str(file), 0, file.read_bytes()))
    assert missing(tmp_path / "left", disk.after_a_cut(None), 1) == ["1 of 1 cases"]
    disk.take(Call(3, 4, "fdatasync", str(file)))
    assert missing(tmp_path / "left", disk.after_a_cut(None), 1) == []


def watch(server: Server, into: Path) -> subprocess.Popen[bytes]:
    """Write down the calls of every process of the server, a file for each thread."""
    into.mkdir()
    group = [
        process
        for process in map(int, filter(str.isdigit, os.listdir("/proc")))
        if _group_of(process) == server.process.pid
    ]
    words = ["strace", "-ff", "-ttt", "-T", "-y", "-xx", "-s", "70000", "-e", f"trace={CALLS}", "-o", str(into / "of")]
    watcher = subprocess.Popen([*words, *(f"-p{each}" for each in group)], stderr=subprocess.PIPE)
    assert watcher.stderr is not None
    attached = 0
    for line in watcher.stderr:
        assert b"ptrace" not in line, line.decode()
        attached += b"attached" in line
        if attached == len(group):
            break
    threading.Thread(target=watcher.stderr.read, daemon=True).start()
    return watcher


def _group_of(process: int) -> int:
    try:
        return os.getpgid(process)
    except ProcessLookupError:
        return 0


def still(server: Server, look: Callable[[], dict[str, bytearray]]) -> dict[str, bytearray]:
    """Look at the files while nobody writes; what was written until now is on the disk."""
    os.killpg(server.process.pid, signal.SIGSTOP)
    try:
        time.sleep(0.2)
        os.sync()
        return look()
    finally:
        os.killpg(server.process.pid, signal.SIGCONT)


def databases(place: Installation) -> list[Path]:
    return [path for path in place.home.rglob("*") if DATABASE.search(path.name)]


def send(server: Server, count: int) -> list[Submission]:
    """From four clients at once."""
    sent = [Submission(number) for number in range(count)]

    def client(mine: list[Submission]) -> None:
        connection = Connection(server.port)
        for each in mine:
            each.send(connection)
        connection.close()

    clients = [threading.Thread(target=client, args=(sent[start::4],)) for start in range(4)]
    for each in clients:
        each.start()
    for each in clients:
        each.join()
    return sent


def receipt_of(submission: Submission) -> str:
    ((number, _code),) = submission.receipts
    return number


def read(folder: Path, begun: float) -> tuple[list[Call], list[float]]:
    """What was called on the databases since a moment, and when each receipt began to go out."""
    calls, answers = [], []
    for path in folder.iterdir():
        for line in path.read_text("ascii").splitlines():
            found = LINE.match(line)
            if found is None or float(found["at"]) < begun - 0.05 or int(found["result"]) < 0:
                continue
            began, ended = float(found["at"]), float(found["at"]) + float(found["took"])
            if found["call"] in {"writev", "sendto", "sendmsg", "write"} and ANSWERED in found["given"]:
                answers.append(began)
                continue
            about = ON_FILE.match(found["given"])
            if about is None or not DATABASE.search(name := _plain(about["path"]).decode()):
                continue
            data = _plain(about["data"] or "")[: int(found["result"])] if about["data"] else b""
            calls.append(Call(began, ended, found["call"], name, int(about["offset"] or about["length"] or 0), data))
    return calls, sorted(answers)


def _plain(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", "")) if escaped.startswith("\\x") else escaped.encode()


def missing(folder: Path, files: dict[str, bytearray], answered: int) -> list[str]:
    """What the receipts promise and the files do not hold."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path, data in files.items():
        (folder / Path(path).name).write_bytes(data)
    found = []
    with sqlite3.connect(folder / "huiyin.sqlite3") as file:
        if file.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            return ["the file is not whole"]
        if (there := file.execute("SELECT count(*) FROM cases_case").fetchone()[0]) < answered:
            found.append(f"{answered - there} of {answered} cases")
        if not (folder / "vault.sqlite3").exists():
            return found
        named = {str(row[0]).replace("-", "") for row in file.execute("SELECT vault_id FROM cases_party")}
    with sqlite3.connect(folder / "vault.sqlite3") as vault:
        kept = {str(row[0]).replace("-", "") for row in vault.execute("SELECT vault_id FROM identity_sealedidentity")}
    return found + [f"the sealed name of party {each}" for each in sorted(named - kept)]
