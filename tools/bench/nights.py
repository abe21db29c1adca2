"""How long the clock takes over many open cases: two ordinary nights, the moment between them, and ten nights at once."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator

from tools.bench.installation import Installation

RUNS = (("an ordinary night", 0), ("a moment later", 0), ("the night after", 1), ("after ten nights without it", 11))


def nights(place: Installation, cases: int, tell: Callable[[str], None]) -> Iterator[str]:
    """Set up, fill with open cases, let the clock act on some nights; one line each."""
    tell(f"{place.engine}: {cases:,} open cases")
    place.set_up()
    place.run("tools.bench.filling", "office")
    place.run("tools.bench.ticking", "seed", str(cases), story=True)
    for number, (name, days) in enumerate(RUNS):
        tell(f"{place.engine}: {name}")
        load = os.getloadavg()[0]
        took = json.loads(place.run("tools.bench.ticking", "run", str(days), story=True))
        if number == 0:
            yield f"{place.engine}: {took['cases']:,} open cases, {took['running']:,} running terms"
        yield (
            f"  {name:28} {took['events']:7,} acts {took['seconds']:7.2f} s ({took['processor']:.2f} s of them at work)"
            f"   somebody else waited {took['wait'] * 1000:5.0f} ms at most   load {load:.1f}"
        )
