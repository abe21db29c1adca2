"""Grow the tree again from the events and hold it against tiles and signed roots."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from huiyin.record import clock, keyring
from huiyin.record.ledger.checkpoints import is_signed
from huiyin.record.ledger.findings import Finding
from huiyin.record.ledger.models import Checkpoint, Event, Leaf, Tile, TreeState
from huiyin.record.ledger.sequencer import waiting_events
from huiyin.record.ledger.tiles import HASH, HEIGHT, WIDTH, StoredTree, TileError
from huiyin.rules.merkle import Frontier, Node, append, leaf_hash

CHUNK = 900
"""Below 1,000, the parameters that any SQLite takes in one statement."""

MERGE_DELAY = timedelta(seconds=60)


def verify_tree(report: Callable[[str, int], None]) -> Iterator[Finding]:
    """Leaves against events, tiles against leaves, signed roots against the tree."""
    frontier = yield from _grow(report)
    yield from _edges(frontier.size)
    yield from _left_out(clock.now() - MERGE_DELAY)


class _Leaf(NamedTuple):
    position: int
    event_id: int
    chain_id: int
    seq: int


def _grow(report: Callable[[str, int], None]) -> Generator[Finding, None, Frontier]:
    """The tree, leaf by leaf; it stops where a position is missing."""
    tree, frontier = StoredTree(), Frontier()
    signed = Checkpoint.objects.order_by("size").values_list("size", "root", "signature").iterator(CHUNK)
    next_signed = next(signed, None)
    for chunk in _chunks():
        if chunk[0].position != frontier.size:
            yield Finding(f"tree, position {frontier.size}", "The leaf is missing.")
            break
        values = yield from _values(chunk, tree)
        while values:
            upto = len(values) if next_signed is None else min(len(values), next_signed[0] - frontier.size)
            frontier, nodes = append(frontier, values[:upto])
            values = values[upto:]
            yield from _tiles_differ(nodes, tree)
            while next_signed is not None and next_signed[0] <= frontier.size:
                yield from _root_differs(frontier, *next_signed)
                next_signed = next(signed, None)
        report("leaves", frontier.size)
    if next_signed is not None:
        yield Finding(
            "tree", f"A root over {next_signed[0]} leaves was signed, but only {frontier.size} hold: the tree was cut."
        )
    return frontier


def _chunks() -> Iterator[list[_Leaf]]:
    """Leaves in order, cut before every gap so that a chunk has none inside."""
    chunk: list[_Leaf] = []
    for values in (
        Leaf.objects.order_by("position").values_list("position", "event_id", "chain_id", "seq").iterator(CHUNK)
    ):
        leaf = _Leaf(*values)
        if chunk and (len(chunk) == CHUNK or leaf.position != chunk[-1].position + 1):
            yield chunk
            chunk = []
        chunk.append(leaf)
    if chunk:
        yield chunk


def _values(chunk: list[_Leaf], tree: StoredTree) -> Generator[Finding, None, list[bytes]]:
    """What each leaf should be, from its event; where the event is gone, what the tile remembers."""
    ids = [leaf.event_id for leaf in chunk]
    rows = Event.objects.filter(pk__in=ids).values_list("pk", "chain_id", "seq", "hash")
    events = {pk: (chain_id, seq, bytes(own)) for pk, chain_id, seq, own in rows}
    values: list[bytes] = []
    for leaf in chunk:
        event, where = events.get(leaf.event_id), f"tree, position {leaf.position}"
        stored = _stored(tree, 0, leaf.position)
        if event is None:
            yield Finding(where, f"Its event (number {leaf.seq} of chain {leaf.chain_id}) is missing.")
        elif event[:2] != (leaf.chain_id, leaf.seq):
            yield Finding(where, "The leaf was turned to another event.")
        elif stored is None:
            yield Finding(where, "The stored tree has no hash here.")
        elif leaf_hash(event[2]) != stored:
            yield Finding(
                where, f"Event {leaf.seq} of chain {leaf.chain_id} is not the one that was put into the tree."
            )
        own = leaf_hash(event[2]) if event else bytes(HASH)
        values.append(own if stored is None else stored)
    return values


def _tiles_differ(nodes: list[Node], tree: StoredTree) -> Iterator[Finding]:
    for node in nodes:
        if node.level and node.level % HEIGHT == 0 and _stored(tree, node.level, node.index) != node.hash:
            yield Finding(
                f"tree, tile row {node.level // HEIGHT}, hash {node.index}",
                "The stored hash does not follow from the leaves.",
            )


def _stored(tree: StoredTree, level: int, index: int) -> bytes | None:
    try:
        return tree.hash_at(level, index)
    except TileError:
        return None


def _root_differs(
    frontier: Frontier, size: int, root: bytes | memoryview, signature: bytes | memoryview
) -> Iterator[Finding]:
    where = f"checkpoint at {size}"
    if size != frontier.size or bytes(root) != frontier.root():
        yield Finding(where, "The signed root is not the root of the tree at this size.")
    if not is_signed(size, bytes(root), bytes(signature), keyring.load().log_public):
        yield Finding(where, "The signature is not that of this installation's log key under this origin.")


def _edges(size: int) -> Iterator[Finding]:
    """The right edge: state, last root and tiles end where the leaves end."""
    state = TreeState.objects.values_list("size", flat=True).first() or 0
    newest = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    if state != size:
        yield Finding("tree", f"The sequencer counts {state} leaves, but {size} hold.")
    if newest < size:
        yield Finding("tree", f"{size - newest} leaves at the end are under no signed root.")
    row, expected = 0, 0
    while size >> (HEIGHT * row):
        in_row = size >> (HEIGHT * row)
        expected += -(-in_row // WIDTH)
        last = Tile.objects.filter(level=row, index=(in_row - 1) // WIDTH).values_list("hashes", flat=True).first()
        if last is None or len(last) != ((in_row - 1) % WIDTH + 1) * HASH:
            yield Finding(f"tree, tile row {row}", "The last tile does not end where the tree ends.")
        row += 1
    if Tile.objects.count() != expected:
        yield Finding("tree", "There are more or fewer tiles than the leaves make.")


def _left_out(before: datetime) -> Iterator[Finding]:
    late = waiting_events().filter(at__lt=before).order_by("pk")
    count = late.count()
    if count:
        kind, key, seq = late.values_list("chain__kind", "chain__key", "seq")[0]
        yield Finding(
            f"{kind} {key}, event {seq}",
            f"It waits for its place in the tree for over a minute (with {count - 1} others): is the worker running?",
        )
