"""What the ledger says, in the order in which it happened."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.models import Event, Leaf


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
    rows = Event.objects.filter(chain__kind=chain.kind, chain__key=chain.key)
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    rows = rows.annotate(sequenced=Exists(Leaf.objects.filter(event_id=OuterRef("pk"))))
    values = rows.order_by("seq").values_list("seq", "kind", "at", "private", "hash", "sequenced")
    return [_view(*value) for value in values]


def event_of(chain: ChainRef, seq: int) -> EventView | None:
    """One event, or nothing where the chain has none of this number."""
    rows = Event.objects.filter(chain__kind=chain.kind, chain__key=chain.key, seq=seq)
    rows = rows.annotate(sequenced=Exists(Leaf.objects.filter(event_id=OuterRef("pk"))))
    value = rows.values_list("seq", "kind", "at", "private", "hash", "sequenced").first()
    return _view(*value) if value else None


def _view(
    seq: int, kind: str, at: datetime, private: str | None, event_hash: bytes | memoryview, sequenced: bool
) -> EventView:
    parts: dict[str, Any] = json.loads(private) if private else {}
    actor, details = parts.get("actor", {}), parts.get("details", {})
    return EventView(seq, kind, at, actor, details, bytes(event_hash).hex(), sequenced, erased=private is None)
