"""The tree over all chains (RFC 6962, RFC 9162): proofs that an event stands in the ledger.

Functions that read a stored tree take ``hash_at(level, index)``: the hash of the complete subtree
over leaves ``index * 2**level`` up to, not including, ``(index + 1) * 2**level``. Storage may be
tiles, rows or a list; only complete subtrees are ever asked for, and they never change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

HashAt: TypeAlias = Callable[[int, int], bytes]

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The leaf for one entry; in the ledger the entry is an event's chain hash."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The node over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Node:
    """A complete subtree, ready to be stored."""

    level: int
    index: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Frontier:
    """All one needs to go on appending: the complete subtrees of the right edge, largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def root(self) -> bytes:
        """The root hash of the tree at this size."""
        if not self.peaks:
            return EMPTY_ROOT
        value = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            value = node_hash(peak, value)
        return value


def append(frontier: Frontier, leaves: Iterable[bytes]) -> tuple[Frontier, list[Node]]:
    """The frontier after more leaf hashes, and every complete subtree (leaves too) they made."""
    size, peaks, made = frontier.size, list(frontier.peaks), []
    for leaf in leaves:
        level, value = 0, leaf
        made.append(Node(0, size, leaf))
        while (size >> level) & 1:
            value = node_hash(peaks.pop(), value)
            level += 1
            made.append(Node(level, size >> level, value))
        peaks.append(value)
        size += 1
    return Frontier(size, tuple(peaks)), made


def frontier_at(size: int, hash_at: HashAt) -> Frontier:
    """The frontier of a stored tree at a size."""
    levels = [level for level in range(size.bit_length() - 1, -1, -1) if (size >> level) & 1]
    return Frontier(size, tuple(hash_at(level, (size >> level) - 1) for level in levels))


def root(leaves: Sequence[bytes]) -> bytes:
    """The root hash over leaf hashes."""
    return append(Frontier(), leaves)[0].root()


def root_at(size: int, hash_at: HashAt) -> bytes:
    """The root hash of a stored tree at a size."""
    return frontier_at(size, hash_at).root()


def inclusion_path(index: int, size: int, hash_at: HashAt) -> list[bytes]:
    """The audit path for the leaf at ``index`` in the tree of ``size`` (RFC 9162, 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError("no leaf at this position in a tree of this size")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_hash(middle, end, hash_at))
            end = middle
        else:
            path.append(_range_hash(start, middle, hash_at))
            start = middle
    return path[::-1]


def consistency_path(old: int, new: int, hash_at: HashAt) -> list[bytes]:
    """The proof that the tree of ``old`` leaves is the beginning of that of ``new`` (2.1.4.1)."""
    if not 0 < old <= new:
        raise ValueError("a consistency proof goes from a smaller tree that is not empty to a larger one")
    path: list[bytes] = []
    start, end, whole = 0, new, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_range_hash(middle, end, hash_at))
            end = middle
        else:
            path.append(_range_hash(start, middle, hash_at))
            start, whole = middle, False
    if not whole:
        path.append(_range_hash(start, end, hash_at))
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Does the leaf hash stand at ``index`` in the tree with this root? (RFC 9162, 2.1.3.2)"""
    if not 0 <= index < size:
        return False
    position, last, value = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            value = node_hash(sibling, value)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and value == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Is the tree with ``old_root`` the beginning of that with ``new_root``? (RFC 9162, 2.1.4.2)"""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    steps = list(path)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        return False
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            second = node_hash(second, step)
        position, last = position >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _split(count: int) -> int:
    """The largest power of two smaller than ``count``."""
    return 1 << ((count - 1).bit_length() - 1)


def _range_hash(start: int, end: int, hash_at: HashAt) -> bytes:
    """The hash over leaves ``start`` to ``end``, where ``start`` is the left edge of a subtree."""
    peaks: list[bytes] = []
    while start < end:
        level = (end - start).bit_length() - 1
        peaks.append(hash_at(level, start >> level))
        start += 1 << level
    return Frontier(0, tuple(peaks)).root()
