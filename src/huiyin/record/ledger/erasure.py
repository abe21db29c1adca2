"""Erasing what an event says, after its retention term, and leaving a mark that it was erased.

Text and nonce go; the salted commitment stays, so that the chain and every
proof given out still hold while nobody can guess the text from them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, Appended, ChainRef
from huiyin.record.ledger.models import Event
from huiyin.rules.chain import Json

CONTENT_ERASED = "content_erased"


def erase_content(
    chain: ChainRef, seqs: Collection[int], *, actor: Actor, legal_basis: str, more: Mapping[str, Json] | None = None
) -> Appended:
    """Erase the private part of some events of a chain; the tombstone is written first, ``more`` is what else it says."""
    numbers = sorted(seqs)
    details: dict[str, Json] = {"seqs": list(numbers), "legal_basis": legal_basis, **(more or {})}
    tombstone = append_event(chain, CONTENT_ERASED, actor=actor, details=details)
    Event.objects.filter(chain_id=tombstone.chain_id, seq__in=numbers).update(nonce=None, private=None)
    return tombstone
