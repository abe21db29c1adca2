"""Program and floor by turns, A B A B: what disturbs the machine disturbs both."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools.bench import processes
from tools.bench.http import Connection, WrongAnswer
from tools.bench.installation import Server
from tools.bench.operations import Act, Pair

WARM_UP = 20  # operations before anything counts


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds at one connection, and processor milliseconds for each operation."""

    p50: float
    p95: float
    cpu: float
    count: int


@dataclass(frozen=True, slots=True)
class Ratio:
    """One operation of the program, its floor, and how they stand to each other."""

    name: str
    cases: int
    product: Times
    floor: Times
    target: float

    @property
    def median(self) -> float:
        """Median over the floor's."""
        return self.product.p50 / self.floor.p50

    @property
    def cpu(self) -> float:
        """Processor time over the floor's: the figure to watch from one version to the next."""
        return self.product.cpu / self.floor.cpu if self.floor.cpu else math.nan


@dataclass(frozen=True, slots=True)
class Throughput:
    """Many connections at once for a while."""

    name: str
    connections: int
    per_second: float
    p50: float
    p95: float
    errors: int


def quantile(values: Sequence[float], part: float) -> float:
    """The nearest rank; nothing is interpolated."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def by_turns(
    pair: Pair, product: Server, floor: Server, *, cases: int, rounds: int, batch: int, before: Callable[[int], None]
) -> Ratio:
    """Medians at one connection; ``before(count)`` prepares what so many operations need."""
    ends = ((pair.product, Connection(product.port), product), (pair.floor, Connection(floor.port), floor))
    before(WARM_UP + rounds * batch)
    for act, connection, _ in ends:
        for _ in range(WARM_UP):
            act(connection)
    times: tuple[list[float], list[float]] = ([], [])
    begun = [processes.seconds(server.process.pid) for *_, server in ends]
    for _ in range(rounds):
        for side, (act, connection, _) in enumerate(ends):
            for _ in range(batch):
                start = time.perf_counter()
                act(connection)
                times[side].append((time.perf_counter() - start) * 1000)
    used = [processes.seconds(server.process.pid) - at for (*_, server), at in zip(ends, begun, strict=True)]
    for _, connection, _ in ends:
        connection.close()
    measured = [
        Times(quantile(each, 0.5), quantile(each, 0.95), cpu * 1000 / len(each), len(each))
        for each, cpu in zip(times, used, strict=True)
    ]
    return Ratio(pair.name, cases, measured[0], measured[1], pair.target)


def at_once(name: str, act: Act, port: int, *, connections: int, seconds: float) -> Throughput:
    """A closed loop: each connection sends its next request when the last is answered."""
    times: list[float] = []
    errors: list[str] = []
    until = time.perf_counter() + seconds

    def client() -> None:
        connection = Connection(port)
        while time.perf_counter() < until:
            start = time.perf_counter()
            try:
                act(connection)
            except (OSError, WrongAnswer) as problem:
                errors.append(str(problem))
                connection.close()
            else:
                times.append((time.perf_counter() - start) * 1000)
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(connections)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    passed = time.perf_counter() - begun
    if errors:
        print(f"  {len(errors)} errors, the first: {errors[0]}")
    if not times:
        return Throughput(name, connections, 0.0, math.nan, math.nan, len(errors))
    return Throughput(name, connections, len(times) / passed, quantile(times, 0.5), quantile(times, 0.95), len(errors))
