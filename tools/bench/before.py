"""What a filing costs in processor time, in this tree and in an older one side by side, and what sealing adds.

``./run bench --filing --before FOLDER``; the older tree comes by ``git archive COMMIT | tar x -C FOLDER``.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tools.bench import processes
from tools.bench.http import Connection
from tools.bench.installation import ROOT, Installation, Server, installation, start_floor, start_product
from tools.bench.measuring import WARM_UP, quantile
from tools.bench.operations import Act, Caller

MOST_RISE, MOST_MORE_SEALED = 1.15, 80.0  # times the floor's ratio of before; milliseconds of a sealed filing more


@dataclass
class Side:
    """One operation on one server, and what it took."""

    name: str
    act: Act
    server: Server
    connection: Connection
    times: list[float] = field(default_factory=list)  # milliseconds
    processor: float = 0.0  # seconds

    def do(self, count: int) -> None:
        """So many of it, one after the other."""
        begun = processes.seconds(self.server.process.pid)
        for _ in range(count):
            start = time.perf_counter()
            self.act(self.connection)
            self.times.append((time.perf_counter() - start) * 1000)
        self.processor += processes.seconds(self.server.process.pid) - begun

    @property
    def cpu(self) -> float:
        """Processor milliseconds of one."""
        return self.processor * 1000 / len(self.times)


def compared(engine: str, name: str, older: Path | None, *, rounds: int, batch: int) -> Iterator[str]:
    """Measure by turns, everything on one machine in one run; lines to print."""
    load = os.getloadavg()[0]
    with contextlib.ExitStack() as stack:
        here = stack.enter_context(installation(engine, name, ROOT / "var"))
        sides = _sides_of("now", here, stack, with_sealed=True)
        here.run("tools.bench.floor", "prepare", "1000")
        floor = start_floor(here)
        stack.callback(floor.stop)
        if older:
            there = stack.enter_context(installation(engine, f"{name}_older", ROOT / "var", root=older.resolve()))
            sides |= _sides_of("before", there, stack, with_sealed=False)
        caller = Caller("")
        sides["form, floor"] = Side("form, floor", caller.floor_form, floor, Connection(floor.port))
        sides["api, floor"] = Side("api, floor", caller.floor_api, floor, Connection(floor.port))
        for side in sides.values():
            for _ in range(WARM_UP):
                side.act(side.connection)
        for _ in range(rounds):
            for side in sides.values():
                side.do(batch)
    yield f"== {engine}: filing, {rounds * batch} of each, load {load:.1f} to {os.getloadavg()[0]:.1f}"
    for side in sides.values():
        floor_cpu = sides[f"{side.name.split(',')[0].replace('sealed', 'api')}, floor"].cpu
        yield (
            f"  {side.name:14} p50 {quantile(side.times, 0.5):7.2f} ms   p95 {quantile(side.times, 0.95):7.2f} ms"
            f"   cpu {side.cpu:6.2f} ms   {side.cpu / floor_cpu:5.2f} times the floor's"
        )
    yield from _judged(sides)


def _sides_of(word: str, place: Installation, stack: contextlib.ExitStack, *, with_sealed: bool) -> dict[str, Side]:
    place.set_up()
    caller = Caller(place.run("tools.bench.filling", "office").strip())
    if with_sealed:
        place.run("tools.bench.filling", "keys")
    server = start_product(place)
    stack.callback(server.stop)
    acts = {"form": caller.file_by_form, "api": caller.file} | ({"sealed": caller.file_sealed} if with_sealed else {})
    return {
        f"{kind}, {word}": Side(f"{kind}, {word}", act, server, Connection(server.port)) for kind, act in acts.items()
    }


def _judged(sides: dict[str, Side]) -> Iterator[str]:
    for kind in ("form", "api"):
        if f"{kind}, before" in sides:
            rise = sides[f"{kind}, now"].cpu / sides[f"{kind}, before"].cpu  # over the same floor, which cancels out
            yield _line(f"{kind}: processor time over the floor's, of that before", rise, MOST_RISE, "times")
    for part, called in ((0.5, "median"), (0.95, "p95")):
        more = quantile(sides["sealed, now"].times, part) - quantile(sides["api, now"].times, part)
        yield _line(f"sealed: more than an ordinary one at the {called}", more, MOST_MORE_SEALED, "ms")


def _line(what: str, value: float, most: float, unit: str) -> str:
    return f"  {what}: {value:.2f} {unit}, at most {most:g}{'' if value <= most else '   NOT REACHED'}"
