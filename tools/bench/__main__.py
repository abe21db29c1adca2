"""``./run bench``: how fast, as ratios to bare Django, on SQLite and PostgreSQL, in one run.

Numbers in milliseconds belong to the machine; ratios and processor time for each
operation can be compared from one version to the next.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psycopg

from tools.bench import processes
from tools.bench.before import compared
from tools.bench.http import Connection
from tools.bench.installation import (
    ROOT,
    Installation,
    Server,
    can_reach_postgres,
    installation,
    start_floor,
    start_product,
    url_of,
)
from tools.bench.measuring import at_once, by_turns
from tools.bench.nights import nights
from tools.bench.operations import Caller, Pair
from tools.bench.report import Figures, as_json, lines, machine
from tools.bench.searching import recall, searched

ENGINES = ("sqlite", "postgres")
NAME = "huiyin_bench"


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    sizes: tuple[int, ...]
    rounds: int
    batch: int
    seconds: float
    connections: tuple[int, ...]
    searches: int
    cuttings: int


def plan_of(sizes: str, *, quick: bool) -> Plan:
    """The whole measure, or a short one to see that everything still works."""
    if quick:
        return Plan(_sizes(sizes or "1000,4000"), 3, 10, 1.5, (8,), 5, 10)
    return Plan(_sizes(sizes or "10000,100000"), 12, 25, 10.0, (8, 32), 40, 60)


def _sizes(words: str) -> tuple[int, ...]:
    return tuple(sorted(int(word) for word in words.split(",")))


def main(arguments: list[str]) -> int:
    """Measure and print; the exit code says whether it ran, not whether it was fast."""
    parser = argparse.ArgumentParser(prog="./run bench", description="Speed, as ratios to bare Django.")
    parser.add_argument("--quick", action="store_true", help="small and short: shows that it runs, not how fast")
    parser.add_argument("--engines", default="", metavar="LIST", help="sqlite,postgres")
    parser.add_argument("--sizes", default="", metavar="LIST", help="numbers of cases: 10000,100000")
    parser.add_argument("--tick", action="store_true", help="only the clock over many open cases (default: 100000)")
    parser.add_argument("--filing", action="store_true", help="only what a filing costs, ordinary and sealed")
    parser.add_argument("--before", type=Path, metavar="FOLDER", help="an older tree, measured in the same run")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure to a file")
    parser.add_argument("--name", default=NAME, help="first part of the names of its own databases")
    chosen = parser.parse_args(arguments)
    engines = [word for word in chosen.engines.split(",") if word] or list(ENGINES)
    if unknown := set(engines) - set(ENGINES):
        parser.error(f"unknown engine: {' '.join(sorted(unknown))}")
    if "postgres" in engines and not can_reach_postgres():
        print("PostgreSQL is not reachable (HUIYIN_TEST_POSTGRES_URL); it is not measured.")
        engines.remove("postgres")
    about = machine()
    print("  ".join(f"{name} {value}" for name, value in about.items()))
    if chosen.tick:
        for engine in engines:
            size = _sizes(chosen.sizes or ("2000" if chosen.quick else "100000"))[-1]
            with installation(engine, chosen.name, ROOT / "var") as place:
                print("\n" + "\n".join(nights(place, size, tell)), flush=True)
        return 0
    if chosen.filing:
        rounds, batch = (3, 10) if chosen.quick else (12, 25)
        for engine in engines:
            found = compared(engine, chosen.name, chosen.before, rounds=rounds, batch=batch)
            print("\n" + "\n".join(found), flush=True)
        return 0
    plan = plan_of(chosen.sizes, quick=chosen.quick)
    figures = []
    for engine in engines:
        figures.append(measure(engine, plan, chosen.name))
        print("\n" + "\n".join(lines(figures[-1])), flush=True)
    if chosen.json:
        chosen.json.write_text(json.dumps(as_json(about, figures), indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0


def measure(engine: str, plan: Plan, name: str) -> Figures:
    """One engine, from an empty installation to the largest size."""
    figures = Figures(engine, load_before=os.getloadavg())
    with installation(engine, name, ROOT / "var") as place:
        tell(f"{engine}: setting up")
        place.set_up()
        caller = Caller(place.run("tools.bench.filling", "office").strip())
        place.run("tools.bench.floor", "prepare", str(plan.sizes[0]))
        figures.version = version_of(place)
        count = 0
        for size in plan.sizes:
            tell(f"{engine}: {size - count:,} more cases")
            before = megabytes(place)
            place.run("tools.bench.filling", "cases", str(count), str(size - count), story=True)
            figures.cases, figures.megabytes = size, (megabytes(place) - before) * 100_000 / (size - count)
            count = size
            tell(f"{engine}: measuring at {size:,}")
            at_size(place, caller, plan, size, figures)
    figures.load_after = os.getloadavg()
    return figures


def at_size(place: Installation, caller: Caller, plan: Plan, size: int, figures: Figures) -> None:
    """All operations at one size; many at once at the first, search and memory at the last."""
    with serving(place) as (product, floor):
        connection = Connection(product.port)

        def before(pair: Pair, count: int) -> None:
            if pair.name in {"reply", "hand on"}:
                while len(caller.filed) < count:
                    caller.file(connection)
                for _ in range(count):
                    caller.accept(connection)

        for pair in caller.pairs():
            tell(f"{place.engine}: {pair.name}")
            ratio = by_turns(
                pair, product, floor, cases=size, rounds=plan.rounds, batch=plan.batch,
                before=partial(before, pair),
            )  # fmt: skip
            figures.ratios.append(ratio)
        if size == plan.sizes[0]:
            for count in plan.connections:
                tell(f"{place.engine}: {count} at once")
                for name, act, server in (("file over API", caller.file, product), ("floor", caller.floor_api, floor)):
                    figures.rates.append(at_once(name, act, server.port, connections=count, seconds=plan.seconds))
        if size == plan.sizes[-1]:
            tell(f"{place.engine}: search")
            figures.searches = searched(place, product, caller, count=plan.searches)
            figures.recall = recall(place, product, caller, cases=size, count=plan.cuttings)
            used = processes.memory(product.process.pid)
            figures.web_memory, figures.background_memory = used.web, used.background


@contextlib.contextmanager
def serving(place: Installation) -> Iterator[tuple[Server, Server]]:
    """Program and floor side by side."""
    product = start_product(place)
    try:
        floor = start_floor(place)
        try:
            yield product, floor
        finally:
            floor.stop()
    finally:
        product.stop()


def version_of(place: Installation) -> str:
    """The engine's own version."""
    if place.engine == "sqlite":
        return sqlite3.sqlite_version
    with psycopg.connect(url_of(place.databases[0])) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return str(row[0]) if row else ""


def megabytes(place: Installation) -> float:
    """Both databases on the disk, the search index in them."""
    if place.engine == "sqlite":
        total = 0
        for file in (place.home / "huiyin.sqlite3", place.home / "vault.sqlite3"):
            with contextlib.closing(sqlite3.connect(file)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            total += file.stat().st_size
        return total / 1_000_000
    total = 0
    for database in place.databases[:2]:
        with psycopg.connect(url_of(database), autocommit=True) as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
            total += int(row[0]) if row else 0
    return total / 1_000_000


def tell(sentence: str) -> None:
    """One line of progress."""
    print(f"{time.strftime('%H:%M:%S')}  {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
