"""``./run check``: what every commit must pass, in under two minutes on two cores.

The steps run side by side, two at a time, slowest first; each prints its output
only when it fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
SIDE_BY_SIDE = 2
LONGEST_OUTPUT = 60
LONG_FOLDERS = ("durability", "insiders", "journeys", "walks")
"""Folders of tests/ in which every test is slow (its conftest sees to it): they are not even read here."""


@dataclass(frozen=True)
class Step:
    """One thing that is checked, and the program that checks it."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """How a step ended."""

    step: Step
    code: int
    seconds: float
    output: str


def python(*words: str) -> tuple[str, ...]:
    """A command for this Python."""
    return (sys.executable, *words)


STEPS = (
    Step("types", python("-m", "mypy")),
    Step(
        "quick tests",
        python(
            *("-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "-m", "not slow and not browser and not full"),
            *(f"--ignore=tests/{each}" for each in LONG_FOLDERS),
        ),
    ),
    Step("contracts", (str(BIN / "lint-imports"),)),
    Step("words", python("-m", "tools.messages", "--check")),
    Step("style sheets", python("-m", "tools.styles", "--check")),
    Step("kept programs", python("-m", "tools.kept", "--check")),
    Step("documents", python("-m", "tools.documents")),
    Step("format", (str(BIN / "ruff"), "format", "--check", "--output-format=concise", ".")),
    Step("lint", (str(BIN / "ruff"), "check", "--output-format=concise", ".")),
)


def main(chosen: list[str]) -> int:
    """Run all steps, or those whose names begin with the given words."""
    steps = [step for step in STEPS if not chosen or any(step.name.startswith(word) for word in chosen)]
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "HUIYIN_PROFILE": "test",
        "PYTHONWARNINGS": "ignore",
    }
    failed = []
    begun = time.monotonic()
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        for result in pool.map(lambda step: run(step, environment), steps):
            print(
                f"{'passed' if result.code == 0 else 'FAILED':7} {result.step.name:14} {result.seconds:6.1f} s",
                flush=True,
            )
            if result.code:
                failed.append(result)
            elif result.step.name == "quick tests":
                print(f"        {last_line(result.output)}")
    for result in failed:
        print(f"\n== {result.step.name}: {' '.join(result.step.words[1:])}\n{shortened(result.output)}")
    print(f"\n{len(steps) - len(failed)} passed, {len(failed)} failed  ({time.monotonic() - begun:.0f} s)")
    return 1 if failed else 0


def run(step: Step, environment: dict[str, str]) -> Result:
    """Run one step to its end."""
    begun = time.monotonic()
    done = subprocess.run(step.words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return Result(step, done.returncode, time.monotonic() - begun, done.stdout + done.stderr)


def shortened(output: str) -> str:
    """The end of a long output, where the reasons stand."""
    lines = output.rstrip().splitlines()
    more = len(lines) - LONGEST_OUTPUT
    return "\n".join(([f"({more} lines before these)"] if more > 0 else []) + lines[-LONGEST_OUTPUT:])


def last_line(output: str) -> str:
    """The closing line of a test run."""
    lines = [line for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
