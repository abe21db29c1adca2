"""What the processes of a server cost, from /proc: processor time and memory."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Memory:
    """Proportional set size in megabytes: shared pages are counted once over all."""

    web: float
    background: float


def tree(root: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            parent = _stat(int(folder.name))
            if parent:
                children.setdefault(int(parent[1]), []).append(int(folder.name))
    found, edge = [root], [root]
    while edge:
        edge = [child for parent in edge for child in children.get(parent, [])]
        found += edge
    return found


def seconds(root: int) -> float:
    """Processor time that a process tree has used so far."""
    total = 0
    for process in tree(root):
        values = _stat(process)
        if values:
            total += int(values[11]) + int(values[12])
    return total / TICKS


def memory(root: int) -> Memory:
    """Memory of the parent and its web workers, and of the background worker apart."""
    web = background = 0.0
    for process in tree(root):
        size = _proportional(process) / 1024
        if b"worker" in _words(process):
            background += size
        else:
            web += size
    return Memory(web, background)


def _stat(process: int) -> list[str]:
    """The fields after the name: state, parent, ...; empty for a process that is gone."""
    try:
        text = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _words(process: int) -> list[bytes]:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def _proportional(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
