"""The newest root in a file beside the database: a memory that whoever holds only the database cannot reach.

It finds what no look into the database can find: a whole database put back to an older day. A backup that is
brought back on purpose goes into a new home, or its operator takes this file away and says why.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from huiyin.record.ledger.checkpoints import newest_checkpoint
from huiyin.record.ledger.findings import Finding
from huiyin.record.ledger.tiles import StoredTree, TileError
from huiyin.rules.merkle import root_at

NAME = "newest-root.json"


def remember_root() -> int:
    """Write the newest root into the file, unless it contradicts what the file says; gives the size written, or 0."""
    newest = newest_checkpoint()
    if newest is None or list(verify_outside()):
        return 0
    file = _file()
    new = file.with_suffix(".new")
    with new.open("w", encoding="ascii") as opened:
        json.dump({"origin": settings.HUIYIN_ORIGIN, "size": newest.size, "root": bytes(newest.root).hex()}, opened)
        opened.flush()
        os.fsync(opened.fileno())
    new.replace(file)
    return newest.size


def verify_outside() -> Iterator[Finding]:
    """Does the tree still begin as the file remembers it?"""
    file = _file()
    try:
        kept = json.loads(file.read_text(encoding="ascii"))
        size, root, origin = int(kept["size"]), bytes.fromhex(kept["root"]), kept["origin"]
    except FileNotFoundError:
        return
    except (ValueError, KeyError, TypeError):
        yield Finding(str(file), "It cannot be read: it held the newest root outside the database.")
        return
    if origin != settings.HUIYIN_ORIGIN:
        yield Finding(str(file), f"It is about {origin}, not about {settings.HUIYIN_ORIGIN}.")
        return
    newest = newest_checkpoint()
    if newest is None or newest.size < size:
        yield Finding(
            "tree", f"A root over {size} lines is remembered outside the database: it was put back to an older day."
        )
        return
    try:
        same = root_at(size, StoredTree().hash_at) == root
    except TileError:
        same = False
    if not same:
        yield Finding("tree", f"The first {size} lines are not those whose root is remembered outside the database.")


def _file() -> Path:
    return Path(settings.HUIYIN_HOME) / NAME
