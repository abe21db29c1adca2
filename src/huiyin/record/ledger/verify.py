"""Recompute the whole ledger, and name the first thing in each chain that does not hold.

Nothing stored is believed except the events' content and the signatures on
the roots: every hash is made again from what the events say. Reading streams
and holds one moment of the database, so that the office goes on working.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from huiyin.record.ledger.chains import ChainRef, public_part
from huiyin.record.ledger.erasure import CONTENT_ERASED
from huiyin.record.ledger.findings import Finding
from huiyin.record.ledger.models import Chain, Event
from huiyin.record.ledger.snapshot import snapshot
from huiyin.record.ledger.triggers import missing_triggers
from huiyin.record.ledger.verify_tree import verify_tree
from huiyin.rules.chain import canonical, commitment, event_hash

Progress: TypeAlias = Callable[[str, int], None]

CHUNK = 2000
REPORTED = 10_000
MOST_FINDINGS = 200
"""Enough to see what happened; a table that was emptied need not print each row."""


def verify_ledger(progress: Progress | None = None) -> list[Finding]:
    """Every chain, the tree over them, its tiles, its signed roots, and the walls in the database."""
    report = progress or _silent
    findings: list[Finding] = []
    with snapshot():
        for finding in _everything(report):
            findings.append(finding)
            if len(findings) >= MOST_FINDINGS:
                findings.append(Finding("ledger", "There is more; the check stopped here."))
                break
    return findings


def _everything(report: Progress) -> Iterator[Finding]:
    for name in missing_triggers():
        yield Finding("database", f"The trigger {name} that protects the ledger is missing.")
    yield from verify_chains(report)
    yield from verify_tree(report)


class _Row(NamedTuple):
    chain_id: int
    seq: int
    kind: str
    at: datetime
    nonce: bytes | None
    private: str | None
    commitment: bytes
    hash: bytes


def verify_chains(report: Progress) -> Iterator[Finding]:
    """Walk chains and events side by side, both in order of the chain."""
    groups = groupby(_rows(report), key=attrgetter("chain_id"))
    owner, events = next(groups, (None, ()))
    for pk, kind, key, head, length in _chains():
        while owner is not None and owner < pk:
            yield Finding(f"chain {owner}", "The chain's own row is missing; its events are there.")
            owner, events = next(groups, (None, ()))
        own: Iterable[_Row] = events if owner == pk else ()
        yield from _Walk(ChainRef(kind, key)).check(own, head, length)
        if owner == pk:
            owner, events = next(groups, (None, ()))
    while owner is not None:
        yield Finding(f"chain {owner}", "The chain's own row is missing; its events are there.")
        owner, events = next(groups, (None, ()))


@dataclass
class _Walk:
    """Along one chain, stopping at the first broken link."""

    chain: ChainRef
    seq: int = 0
    erased: set[int] = field(default_factory=set)
    told: set[int] = field(default_factory=set)

    def check(self, events: Iterable[_Row], head: bytes, length: int) -> Iterator[Finding]:
        link, last_at = self.chain.beginning(), None
        for event in events:
            broken = self._broken(event, link, last_at)
            if broken:
                yield Finding(f"{self.chain}, event {self.seq + 1}", broken)
                return
            self.seq, link, last_at = event.seq, event.hash, event.at
        if length != self.seq:
            yield Finding(
                str(self.chain),
                f"The chain counts {length} events, but {self.seq} are there: the end was cut or added to.",
            )
        elif head != link:
            yield Finding(str(self.chain), "The chain's newest hash is not that of its last event.")
        for seq in sorted(self.erased - self.told):
            yield Finding(f"{self.chain}, event {seq}", "Its content is gone, and no erasure is recorded.")

    def _broken(self, event: _Row, link: bytes, last_at: datetime | None) -> str:
        if event.seq != self.seq + 1:
            return f"It is missing: the next one there is number {event.seq}."
        if (event.nonce is None) != (event.private is None):
            return "Half of its content was taken out."
        if not _says_what_it_said(event):
            return "Its content was changed: it does not fit its commitment."
        if not _hangs_on(event, link):
            return "Its kind, its time or its place was changed: its hash does not follow from the event before."
        if last_at is not None and event.at < last_at:
            return "It is dated before the event in front of it."
        if event.private is None:
            self.erased.add(event.seq)
        elif event.kind == CONTENT_ERASED:
            self.told.update(json.loads(event.private)["details"]["seqs"])
        return ""


def _says_what_it_said(event: _Row) -> bool:
    if event.nonce is None or event.private is None:
        return True
    try:
        return commitment(event.nonce, event.private.encode()) == event.commitment
    except ValueError:  # a nonce of another length, or text that is no text
        return False


def _hangs_on(event: _Row, link: bytes) -> bool:
    try:
        return event_hash(link, canonical(public_part(event.kind, event.at, event.seq)), event.commitment) == event.hash
    except ValueError:
        return False


def _rows(report: Progress) -> Iterator[_Row]:
    names = ("chain_id", "seq", "kind", "at", "nonce", "private", "commitment", "hash")
    rows = Event.objects.order_by("chain_id", "seq").values_list(*names).iterator(CHUNK)
    count = 0
    for count, (chain_id, seq, kind, at, nonce, private, sealed, own) in enumerate(rows, start=1):
        yield _Row(chain_id, seq, kind, at, None if nonce is None else bytes(nonce), private, bytes(sealed), bytes(own))
        if count % REPORTED == 0:
            report("events", count)
    report("events", count)


def _chains() -> Iterator[tuple[int, str, str, bytes, int]]:
    rows = Chain.objects.order_by("pk").values_list("pk", "kind", "key", "head", "length").iterator(CHUNK)
    yield from ((pk, kind, key, bytes(head), length) for pk, kind, key, head, length in rows)


def _silent(what: str, count: int) -> None:
    """Nobody is watching."""
