"""A witness: another body's small program that keeps our newest root, and signs the next one only if it continues it.

It needs no installation, no database and no account here: an address, the key of the history, a folder of its
own. It asks us and is never asked, so it can run behind any firewall. What it saw is on disk before its word leaves:
whoever shows it another history later is caught, and the two signed roots that prove it are kept.
"""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from huiyin.front.transparency.offline import HASH, HEIGHT, WIDTH, tile_name
from huiyin.rules.merkle import consistency_path, node_hash, root_at, verify_consistency
from huiyin.rules.notes import COSIGNATURE, Head, VerifierKey, cosignature, cosigned, read_checkpoint

KEY, STATE = "witness.ed25519", "seen.json"
Fetch = Callable[[str], bytes]
Post = Callable[[str, bytes], None]


class Alarm(Exception):
    """The history is not the one that was seen before: nothing is signed, and somebody must be told."""


class Unreachable(Exception):
    """The history could not be fetched, or our word not be left there; the next try may succeed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest root that this witness has signed."""

    size: int
    root: bytes
    note: str


@dataclass(frozen=True, slots=True)
class Witness:
    """Who watches which history, and where it keeps what it saw."""

    folder: Path
    name: str
    log: VerifierKey

    def key(self) -> Ed25519PrivateKey:
        """Its own key, made at the first start; only its operator can read the file."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self.folder / KEY
        if not file.exists():
            drawn = Ed25519PrivateKey.generate()
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as new:
                new.write(drawn.private_bytes_raw().hex() + "\n")
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(file.read_text(encoding="ascii")))

    def verifier(self) -> VerifierKey:
        """What the office writes into its settings (HUIYIN_WITNESSES)."""
        return VerifierKey(self.name, COSIGNATURE, self.key().public_key().public_bytes_raw())

    def seen(self) -> Seen | None:
        """The newest root signed; None before the first."""
        file = self.folder / STATE
        if not file.exists():
            return None
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["origin"] != self.log.name:
            raise Alarm(
                f"{file} is about {kept['origin']}, not about {self.log.name}: give each history its own folder."
            )
        return Seen(kept["size"], bytes.fromhex(kept["root"]), kept["note"])

    def keep(self, head: Head, note: str) -> None:
        """Write down what was seen, on disk before anybody is told."""
        kept = {"origin": head.origin, "size": head.size, "root": head.root.hex(), "note": note}
        new = self.folder / f"{STATE}.new"
        with new.open("w", encoding="utf-8") as file:
            json.dump(kept, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.folder / STATE)


def look(witness: Witness, fetch: Fetch, post: Post | None) -> str:
    """One look: fetch the newest root, check that it continues what was seen, sign it; gives the signed note.

    Raises Alarm for a history that was cut, changed or forked; Unreachable when it could not be fetched or told.
    """
    note = fetch("checkpoint").decode("utf-8")
    head = _signed(witness.log, note)
    before = witness.seen()
    if before is not None:
        _continues(witness, before, head, note, fetch)
    elif head.size and root_at(head.size, Published(fetch, head.size).hash_at) != head.root:
        raise Alarm(f"The tiles published do not make the root over {head.size} lines that was signed.")
    at = int(time.time())
    line = cosignature(witness.verifier(), at, witness.key().sign(cosigned(at, head.body)))
    witness.keep(head, note)
    signed = note[: note.index("\n\n") + 2] + "".join(str(each) for each in head.lines) + str(line)
    if post is not None:
        post("add-cosignature", signed.encode())
    return signed


def _signed(log: VerifierKey, note: str) -> Head:
    """The root, if it is signed with the key of the history."""
    head = read_checkpoint(note)
    for line in head.lines:
        if (line.name, line.key_id) == (log.name, log.id):
            try:
                Ed25519PublicKey.from_public_bytes(log.key).verify(line.signature, head.body)
            except InvalidSignature:
                continue
            if head.origin == log.name:
                return head
    raise Alarm("The root is not signed with the key of this history.")


def _continues(witness: Witness, before: Seen, head: Head, note: str, fetch: Fetch) -> None:
    """Refuse whatever does not continue what was seen; keep both roots, which together prove it."""
    problem = ""
    if head.size < before.size:
        problem = f"The history was cut or set back: {before.size} lines were signed before, now only {head.size}."
    elif head.size == before.size:
        problem = "" if head.root == before.root else f"Two different roots over {head.size} lines were signed."
    elif before.size:
        tree = Published(fetch, head.size)
        path = consistency_path(before.size, head.size, tree.hash_at)
        if not verify_consistency(before.size, head.size, before.root, head.root, path):
            problem = f"The first {before.size} lines are not what they were when they were signed before."
    if problem:
        file = witness.folder / f"alarm-{int(time.time())}.txt"
        file.write_text(f"{problem}\n\nSeen before:\n\n{before.note}\nShown now:\n\n{note}", encoding="utf-8")
        raise Alarm(f"{problem} Both signed roots are kept in {file.name}: together they prove it.")


class Published:
    """Hashes out of the tiles that a history publishes."""

    def __init__(self, fetch: Fetch, size: int) -> None:
        self._fetch, self._size = fetch, size
        self._tiles: dict[tuple[int, int], bytes] = {}

    def hash_at(self, level: int, index: int) -> bytes:
        """The hash over leaves ``index * 2**level`` and the following ``2**level - 1``."""
        row, above = divmod(level, HEIGHT)
        first, count = index << above, 1 << above
        data, start = self._tile(row, first // WIDTH), first % WIDTH * HASH
        hashes = [data[at : at + HASH] for at in range(start, start + count * HASH, HASH)]
        while len(hashes) > 1:
            hashes = [node_hash(left, right) for left, right in zip(hashes[::2], hashes[1::2], strict=True)]
        return hashes[0]

    def _tile(self, row: int, index: int) -> bytes:
        if (row, index) not in self._tiles:
            width = min(WIDTH, (self._size >> HEIGHT * row) - index * WIDTH)
            data = self._fetch(tile_name(row, index, width))
            if len(data) != width * HASH:
                raise Alarm(f"Tile {row}/{index} has not the {width} hashes that the signed root needs.")
            self._tiles[row, index] = data
        return self._tiles[row, index]


def over_http(address: str) -> tuple[Fetch, Post]:
    """Fetching from a history's address, and leaving our word there."""
    base = address.rstrip("/")

    def fetch(name: str) -> bytes:
        return _asked(urllib.request.Request(f"{base}/{name}"))  # noqa: S310 - the operator names the address

    def post(name: str, data: bytes) -> None:
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        _asked(urllib.request.Request(f"{base}/{name}", data=data, headers=headers))  # noqa: S310

    return fetch, post


def _asked(request: urllib.request.Request) -> bytes:
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            data: bytes = answer.read()
    except urllib.error.HTTPError as problem:
        said = problem.read(200).decode("utf-8", "replace").strip()
        raise Unreachable(f"{request.full_url} answered {problem.code} {said}") from problem
    except OSError as problem:
        raise Unreachable(f"{request.full_url}: {problem}") from problem
    return data
