"""Search for two characters: how long a page takes, and whether it finds what a scan of the texts finds."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg

from tools.bench import texts
from tools.bench.http import Connection
from tools.bench.installation import Installation, Server, url_of
from tools.bench.measuring import quantile
from tools.bench.operations import Caller

TARGETS = {"sqlite": (0.5, 20.0), "postgres": (0.95, 80.0)}  # which quantile, milliseconds
WHOLE = 2_000  # up to so many hits every page is compared, above that the first
SCAN = (
    "SELECT number FROM cases_case WHERE {instr}(subject || ' ' || description || ' ' || officer_summary, {mark}) > 0"
    " ORDER BY id DESC"
)


@dataclass(frozen=True, slots=True)
class Searched:
    """One word: how often it stands, how long its first page takes, how long a scan."""

    word: str
    hits: int
    p50: float
    p95: float
    scan: float


@dataclass(frozen=True, slots=True)
class Recall:
    """Words compared with a scan, hits expected and found, and words whose hits were not the scan's."""

    words: int
    expected: int
    found: int
    differing: tuple[str, ...]


def searched(place: Installation, server: Server, caller: Caller, *, count: int) -> list[Searched]:
    """The words of different rarity by turns."""
    chosen = (texts.RARE, texts.UNCOMMON, texts.COMMON, texts.ABSENT)
    times: dict[str, list[float]] = {word: [] for word in chosen}
    connection = Connection(server.port)
    for turn in range(count + 3):
        for word in chosen:
            start = time.perf_counter()
            caller.search(connection, word)
            if turn >= 3:
                times[word].append((time.perf_counter() - start) * 1000)
    found = []
    for word in chosen:
        start = time.perf_counter()
        hits = scan(place, word)
        passed = (time.perf_counter() - start) * 1000
        found.append(Searched(word, len(hits), quantile(times[word], 0.5), quantile(times[word], 0.95), passed))
    return found


def recall(place: Installation, server: Server, caller: Caller, *, cases: int, count: int) -> Recall:
    """Two characters cut anywhere from stored texts, in and across words, against a scan."""
    connection = Connection(server.port)
    expected = found = 0
    differing = []
    for word in _cuttings(cases, count):
        wanted = scan(place, word)
        given, after = caller.search(connection, word, limit=100)
        while after and len(wanted) <= WHOLE:
            page, after = caller.search(connection, word, after=after, limit=100)
            given += page
        wanted = wanted if len(wanted) <= WHOLE else wanted[:100]
        expected, found = expected + len(wanted), found + len(set(wanted) & set(given))
        if wanted != given:
            differing.append(word)
    return Recall(count, expected, found, tuple(differing))


def scan(place: Installation, word: str) -> list[str]:
    """What the texts themselves say, newest first, asked of the database and not of the program."""
    if place.engine == "sqlite":
        file = sqlite3.connect(f"file:{place.home / 'huiyin.sqlite3'}?mode=ro", uri=True)
        try:
            rows = file.execute(SCAN.format(instr="instr", mark="?"), [word]).fetchall()
        finally:
            file.close()
    else:
        with psycopg.connect(url_of(place.databases[0])) as connection:
            rows = connection.execute(SCAN.format(instr="strpos", mark="%s"), [word]).fetchall()
    return [row[0] for row in rows]


def _cuttings(cases: int, count: int) -> Iterator[str]:
    yield from (texts.RARE, texts.UNCOMMON, texts.ABSENT)
    draw = random.Random(cases)
    for _ in range(count - 3):
        while True:
            text = texts.words(draw.randrange(cases)).description
            at = draw.randrange(len(text) - 1)
            if all("\u4e00" <= sign <= "\u9fff" for sign in text[at : at + 2]):
                break
        yield text[at : at + 2]
