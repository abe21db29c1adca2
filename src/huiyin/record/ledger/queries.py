"""What the ledger says, in the order in which it happened."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.models import Chain, Event, Leaf
from huiyin.record.prepared import Place, Prepared


@dataclass(frozen=True)
class EventView:
    """One event as it is read. Of an erased one, actor and details are empty."""

    seq: int
    kind: str
    at: datetime
    actor: dict[str, Any]
    details: dict[str, Any]
    hash: str
    sequenced: bool
    erased: bool = False


def events_of(chain: ChainRef, *, kinds: Collection[str] | None = None) -> list[EventView]:
    """All events of a chain, oldest first, or those of some kinds."""
    if kinds is None:
        return [_view(*value) for value in _WHOLE.all(kind=chain.kind, key=chain.key)]
    return [_view(*value) for value in _values(chain.kind, chain.key).filter(kind__in=list(kinds))]


def events_of_each(kind: str, keys: Collection[str]) -> dict[str, list[EventView]]:
    """All events of many chains of one kind, oldest first, under the key of each.

    For the check of everything: an event whose content can no longer be read counts as erased.
    """
    rows = Event.objects.filter(chain__kind=kind, chain__key__in=keys).order_by("chain_id", "seq")
    found: dict[str, list[EventView]] = {key: [] for key in keys}
    for key, seq, kind, at, private, own in rows.values_list("chain__key", "seq", "kind", "at", "private", "hash"):
        try:
            view = _view(seq, kind, at, private, own, sequenced=True)
        except (ValueError, AttributeError):
            view = _view(seq, kind, at, None, own, sequenced=True)
        found[key].append(view)
    return found


def last_of(chain: ChainRef, kind: str) -> EventView | None:
    """The newest event of a kind in a chain."""
    value = _values(chain.kind, chain.key).filter(kind=kind).order_by("-seq").first()
    return _view(*value) if value else None


def lengths(kind: str) -> dict[str, int]:
    """How many events each chain of a kind counts, by its key."""
    return dict(Chain.objects.filter(kind=kind).values_list("key", "length"))


def event_of(chain: ChainRef, seq: int) -> EventView | None:
    """One event, or nothing where the chain has none of this number."""
    value = _ONE.first(kind=chain.kind, key=chain.key, seq=seq)
    return _view(*value) if value else None


def _values(kind: str | Place, key: str | Place) -> QuerySet[Event, tuple[Any, ...]]:
    rows = Event.objects.filter(chain__kind=kind, chain__key=key)
    rows = rows.annotate(sequenced=Exists(Leaf.objects.filter(event_id=OuterRef("pk"))))
    return rows.order_by("seq").values_list("seq", "kind", "at", "private", "hash", "sequenced")


_WHOLE = Prepared(lambda: _values(Place("kind"), Place("key")))
_ONE = Prepared(lambda: _values(Place("kind"), Place("key")).filter(seq=Place("seq")))


def _view(
    seq: int, kind: str, at: datetime, private: str | None, event_hash: bytes | memoryview, sequenced: bool
) -> EventView:
    parts: dict[str, Any] = json.loads(private) if private else {}
    actor, details = parts.get("actor", {}), parts.get("details", {})
    return EventView(seq, kind, at, actor, details, bytes(event_hash).hex(), sequenced, erased=private is None)
