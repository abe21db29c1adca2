"""The whole program as a process: it starts once set up, brings dead workers back, and stops when told."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from huiyin.config.ports import free_port

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]


def program(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """One command of the program, run to its end."""
    command = [sys.executable, "-m", "huiyin.config.cli", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def databases() -> Iterator[dict[str, str]]:
    """SQLite needs none; PostgreSQL two new ones beside those of the tests."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield {}
        return
    names = [f"huiyin_serve_{os.getpid()}", f"huiyin_serve_{os.getpid()}_vault"]
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(f'CREATE DATABASE "{name}"')
        main, vault = (urlsplit(server)._replace(path=f"/{name}").geturl() for name in names)
        yield {"DATABASE_URL": main, "VAULT_DATABASE_URL": vault}
        for name in names:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, databases: dict[str, str]) -> dict[str, str]:
    """A new installation, set up by ``init``."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("HUIYIN_", "DJANGO_"))}
    made = {
        **{key: value for key, value in kept.items() if key not in {"DATABASE_URL", "VAULT_DATABASE_URL"}},
        "PYTHONPATH": str(ROOT / "src"),
        "HUIYIN_HOME": str(tmp_path_factory.mktemp("home")),
        "HUIYIN_SECRET_KEY": secrets.token_urlsafe(48),
        **databases,
    }
    done = program(made, "init", "--admin", "赵一", "--admin", "钱二", "--body", "汀澜县信访局")
    assert done.returncode == 0, done.stderr
    assert "admin1" in done.stdout
    return made


class Running:
    """A server under test."""

    def __init__(self, environment: dict[str, str], *words: str) -> None:
        self.port = free_port("127.0.0.1")
        command = [sys.executable, "-m", "huiyin.config.cli", "serve", "--port", str(self.port), *words]
        self.begun = time.monotonic()
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def answer(self, path: str = "/healthz") -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as response:
            return bytes(response.read())

    def wait_until_answering(self, patience: float = 60.0) -> float:
        while time.monotonic() - self.begun < patience:
            try:
                self.answer()
            except OSError:
                time.sleep(0.02)
            else:
                return time.monotonic() - self.begun
        self.process.kill()
        raise AssertionError(self.process.communicate()[0].decode())

    def children(self) -> list[int]:
        """The web workers, then the background worker."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return sorted(int(pid) for task in tasks for pid in task.read_text().split())

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(30)


@pytest.fixture
def running(environment: dict[str, str]) -> Iterator[Running]:
    server = Running(environment)
    server.wait_until_answering()
    yield server
    if server.process.poll() is None:
        server.stop()


def test_it_is_ready_and_stops_with_zero_when_told(running):
    assert json.loads(running.answer("/readyz"))["status"] == "ready"
    web = running.children()
    assert running.stop() == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in web)


def test_the_worker_may_be_a_service_of_its_own_that_alone_holds_the_contact_key(environment, tmp_path):
    keys = shutil.copytree(Path(environment["HUIYIN_HOME"], "keys"), tmp_path / "keys")
    keys.chmod(0o700)
    (keys / "contact.x25519").unlink()
    server = Running(environment | {"HUIYIN_KEYS_DIR": str(keys)}, "--without-worker")
    try:
        server.wait_until_answering()
        assert json.loads(server.answer("/readyz"))["status"] == "ready"
        commands = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in server.children()]
        assert commands
        assert not any(b"--supervisor" in each for each in commands)
    finally:
        assert server.stop() == 0


def test_a_start_costs_less_than_three_seconds(environment):
    """Counted as work of the processors, so that a busy machine does not turn the test red."""
    server = Running(environment)
    server.wait_until_answering(patience=60.0)
    spent = sum(processor_seconds(pid) for pid in (server.process.pid, *server.children()[:2]))
    server.stop()
    assert spent < 3.0


def processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_it_stops_at_once_even_while_it_is_starting(environment):
    for pause in (0.1, 0.6, 0.8, 1.0, 1.2):
        server = Running(environment)
        time.sleep(pause)
        begun = time.monotonic()
        server.stop()
        assert time.monotonic() - begun < 12.0  # the grace for requests under way, and some


def test_a_dead_web_worker_is_replaced(running):
    os.kill(running.children()[0], signal.SIGKILL)
    time.sleep(1.0)
    for _ in range(20):
        assert json.loads(running.answer())["status"] == "ok"
    assert running.stop() == 0


def test_workers_do_not_outlive_a_killed_parent(running):
    web = running.children()
    running.process.kill()
    running.process.wait()
    until = time.monotonic() + 30
    while any(is_running(pid) for pid in web) and time.monotonic() < until:
        time.sleep(0.1)
    assert [pid for pid in web if is_running(pid)] == []


def is_running(pid: int) -> bool:
    """Alive and no zombie."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] not in {"Z", "X"}


def test_a_second_server_on_the_same_port_is_told_so(running, environment):
    done = program(environment, "serve", "--port", str(running.port))
    assert done.returncode == 2
    assert "in use by another program" in done.stderr


def test_it_refuses_to_start_without_a_secret(environment):
    bare = {key: value for key, value in environment.items() if key != "HUIYIN_SECRET_KEY"}
    done = program(bare, "serve", "--port", "0")
    assert done.returncode == 2
    assert "HUIYIN_SECRET_KEY is not set" in done.stderr


def test_it_refuses_to_start_before_it_was_set_up(environment, tmp_path):
    done = program({**environment, "HUIYIN_HOME": str(tmp_path)}, "serve", "--port", "0")
    assert done.returncode == 2
    assert "There are no keys" in done.stderr
    assert done.stderr.count("./run huiyin init") == (1 if "DATABASE_URL" in environment else 3)


@pytest.mark.postgres
def test_a_database_that_was_restarted_is_found_again(running, environment):
    assert json.loads(running.answer("/readyz"))["status"] == "ready"
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    for _ in range(10):
        assert json.loads(running.answer("/readyz"))["status"] == "ready"
    assert len(running.children()) == 3  # the background worker too


def test_a_wrong_setting_is_named_and_not_thrown(environment):
    done = program({**environment, "DATABASE_URL": "mysql://x/y"}, "verify")
    assert done.returncode == 2
    assert "DATABASE_URL must begin with" in done.stderr
    assert "Traceback" not in done.stderr


def test_parent_and_two_web_workers_stay_small(running):
    for _ in range(50):
        running.answer()
    held = sum(memory(pid) for pid in (running.process.pid, *running.children()[:2]))
    assert held < 250 * 1024, f"{held // 1024} MB"


def memory(pid: int) -> int:
    """Kilobytes held, with pages that the workers share counted once."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
