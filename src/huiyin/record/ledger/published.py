"""What everybody may fetch: the tree as static tiles (C2SP tlog-tiles). Hashes alone, of which nobody can guess an event.

Entries are made anew from the stored events at each asking: an event that was changed
behind our back no longer hashes to its leaf, and whoever compares the two sees it.
"""

from __future__ import annotations

from django.db.models import OuterRef, Subquery

from huiyin.record.ledger.chains import ChainRef, public_part
from huiyin.record.ledger.checkpoints import newest_checkpoint
from huiyin.record.ledger.models import Chain, Event, Leaf, Tile
from huiyin.record.ledger.tiles import HASH, HEIGHT, WIDTH
from huiyin.record.ledger.witnesses import cosigned_text
from huiyin.rules.chain import canonical, commitment, event_hash


def checkpoint() -> str | None:
    """The newest signed root, with what witnesses said of it; None before the first event."""
    newest = newest_checkpoint()
    return cosigned_text(newest) if newest else None


def tile(level: int, index: int, width: int = WIDTH) -> bytes | None:
    """The first ``width`` hashes of a tile; None where the signed tree has not so many."""
    newest = newest_checkpoint()
    if newest is None or index * WIDTH + width > newest.size >> (HEIGHT * level):
        return None
    row = Tile.objects.filter(level=level, index=index).values_list("hashes").first()
    data = bytes(row[0])[: width * HASH] if row else b""
    return data if len(data) == width * HASH else None


def entries(index: int, width: int = WIDTH) -> bytes | None:
    """The entries under a tile of leaves, each with its length (two bytes) before it; None where there are not so many."""
    if tile(0, index, width) is None:
        return None
    first = index * WIDTH
    leaves = Leaf.objects.filter(position__gte=first, position__lt=first + width).order_by("position")
    ids = list(leaves.values_list("event_id", flat=True))
    before = Event.objects.filter(chain=OuterRef("chain"), seq=OuterRef("seq") - 1).values("hash")
    rows = Event.objects.filter(pk__in=ids).select_related("chain").annotate(before=Subquery(before))
    made = {row.pk: _entry(row, row.before) for row in rows}
    return b"".join(_with_length(made.get(key, b"")) for key in ids)


def _with_length(entry: bytes) -> bytes:
    return len(entry).to_bytes(2, "big") + entry


def _entry(event: Event, before: bytes | memoryview | None) -> bytes:
    """The event's hash from what it says now; empty where it says nothing that an event could say."""
    chain: Chain = event.chain
    link = ChainRef(chain.kind, chain.key).beginning() if event.seq == 1 else bytes(before or b"")
    try:
        sealed = bytes(event.commitment)
        if event.nonce is not None and event.private is not None:
            sealed = commitment(bytes(event.nonce), event.private.encode())
        return event_hash(link, canonical(public_part(event.kind, event.at, event.seq)), sealed)
    except ValueError:
        return b""
