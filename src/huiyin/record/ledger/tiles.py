"""The stored tree: tiles of 256 hashes, every eighth level (C2SP tlog-tiles).

Only complete subtrees are stored, so that a hash once written never changes;
the last tile of each row grows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from huiyin.record.ledger.models import Tile
from huiyin.record.prepared import Place, Prepared
from huiyin.rules.merkle import Node, node_hash

HEIGHT = 8
WIDTH = 1 << HEIGHT
HASH = 32
KEPT = 64
_HASHES = Prepared(lambda: Tile.objects.filter(level=Place("level"), index=Place("index")).values_list("hashes"))


class StoredTree:
    """Reads hashes of complete subtrees out of tiles, and keeps the last few tiles at hand."""

    def __init__(self) -> None:
        self._tiles: dict[tuple[int, int], bytes] = {}

    def hash_at(self, level: int, index: int) -> bytes:
        """The hash over leaves ``index * 2**level`` and the following ``2**level - 1``."""
        row, above = divmod(level, HEIGHT)
        first, count = index << above, 1 << above
        data = self._tile(row, first // WIDTH)
        start = first % WIDTH * HASH
        hashes = [data[at : at + HASH] for at in range(start, start + count * HASH, HASH)]
        if len(hashes[-1]) != HASH:
            raise TileError(f"tile {row}/{first // WIDTH} is missing or too short")
        while len(hashes) > 1:
            hashes = [node_hash(left, right) for left, right in zip(hashes[::2], hashes[1::2], strict=True)]
        return hashes[0]

    def _tile(self, row: int, index: int) -> bytes:
        if (row, index) not in self._tiles:
            if len(self._tiles) >= KEPT:
                self._tiles.pop(next(iter(self._tiles)))
            found = _HASHES.first(level=row, index=index)
            self._tiles[row, index] = bytes(found[0]) if found else b""
        return self._tiles[row, index]


class TileError(Exception):
    """A hash that should be stored is not there."""


def store(nodes: Iterable[Node]) -> None:
    """Write new complete subtrees into their tiles; those between tile rows are left out."""
    grown: dict[tuple[int, int], list[Node]] = defaultdict(list)
    for node in nodes:
        if node.level % HEIGHT == 0:
            grown[node.level // HEIGHT, node.index // WIDTH].append(node)
    new: list[Tile] = []
    for (row, index), added in grown.items():
        data = b"".join(node.hash for node in added)
        if added[0].index % WIDTH == 0:
            new.append(Tile(level=row, index=index, hashes=data))
            continue
        tile = Tile.objects.get(level=row, index=index)
        if len(tile.hashes) != added[0].index % WIDTH * HASH:
            raise TileError(f"tile {row}/{index} does not end where the tree ends")
        tile.hashes = bytes(tile.hashes) + data
        tile.save(update_fields=["hashes"])
    Tile.objects.bulk_create(new, batch_size=100)
