"""Proof for outsiders that an event stands in the signed tree, without showing the event."""

from __future__ import annotations

import base64
from typing import TypedDict

from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.checkpoints import checkpoint_text, newest_checkpoint
from huiyin.record.ledger.models import Chain, Leaf
from huiyin.record.ledger.tiles import StoredTree
from huiyin.record.prepared import Place, Prepared
from huiyin.rules.merkle import consistency_path, inclusion_path

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
    found, checkpoint = _POSITION.first(kind=chain.kind, key=chain.key, seq=seq), newest_checkpoint()
    if found is None or checkpoint is None or found[0] >= checkpoint.size:
        return None
    index = found[0]
    tree, note = StoredTree(), checkpoint_text(checkpoint)
    return {
        "origin": note.partition("\n")[0],
        "size": checkpoint.size,
        "index": index,
        "leaf": _text(tree.hash_at(0, index)),
        "path": [_text(step) for step in inclusion_path(index, checkpoint.size, tree.hash_at)],
        "checkpoint": note,
    }


def consistency_proof(old: int, new: int) -> list[str]:
    """The proof that a tree seen earlier is the beginning of a later one."""
    return [_text(step) for step in consistency_path(old, new, StoredTree().hash_at)]


def proof_text(proof: InclusionProof) -> str:
    """The same proof as a C2SP tlog-proof, to be kept as a file or printed."""
    return "\n".join(("c2sp.org/tlog-proof@v1", f"index {proof['index']}", *proof["path"], "", proof["checkpoint"]))


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
