"""The tree over all chains: every event gets one place, and outsiders can check it."""

from __future__ import annotations

import base64

import pymerkle
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from huiyin.record import keyring
from huiyin.record.ledger.checkpoints import checkpoint_text, newest_checkpoint, note_key_id, verifier_key
from huiyin.record.ledger.models import Checkpoint, Event, Leaf, Tile
from huiyin.record.ledger.promises import Promise, promise, verify_promise
from huiyin.record.ledger.proofs import consistency_proof, inclusion_proof, proof_text
from huiyin.record.ledger.queries import event_of, events_of
from huiyin.record.ledger.sequencer import oldest_waiting_at, sequence_pending
from huiyin.record.ledger.tiles import StoredTree
from huiyin.rules.merkle import leaf_hash, root_at, verify_consistency, verify_inclusion
from tests.record.ledger.town import COUNTY, ROAD, WATER, register, tell

pytestmark = pytest.mark.django_db


def test_events_get_their_places_in_the_order_they_were_written():
    register(WATER)
    tell(ROAD, 2)
    tell(WATER)
    assert sequence_pending() == 6
    assert sequence_pending() == 0
    assert list(Leaf.objects.order_by("position").values_list("position", "event_id")) == list(
        enumerate(Event.objects.order_by("pk").values_list("pk", flat=True))
    )
    assert all(view.sequenced for view in events_of(WATER))
    assert oldest_waiting_at() is None
    assert tell(ROAD)[0].at == oldest_waiting_at()


def test_batches_of_any_size_grow_the_same_tree_as_another_program():
    for count, limit in ((1, 5000), (255, 100), (1, 5000), (520, 250), (23, 5000)):
        tell(COUNTY, count)
        while sequence_pending(limit):
            pass
    peer = pymerkle.InmemoryTree(algorithm="sha256")
    for entry in Event.objects.order_by("pk").values_list("hash", flat=True):
        peer.append_entry(bytes(entry))
    for checkpoint in Checkpoint.objects.all():
        assert bytes(checkpoint.root) == peer.get_state(checkpoint.size)
        assert root_at(checkpoint.size, StoredTree().hash_at) == bytes(checkpoint.root)
    assert newest_checkpoint().size == 800
    assert sorted(Tile.objects.values_list("level", "index")) == [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0)]


def test_a_proof_holds_against_the_signed_root_and_for_its_own_event_only():
    register(WATER)
    assert inclusion_proof(WATER, 2) is None
    tell(COUNTY, 300)
    sequence_pending()
    proof = inclusion_proof(WATER, 2)
    root, path = bytes(newest_checkpoint().root), [base64.b64decode(step) for step in proof["path"]]
    leaf = leaf_hash(bytes.fromhex(event_of(WATER, 2).hash))
    assert base64.b64decode(proof["leaf"]) == leaf
    assert verify_inclusion(leaf, proof["index"], proof["size"], path, root)
    other = leaf_hash(bytes.fromhex(event_of(WATER, 3).hash))
    assert not verify_inclusion(other, proof["index"], proof["size"], path, root)
    assert inclusion_proof(ROAD, 1) is None
    lines = proof_text(proof).split("\n")
    assert lines[:2] == ["c2sp.org/tlog-proof@v1", f"index {proof['index']}"]
    assert lines[lines.index("") + 2] == "303"


def test_a_later_tree_is_shown_to_continue_an_earlier_one():
    tell(COUNTY, 300)
    sequence_pending()
    old = bytes(newest_checkpoint().root)
    tell(COUNTY, 41)
    sequence_pending()
    path = [base64.b64decode(step) for step in consistency_proof(300, 341)]
    assert verify_consistency(300, 341, old, bytes(newest_checkpoint().root), path)


def test_the_checkpoint_is_a_signed_note_that_other_tools_read(settings):
    tell(COUNTY)
    sequence_pending()
    note = checkpoint_text(newest_checkpoint())
    body, _, signed = note.partition("\n\n")
    origin, size, root = body.split("\n")
    dash, name, blob = signed.strip().split(" ")
    assert (origin, size, dash, name) == (settings.HUIYIN_ORIGIN, "1", "—", settings.HUIYIN_ORIGIN)
    assert base64.b64decode(root) == bytes(newest_checkpoint().root)
    data, public = base64.b64decode(blob), keyring.load().log_public
    assert data[:4] == note_key_id(origin, public)
    public.verify(data[4:], (body + "\n").encode())
    assert verifier_key().startswith(f"{origin}+{data[:4].hex()}+")


def test_a_promise_is_the_word_of_one_key_about_one_leaf_at_one_time():
    given = register(WATER)[0].promise()
    public = keyring.load().log_public
    assert given == promise(event_of(WATER, 1))
    assert verify_promise(given, public)
    for changed in (
        {"leaf": "AAAA"},
        {"at": "2020-01-01T00:00:00.000000Z"},
        {"origin": "elsewhere"},
        {"signature": "x"},
    ):
        assert not verify_promise(Promise(**{**given.as_dict(), **changed}), public)
    assert not verify_promise(given, Ed25519PrivateKey.generate().public_key())
    sequence_pending()
    assert inclusion_proof(WATER, 1)["leaf"] == given.leaf
