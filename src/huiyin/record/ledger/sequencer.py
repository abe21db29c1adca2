"""Gives committed events their place in the one tree, a few seconds after.

On PostgreSQL a number drawn early may be committed late, so that events do
not appear in the order of their ids. The sequencer therefore looks for events
without a leaf above a mark, and the mark trails what is new by ten minutes:
no request lives that long. ``sequence_overlooked`` looks from the beginning,
every hour, and ``verify`` names whatever was passed over.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from huiyin.record import clock
from huiyin.record.ledger.checkpoints import write_checkpoint
from huiyin.record.ledger.models import Event, Leaf, TreeState
from huiyin.record.ledger.tiles import StoredTree, store
from huiyin.rules.merkle import append, frontier_at, leaf_hash

MARK_DELAY = timedelta(minutes=10)


@transaction.atomic
def sequence_pending(limit: int = 5000, *, whole: bool = False) -> int:
    """Append up to ``limit`` waiting events to the tree and sign its new root; how many there were.

    Safe from any process: the lock on the one ``TreeState`` row lets one in.
    """
    state = _lock()
    events = _waiting(0 if whole else state.mark_event_id, limit)
    if not events:
        return 0
    frontier, nodes = append(frontier_at(state.size, StoredTree().hash_at), (leaf_hash(own) for *_, own in events))
    Leaf.objects.bulk_create(
        [
            Leaf(position=position, event_id=event_id, chain_id=chain_id, seq=seq)
            for position, (event_id, chain_id, seq, _) in enumerate(events, start=state.size)
        ],
        batch_size=2000,
    )
    store(nodes)
    state.size = frontier.size
    state.mark_event_id = max(state.mark_event_id, _safe_mark(events[-1][0]))
    state.save()
    write_checkpoint(frontier.size, frontier.root())
    return len(events)


def sequence_overlooked() -> int:
    """The same from the very first event: for what a very long transaction committed below the mark."""
    return sequence_pending(whole=True)


def waiting_events() -> QuerySet[Event]:
    """Events that have no place in the tree yet, from the beginning."""
    return Event.objects.filter(~_has_leaf())


def oldest_waiting_at() -> datetime | None:
    """Since when the oldest event above the mark has been waiting, for the alarm; None when none waits."""
    mark = TreeState.objects.filter(pk=1).values_list("mark_event_id", flat=True).first() or 0
    return waiting_events().filter(pk__gt=mark).order_by("pk").values_list("at", flat=True).first()


def _lock() -> TreeState:
    rows = TreeState.objects.select_for_update().filter(pk=1)
    state = rows.first()
    if state is None:
        TreeState.objects.bulk_create([TreeState(pk=1)], ignore_conflicts=True)
        state = rows.get()
    return state


def _has_leaf() -> Exists:
    return Exists(Leaf.objects.filter(event_id=OuterRef("pk")))


def _waiting(mark: int, limit: int) -> list[tuple[int, int, int, bytes]]:
    rows = waiting_events().filter(pk__gt=mark).order_by("pk")
    values = rows.values_list("pk", "chain_id", "seq", "hash")[:limit]
    return [(pk, chain_id, seq, bytes(own)) for pk, chain_id, seq, own in values]


def _safe_mark(last: int) -> int:
    """The highest id below which nothing can still appear."""
    if connection.vendor == "sqlite":
        return last  # one writer at a time: ids appear in their order
    old = Event.objects.filter(pk__lte=last, at__lt=clock.now() - MARK_DELAY)
    return old.order_by("-pk").values_list("pk", flat=True).first() or 0
