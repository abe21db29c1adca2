"""The figures of a run, for people as a table and for programs as JSON."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tools.bench.measuring import Ratio, Throughput
from tools.bench.searching import TARGETS, Recall, Searched

MEMORY_TARGET = 250  # megabytes: the parent and two web workers
SIZE_TARGETS = {"sqlite": 600, "postgres": 1_000}  # megabytes for 100,000 matters
RATE_TARGET, RATE_CONNECTIONS = 120, 32  # filings a second over the API


@dataclass
class Figures:
    """Everything measured on one engine."""

    engine: str
    version: str = ""
    ratios: list[Ratio] = field(default_factory=list)
    rates: list[Throughput] = field(default_factory=list)
    searches: list[Searched] = field(default_factory=list)
    recall: Recall | None = None
    web_memory: float = 0.0
    background_memory: float = 0.0
    megabytes: float = 0.0  # for 100,000 matters
    cases: int = 0
    load_before: tuple[float, ...] = ()
    load_after: tuple[float, ...] = ()


def machine() -> dict[str, str]:
    """What it ran on."""
    names = [line for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines() if line.startswith("model name")]
    packages = ("Django", "granian", "djangorestframework", "psycopg")
    return {
        "processor": names[0].partition(":")[2].strip() if names else platform.processor(),
        "cores": str(os.cpu_count()),
        "system": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name.lower(): version(name) for name in packages},
    }


def as_json(machine_: dict[str, str], figures: Sequence[Figures]) -> dict[str, Any]:
    """Everything, with the ratios worked out and what missed its target named."""
    engines = {}
    for each in figures:
        values = asdict(each)
        for ratio, row in zip(each.ratios, values["ratios"], strict=True):
            row |= {"ratio": round(ratio.median, 2), "cpu_ratio": round(ratio.cpu, 2)}
        engines[each.engine] = values | {"missed": missed(each)}
    return {"machine": machine_, "engines": engines}


def missed(figures: Figures) -> list[str]:
    """Targets that this run did not reach, in words."""
    found = [
        f"{ratio.name} at {ratio.cases:,} cases: {ratio.median:.1f}x, target {ratio.target:.0f}x"
        for ratio in figures.ratios
        if ratio.median > ratio.target
    ]
    found += [
        f"{rate.name} at {rate.connections} connections: {rate.errors} errors" for rate in figures.rates if rate.errors
    ]
    found += [
        f"{rate.name} at {rate.connections} connections: {rate.per_second:.0f}/s, target {RATE_TARGET}/s"
        for rate in figures.rates
        if rate.connections == RATE_CONNECTIONS and rate.per_second < RATE_TARGET and not rate.name.startswith("floor")
    ]
    part, limit = TARGETS[figures.engine]
    for each in figures.searches:
        value = each.p50 if part == 0.5 else each.p95
        if value > limit:
            found.append(f"search for {each.word}: {value:.1f} ms, target {limit:.0f} ms")
    if figures.recall and (figures.recall.differing or figures.recall.found != figures.recall.expected):
        found.append(f"search does not find what a scan finds: {' '.join(figures.recall.differing)}")
    if figures.web_memory > MEMORY_TARGET:
        found.append(f"memory: {figures.web_memory:.0f} MB, target {MEMORY_TARGET} MB")
    if figures.megabytes > SIZE_TARGETS[figures.engine]:
        found.append(f"size: {figures.megabytes:.0f} MB for 100,000 cases, target {SIZE_TARGETS[figures.engine]} MB")
    return found


def lines(figures: Figures) -> list[str]:
    """The table of one engine."""
    head = (
        "operation",
        "cases",
        "p50 ms",
        "p95 ms",
        "cpu ms",
        "floor p50",
        "p95",
        "cpu",
        "ratio",
        "target",
        "cpu ratio",
    )
    rows = [
        (
            ratio.name, f"{ratio.cases:,}",
            *(f"{value:.2f}" for value in (ratio.product.p50, ratio.product.p95, ratio.product.cpu)),
            *(f"{value:.2f}" for value in (ratio.floor.p50, ratio.floor.p95, ratio.floor.cpu)),
            f"{ratio.median:.1f}x", f"{ratio.target:.0f}x", f"{ratio.cpu:.1f}x",
        )
        for ratio in figures.ratios
    ]  # fmt: skip
    found = [f"== {figures.engine} {figures.version}", "", *table(head, rows), ""]
    rates = [
        (
            rate.name,
            str(rate.connections),
            f"{rate.per_second:.0f}",
            f"{rate.p50:.1f}",
            f"{rate.p95:.1f}",
            str(rate.errors),
        )
        for rate in figures.rates
    ]
    found += [*table(("many at once", "connections", "per second", "p50 ms", "p95 ms", "errors"), rates), ""]
    if figures.searches:
        searches = [
            (each.word, f"{each.hits:,}", f"{each.p50:.1f}", f"{each.p95:.1f}", f"{each.scan:.0f}")
            for each in figures.searches
        ]
        found += [*table((f"search in {figures.cases:,}", "hits", "p50 ms", "p95 ms", "scan ms"), searches), ""]
    if figures.recall:
        each = figures.recall
        found.append(
            f"{each.words} words compared with a scan of the texts: {each.found:,} of {each.expected:,} hits found"
        )
    found += [
        f"memory: {figures.web_memory:.0f} MB for the parent and two web workers, "
        f"{figures.background_memory:.0f} MB for the background worker",
        f"size: {figures.megabytes:.0f} MB for 100,000 cases with three events each, vault and index",
        f"load before {_load(figures.load_before)}, after {_load(figures.load_after)}",
    ]
    return [*found, *(f"NOT REACHED: {sentence}" for sentence in missed(figures)), ""]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Columns side by side: words to the left, figures to the right."""
    whole = [list(head), *(list(row) for row in rows)]
    widths = [max(_width(row[column]) for row in whole) for column in range(len(head))]
    return [
        "  ".join(
            cell + " " * (width - _width(cell)) if column == 0 else " " * (width - _width(cell)) + cell
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in whole
    ]


def _width(cell: str) -> int:
    return sum(2 if "\u2e80" <= sign <= "\uffef" else 1 for sign in cell)


def _load(values: Sequence[float]) -> str:
    return " ".join(f"{value:.2f}" for value in values)
