"""Clients that never give up, and a server that is killed under them."""

from __future__ import annotations

import queue
import random
import sqlite3
import threading
import time
from dataclasses import dataclass, field

import psycopg

from tools.bench.http import Answer, Connection, WrongAnswer
from tools.bench.installation import Installation, Server, free_port, start_product, url_of

CLIENTS = 8
PATIENCE = 1_800.0  # seconds until everything must be acknowledged
TEXT = "河边工地每天夜里施工到两点，孩子睡不着，反映过两次没有人答复。The noise goes on all night."


@dataclass
class Submission:
    """One complaint, sent under one key until an answer comes; ``receipts`` are all the answers it ever got."""

    number: int
    tries: int = 0
    receipts: set[tuple[str, str]] = field(default_factory=set)

    @property
    def text(self) -> str:
        """Words of which the first stand in this complaint and in no other."""
        return f"{self.number:06d} {TEXT}"

    def send(self, connection: Connection) -> None:
        """Send it; after an OSError or a WrongAnswer nobody knows whether it was filed."""
        self.tries += 1
        body = {
            "subject": f"夜间施工噪音 {self.number}",
            "description": self.text,
            "confidentiality": "named",
            "contact": {"name": f"李梅{self.number}", "phone": "000-0000-0001"},
        }
        headers = {"Idempotency-Key": f"kill-{self.number}"}
        receipt = connection.post_json("/api/v1/complaints", body, headers=headers, wanted=201).json()
        self.receipts.add((receipt["case_number"], receipt["receipt_code"]))

    def track(self, connection: Connection) -> Answer:
        """Follow it with the receipt it was given."""
        ((number, code),) = self.receipts
        return connection.post_json("/api/v1/track", {"case_number": number, "receipt_code": code})


@dataclass
class Storm:
    """Sends ``count`` complaints from several clients and kills the server ``kills`` times meanwhile."""

    place: Installation
    count: int
    kills: int
    port: int = field(default_factory=free_port)
    retries: int = 0
    _open: queue.Queue[Submission] = field(default_factory=queue.Queue)
    _done: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def rage(self) -> tuple[Server, list[Submission]]:
        """Go on until every complaint is acknowledged; the server that stands at the end, and all complaints."""
        sent = [Submission(number) for number in range(self.count)]
        for each in sent:
            self._open.put(each)
        server = start_product(self.place, self.port)
        clients = [threading.Thread(target=self._client, daemon=True) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        until = time.monotonic() + PATIENCE
        for number in range(1, self.kills + 1):
            mark = self.count * number // (self.kills + 1)
            while self._done < mark and time.monotonic() < until:
                time.sleep(0.002)
            time.sleep(random.uniform(0, 0.05))
            server.kill()
            server = start_product(self.place, self.port)
        while self._done < self.count and time.monotonic() < until:
            time.sleep(0.01)
        assert self._done == self.count, f"only {self._done} of {self.count} were acknowledged"
        return server, sent

    def _client(self) -> None:
        connection = Connection(self.port)
        while self._done < self.count:
            try:
                submission = self._open.get(timeout=0.1)
            except queue.Empty:
                continue
            while not submission.receipts:
                try:
                    submission.send(connection)
                except ConnectionRefusedError:  # nobody was there: nothing is unknown
                    submission.tries -= 1
                    time.sleep(0.02)
                except (OSError, WrongAnswer):
                    connection.close()
                    time.sleep(0.02)
            with self._lock:
                self._done += 1
                self.retries += submission.tries - 1
        connection.close()


def texts(place: Installation) -> list[str]:
    """The text of every case, asked of the database and not of the program."""
    return [str(row[0]) for row in rows(place, "", "SELECT description FROM cases_case")]


def without_identity(place: Installation) -> set[str]:
    """Parties whose sealed row is not in the vault."""
    kept = {_plain(row[0]) for row in rows(place, "_vault", "SELECT vault_id FROM identity_sealedidentity")}
    return {_plain(row[0]) for row in rows(place, "", "SELECT vault_id FROM cases_party")} - kept


def is_whole(place: Installation) -> bool:
    """SQLite's own check of both files; PostgreSQL does it at every start."""
    if place.engine != "sqlite":
        return True
    return all(rows(place, part, "PRAGMA integrity_check") == [("ok",)] for part in ("", "_vault"))


def rows(place: Installation, part: str, statement: str) -> list[tuple[object, ...]]:
    """What the database itself answers: the main one, or with "_vault" the vault."""
    if place.engine == "sqlite":
        file = sqlite3.connect(place.home / ("vault.sqlite3" if part else "huiyin.sqlite3"))
        try:
            return file.execute(statement).fetchall()
        finally:
            file.close()
    database = next(name for name in place.databases if name.endswith("_vault") == bool(part))
    with psycopg.connect(url_of(database)) as connection:
        return connection.execute(statement).fetchall()


def _plain(vault_id: object) -> str:
    return str(vault_id).replace("-", "")
