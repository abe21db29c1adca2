"""Proof for outsiders that an event stands in the signed tree, without showing the event."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import TypedDict

from huiyin.record.ledger.chains import ChainRef, public_part
from huiyin.record.ledger.checkpoints import (
    checkpoint_text,
    first_checkpoint_over,
    newest_checkpoint,
    verifier_key,
)
from huiyin.record.ledger.models import Chain, Checkpoint, Event, Leaf
from huiyin.record.ledger.promises import make_promise
from huiyin.record.ledger.tiles import StoredTree, TileError
from huiyin.record.ledger.witnesses import cosigned_text, newest_witnessed
from huiyin.record.prepared import Place, Prepared
from huiyin.rules.chain import Json
from huiyin.rules.merkle import consistency_path, inclusion_path, verify_consistency

FORMAT = "huiyin-proof/1"
_POSITION = Prepared(
    lambda: Leaf.objects.filter(
        chain_id__in=Chain.objects.filter(kind=Place("kind"), key=Place("key")).values("pk"), seq=Place("seq")
    ).values_list("position")[:1]
)


class InclusionProof(TypedDict):
    """Hashes in base64; ``checkpoint`` is the signed note that holds the root for ``size``."""

    origin: str
    size: int
    index: int
    leaf: str
    path: list[str]
    checkpoint: str


def inclusion_proof(chain: ChainRef, seq: int) -> InclusionProof | None:
    """The proof for one event against the newest signed root, or None while it still waits for its place."""
    return _included(chain, seq, newest_checkpoint())


def _included(chain: ChainRef, seq: int, checkpoint: Checkpoint | None, note: str = "") -> InclusionProof | None:
    found = _POSITION.first(kind=chain.kind, key=chain.key, seq=seq)
    if found is None or checkpoint is None or found[0] >= checkpoint.size:
        return None
    index = found[0]
    tree, note = StoredTree(), note or checkpoint_text(checkpoint)
    return {
        "origin": note.partition("\n")[0],
        "size": checkpoint.size,
        "index": index,
        "leaf": _text(tree.hash_at(0, index)),
        "path": [_text(step) for step in inclusion_path(index, checkpoint.size, tree.hash_at)],
        "checkpoint": note,
    }


def proof_file(chain: ChainRef, seq: int, *, is_opened: bool) -> str | None:
    """A proof to keep (C2SP tlog-proof), under the newest root that a witness signed where one covers the event.

    ``is_opened``: with what the leaf is made of and what the event says, for its owner's own eyes. Without it the file
    holds the event's hash and the promise alone: others see the moment, and could not even try out numbers.
    None while the event has no place yet.
    """
    found = _POSITION.first(kind=chain.kind, key=chain.key, seq=seq)
    event = Event.objects.filter(chain__kind=chain.kind, chain__key=chain.key, seq=seq).first()
    if found is None or event is None:
        return None
    checkpoint = newest_witnessed(found[0]) or newest_checkpoint()
    proof = _included(chain, seq, checkpoint, cosigned_text(checkpoint)) if checkpoint else None
    if proof is None:
        return None
    extra: dict[str, Json] = {"format": FORMAT, "log": verifier_key(), "event": {"hash": bytes(event.hash).hex()}}
    extra["promise"] = make_promise(bytes(event.hash).hex(), event.at).as_dict()
    if is_opened:
        extra["event"] = event_parts(event, chain)
    if is_opened and event.private is not None:
        extra["opening"] = {"chain": [chain.kind, chain.key], **opening(event)}
    return proof_text(proof, extra)


def event_parts(event: Event, chain: ChainRef) -> dict[str, Json]:
    """What an event's hash is made of, less what it says: hashes in hexadecimal."""
    before = Event.objects.filter(chain=event.chain_id, seq=event.seq - 1).values_list("hash", flat=True).first()
    return {
        "before": bytes(before).hex() if before is not None else chain.beginning().hex(),
        "public": public_part(event.kind, event.at, event.seq),
        "commitment": bytes(event.commitment).hex(),
    }


def history(chain: ChainRef, *, closed: Collection[str]) -> dict[str, Json]:
    """Every event of a chain with its place in the tree, opened unless its kind is ``closed``; and the newest root."""
    rows = list(Event.objects.filter(chain__kind=chain.kind, chain__key=chain.key).order_by("seq"))
    places = dict(Leaf.objects.filter(event_id__in=[row.pk for row in rows]).values_list("event_id", "position"))
    events: list[Json] = []
    for row in rows:
        opened = {} if row.kind in closed else opening(row)
        public = public_part(row.kind, row.at, row.seq)
        events.append(
            {"public": public, "commitment": bytes(row.commitment).hex(), "index": places.get(row.pk), **opened}
        )
    newest = newest_checkpoint()
    note = cosigned_text(newest) if newest else ""
    return {"chain": [chain.kind, chain.key], "log": verifier_key(), "events": events, "checkpoint": note}


def opening(event: Event) -> dict[str, Json]:
    """What an event says, with the salt of its commitment; empty once it was erased."""
    if event.nonce is None or event.private is None:
        return {}
    return {"nonce": bytes(event.nonce).hex(), "private": event.private}


def consistency_proof(old: int, new: int) -> list[str]:
    """The proof that a tree seen earlier is the beginning of a later one."""
    return [_text(step) for step in consistency_path(old, new, StoredTree().hash_at)]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """That the signed tree of then is the beginning of the signed tree of now; ``holds`` is what was found."""

    first: Checkpoint
    newest: Checkpoint
    path: tuple[bytes, ...]
    holds: bool

    def as_text(self) -> str:
        """The proof as a file: the root of then, and what a witness would be sent (C2SP tlog-witness)."""
        steps = "".join(f"{_text(step)}\n" for step in self.path)
        return f"{cosigned_text(self.first)}\nold {self.first.size}\n{steps}\n{cosigned_text(self.newest)}"


def unchanged_since(chain: ChainRef, seq: int) -> Unchanged | None:
    """From the first root over an event to the newest, checked here and now; None while there are no two roots."""
    found, newest = _POSITION.first(kind=chain.kind, key=chain.key, seq=seq), newest_checkpoint()
    first = first_checkpoint_over(found[0]) if found else None
    if first is None or newest is None or first.size == newest.size:
        return None
    try:
        path = tuple(consistency_path(first.size, newest.size, StoredTree().hash_at))
    except TileError:
        return Unchanged(first, newest, (), holds=False)
    holds = verify_consistency(first.size, newest.size, bytes(first.root), bytes(newest.root), path)
    return Unchanged(first, newest, path, holds)


def proof_text(proof: InclusionProof, extra: dict[str, Json] | None = None) -> str:
    """The same proof as a C2SP tlog-proof, to be kept as a file or printed."""
    more = [f"extra {_text(json.dumps(extra, ensure_ascii=False, sort_keys=True).encode())}"] if extra else []
    head = ("c2sp.org/tlog-proof@v1", *more, f"index {proof['index']}")
    return "\n".join((*head, *proof["path"], "", proof["checkpoint"]))


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
