"""The ledger's only pen.

An event is written in the transaction of the change that it tells, or not at
all: a change without its event, or an event without its change, would make
the history lie. The head of the chain is locked first, so that two officers
who act at once get two numbers in one order.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.models import Q

from huiyin.record import clock
from huiyin.record.ledger.chains import Actor, Appended, ChainRef, public_part
from huiyin.record.ledger.following import Told, follow
from huiyin.record.ledger.models import Chain, Event
from huiyin.record.prepared import Place, Prepared, insert, insert_each, update, update_each
from huiyin.rules.chain import NONCE_BYTES, Json, canonical, commitment, event_hash

ONE_DEED = timedelta(minutes=1)
"""How long before the writing the instant of a deed may lie (``at``): one request, no more."""


_LOCKED = Prepared(lambda: Chain.objects.select_for_update().filter(kind=Place("kind"), key=Place("key")))


def append_event(
    chain: ChainRef, kind: str, *, actor: Actor, details: Mapping[str, Json], at: datetime | None = None
) -> Appended:
    """Append one event to a chain; begin the chain when it is the first."""
    return append_events(chain, [(kind, details)], actor=actor, at=at)[0]


def append_events(
    chain: ChainRef,
    events: Sequence[tuple[str, Mapping[str, Json]]],
    *,
    actor: Actor,
    at: datetime | None = None,
    is_new: bool = False,
) -> list[Appended]:
    """Append several events of one deed: one lock, one new head.

    ``at`` is for a deed that writes its own instant elsewhere too: a
    ``clock.now()`` of the same request. ``is_new`` saves the look for a chain
    that this transaction itself begins (a case's first events).
    """
    _must_be_atomic()
    time = _instant_of_deed(at)
    row = _new_chain(chain) if is_new else _lock(chain)
    if row.last_at is not None:
        time = max(time, row.last_at)  # a clock that stepped back never turns the history round
    link = _Link(bytes(row.head), row.length)
    written = [link.write(kind, details, actor, time) for kind, details in events]
    row.head, row.length, row.last_at = link.head, link.length, time
    if is_new:
        insert(row)
    else:
        update(row, "head", "length", "last_at")
    for event in written:
        event.chain = row
    insert(*written)
    follow(_told(chain, event, actor, details) for event, (_kind, details) in zip(written, events, strict=True))
    return [Appended(row.pk, event.seq, event.at, event.hash.hex()) for event in written]


def append_across(deeds: Mapping[ChainRef, Sequence[tuple[str, Mapping[str, Json]]]], *, actor: Actor) -> None:
    """Append to many chains at once, as the clock does it: all are locked first, in the order of their rows.

    Whoever holds one of these chains and waits for another would wait for ever: call it once in a transaction.
    """
    _must_be_atomic()
    now, rows = clock.now(), _lock_all(deeds)
    written: dict[ChainRef, list[Event]] = {}
    for chain, events in deeds.items():
        row = rows[chain]
        time = max(now, row.last_at) if row.last_at else now
        link = _Link(bytes(row.head), row.length)
        written[chain] = [link.write(kind, details, actor, time) for kind, details in events]
        row.head, row.length, row.last_at = link.head, link.length, time
        for event in written[chain]:
            event.chain = row
    update_each(list(rows.values()), "head", "length", "last_at")
    insert_each([event for events in written.values() for event in events])
    follow(
        _told(chain, event, actor, details)
        for chain, events in written.items()
        for event, (_kind, details) in zip(events, deeds[chain], strict=True)
    )


def _told(chain: ChainRef, event: Event, actor: Actor, details: Mapping[str, Json]) -> Told:
    side, about = int(actor.duty_number) if actor.kind == "other_party" else 0, details.get("side")
    return Told(chain, event.kind, event.seq, actor.kind, side, about if isinstance(about, int) else 0)


@dataclass(frozen=True)
class ToldEvent:
    """An event of an invented past, for the demo and the bench."""

    kind: str
    details: Mapping[str, Json]
    actor: Actor
    at: datetime


def append_told_chains(chains: Iterable[tuple[ChainRef, Sequence[ToldEvent]]]) -> int:
    """Write whole new chains of a story at once; refused where no story is told (HUIYIN_STORY)."""
    if not settings.HUIYIN_STORY:
        raise ImproperlyConfigured("Told chains belong to a story: HUIYIN_STORY is off here.")
    _must_be_atomic()
    rows: list[Chain] = []
    written: list[list[Event]] = []
    for chain, told in chains:
        link, row = _Link(chain.beginning(), 0), _new_chain(chain)
        written.append([link.write(event.kind, event.details, event.actor, event.at) for event in told])
        row.head, row.length, row.last_at = link.head, link.length, max(event.at for event in told)
        rows.append(row)
    Chain.objects.bulk_create(rows, batch_size=1000)
    for row, events in zip(rows, written, strict=True):
        for event in events:
            event.chain = row
    flat = [event for events in written for event in events]
    Event.objects.bulk_create(flat, batch_size=1000)
    return len(flat)


@dataclass
class _Link:
    """The end of a chain in memory, growing."""

    head: bytes
    length: int

    def write(self, kind: str, details: Mapping[str, Json], actor: Actor, at: datetime) -> Event:
        private = canonical({"actor": actor.as_json(), "details": details})
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = commitment(nonce, private)
        self.length += 1
        self.head = event_hash(self.head, canonical(public_part(kind, at, self.length)), sealed)
        return Event(
            seq=self.length, kind=kind, at=at, nonce=nonce, private=private.decode(), commitment=sealed, hash=self.head
        )


def _must_be_atomic() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An event is appended inside the transaction of its change.")


def _instant_of_deed(at: datetime | None) -> datetime:
    now = clock.now()
    if at is None:
        return now
    if not now - ONE_DEED <= at <= now:
        raise ValueError("An event's instant is a clock.now() of the same deed; the ledger is not backdated.")
    return at


def _new_chain(chain: ChainRef) -> Chain:
    return Chain(kind=chain.kind, key=chain.key, head=chain.beginning(), length=0)


def _lock(chain: ChainRef) -> Chain:
    """The chain's row, locked until the transaction ends; made first where it is missing."""
    row = _LOCKED.first(kind=chain.kind, key=chain.key)
    if row is None:
        Chain.objects.bulk_create([_new_chain(chain)], ignore_conflicts=True)  # two may begin it at once
        row = _LOCKED.all(kind=chain.kind, key=chain.key)[0]
    return row


def _lock_all(chains: Iterable[ChainRef]) -> dict[ChainRef, Chain]:
    """The rows of many chains, locked in one order, so that two who lock many never wait for each other."""
    wanted = list(chains)
    found = _locked_rows(wanted)
    missing = [chain for chain in wanted if chain not in found]
    if missing:
        Chain.objects.bulk_create([_new_chain(chain) for chain in missing], ignore_conflicts=True)
        found |= _locked_rows(missing)
    return found


def _locked_rows(chains: Sequence[ChainRef]) -> dict[ChainRef, Chain]:
    keys: dict[str, list[str]] = {}
    for chain in chains:
        keys.setdefault(chain.kind, []).append(chain.key)
    is_one = Q()
    for kind, names in keys.items():
        is_one |= Q(kind=kind, key__in=names)
    rows = Chain.objects.select_for_update().filter(is_one).order_by("pk") if keys else ()
    return {ChainRef(row.kind, row.key): row for row in rows}
