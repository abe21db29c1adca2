"""The public history as an outsider fetches it, into a folder or by a program."""

from __future__ import annotations

from pathlib import Path

from django.test import Client

from huiyin.front.transparency.offline import WIDTH, tile_name

PLACE = "/transparency/"


def fetch(name: str) -> bytes:
    """One file; FileNotFoundError where it is not published."""
    answer = Client().get(PLACE + name)
    if answer.status_code != 200:
        raise FileNotFoundError(f"{name}: {answer.status_code}")
    return answer.content


def names(size: int) -> list[str]:
    """Every file of a tree of a size."""
    found, level = ["checkpoint"], 0
    while (row := size >> 8 * level) or not level:
        for index in range(-(-row // WIDTH)):
            width = min(WIDTH, row - index * WIDTH)
            found += [tile_name(level, index, width)] + ([tile_name("entries", index, width)] if not level else [])
        level += 1
    return found


def fetched_into(folder: Path) -> Path:
    """The whole public history in a folder; what is not published is not there."""
    size = int(fetch("checkpoint").split(b"\n")[1])
    for name in names(size):
        try:
            data = fetch(name)
        except FileNotFoundError:
            continue
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder
