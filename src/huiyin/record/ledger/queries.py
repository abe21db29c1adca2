"""What the ledger says, in the order in which it happened."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.models import Event, Leaf
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


def event_of(chain: ChainRef, seq: int) -> EventView | None:
    """One event, or nothing where the chain has none of this number."""
    value = _values(chain.kind, chain.key).filter(seq=seq).first()
    return _view(*value) if value else None


def _values(kind: str | Place, key: str | Place) -> QuerySet[Event, tuple[Any, ...]]:
    rows = Event.objects.filter(chain__kind=kind, chain__key=key)
    rows = rows.annotate(sequenced=Exists(Leaf.objects.filter(event_id=OuterRef("pk"))))
    return rows.order_by("seq").values_list("seq", "kind", "at", "private", "hash", "sequenced")


_WHOLE = Prepared(lambda: _values(Place("kind"), Place("key")))


def _view(
    seq: int, kind: str, at: datetime, private: str | None, event_hash: bytes | memoryview, sequenced: bool
) -> EventView:
    parts: dict[str, Any] = json.loads(private) if private else {}
    actor, details = parts.get("actor", {}), parts.get("details", {})
    return EventView(seq, kind, at, actor, details, bytes(event_hash).hex(), sequenced, erased=private is None)
