"""What anybody may fetch: tiles as C2SP says, opaque, kept by caches; and the words around them."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from huiyin.front.transparency import files
from huiyin.record.ledger.checkpoints import verifier_key
from huiyin.record.ledger.models import Cosignature
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.rules.merkle import leaf_hash, root
from huiyin.rules.notes import COSIGNATURE, VerifierKey, cosignature, cosigned, read_checkpoint
from tests.cast import make_office
from tests.front.portal.visits import words
from tests.front.transparency.public import PLACE, fetch
from tests.record.ledger.town import COUNTY, WATER, tell

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def history() -> int:
    """A tree of 300 leaves, in two signed steps."""
    tell(WATER, 40)
    sequence_pending()
    tell(COUNTY, 260)
    sequence_pending()
    return 300


@pytest.fixture
def bar(settings) -> tuple[VerifierKey, Ed25519PrivateKey]:
    """The bar association watches."""
    private = Ed25519PrivateKey.generate()
    key = VerifierKey("bar.example.org/huiyin", COSIGNATURE, private.public_key().public_bytes_raw())
    settings.HUIYIN_WITNESSES = [str(key)]
    return key, private


def cosigned_note(note: str, key: VerifierKey, private: Ed25519PrivateKey, at: int = 1_790_000_000) -> str:
    return note + str(cosignature(key, at, private.sign(cosigned(at, read_checkpoint(note).body))))


def test_tiles_make_the_root_that_is_signed(history):
    head = read_checkpoint(fetch("checkpoint").decode())
    full, rest = fetch("tile/0/000"), fetch("tile/0/001.p/44")
    leaves = [(full + rest)[at : at + 32] for at in range(0, 300 * 32, 32)]
    assert (head.size, head.root) == (300, root(leaves))
    assert fetch("tile/1/000.p/1") == root(leaves[:256])
    assert fetch("tile/0/000.p/40") == full[: 40 * 32], "the tile of an earlier root stays"


def test_entries_hash_to_the_leaves_and_say_nothing(history):
    bundle, leaves = fetch("tile/entries/001.p/44"), fetch("tile/0/001.p/44")
    for at in range(44):
        entry = bundle[at * 34 : (at + 1) * 34]
        assert entry[:2] == b"\x00\x20"
        assert leaf_hash(entry[2:]) == leaves[at * 32 : (at + 1) * 32]


def test_what_is_complete_is_kept_by_everybody_and_the_newest_root_by_nobody_long(history):
    for place in ("tile/0/000", "tile/entries/000", "tile/0/001.p/44"):
        answer = Client().get(PLACE + place)
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    newest = Client().get(PLACE + "checkpoint")
    assert newest["Content-Type"] == "text/plain; charset=utf-8"
    assert newest["Cache-Control"] == "public, max-age=5"
    assert not newest.cookies


@pytest.mark.parametrize(
    "place",
    [
        "tile/0/002", "tile/0/001", "tile/0/001.p/45", "tile/1/000", "tile/1/000.p/2", "tile/64/000", "tile/00/000",
        "tile/0/0", "tile/0/x000/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/-1/000",
        "tile/0/x999/x999/x999/999", "tile/entries/001", "tile/data/000", "tile/0/000/", "tile/0/٠٠٠",
    ],
)  # fmt: skip
def test_there_is_nothing_but_the_tree(history, place):
    assert Client().get(PLACE + place).status_code == 404


def test_before_the_first_event_there_is_nothing_to_fetch_and_the_page_says_so():
    make_office(with_accounts=False)
    for model_place in ("checkpoint", "tile/0/000.p/1"):
        assert Client().get(PLACE + model_place).status_code in {200, 404}
    assert Client().get(PLACE).status_code == 200


def test_the_page_says_what_is_proven_what_is_not_and_who_watches(history):
    office_page = words(Client().get(PLACE, headers={"accept-language": "en"}))
    assert "What it does not prove" in office_page
    assert "What whoever runs this server could still do" in office_page
    assert "No outside body watches this history yet" in office_page
    assert verifier_key() in Client().get(PLACE).content.decode()
    assert "over 300 lines" in office_page


def test_the_root_of_the_day_stands_in_one_line(history):
    line = Client().get(PLACE + "today.txt").content.decode()
    day, _origin, size, newest = line.split()
    assert len(day) == 10
    assert (size, base64.b64decode(newest)) == ("300", read_checkpoint(fetch("checkpoint").decode()).root)
    assert len(line) < 120
    assert newest in Client().get(PLACE + "today/").content.decode()


def test_programs_to_keep_come_as_files_with_their_fingerprint(history):
    page = Client().get(PLACE).content.decode()
    for name in files.PROGRAMS:
        answer = Client().get(PLACE + name)
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert hashlib.sha256(answer.content).hexdigest() in page


def test_the_word_of_a_known_witness_is_kept_shown_and_served(history, bar):
    key, private = bar
    note = fetch("checkpoint").decode()
    sent = cosigned_note(note, key, private)
    assert Client(enforce_csrf_checks=True).post(
        PLACE + "add-cosignature", sent, content_type="text/plain"
    ).status_code == 200  # fmt: skip
    assert fetch("checkpoint").decode() == sent
    page = Client().get(PLACE, headers={"accept-language": "en"}).content.decode()
    assert "bar.example.org/huiyin" in page
    assert str(key) in page
    Client().post(PLACE + "add-cosignature", sent, content_type="text/plain")
    assert Cosignature.objects.count() == 1, "said twice it stands once"


def test_nobody_elses_word_is_kept(history, bar):
    key, private = bar
    note = fetch("checkpoint").decode()
    stranger = Ed25519PrivateKey.generate()
    strange = VerifierKey("stranger.example", COSIGNATURE, stranger.public_key().public_bytes_raw())
    other_root = note.replace("\n300\n", "\n299\n")
    for sent, status in (
        (cosigned_note(note, strange, stranger), 403),
        (cosigned_note(note, key, stranger), 403),
        (note, 403),
        (cosigned_note(other_root, key, private), 404),
        ("hello", 400),
        ("x" * 100_000, 400),
        (b"\xff\xfe", 400),
    ):
        answer = Client().post(PLACE + "add-cosignature", sent, content_type="text/plain")
        assert answer.status_code == status, answer.content
    assert not Cosignature.objects.exists()
    assert Client().get(PLACE + "add-cosignature").status_code == 405


def test_a_witness_that_is_known_no_more_is_shown_no_more(history, bar, settings):
    key, private = bar
    Client().post(
        PLACE + "add-cosignature", cosigned_note(fetch("checkpoint").decode(), key, private), content_type="text/plain"
    )
    settings.HUIYIN_WITNESSES = []
    assert "bar.example.org" not in fetch("checkpoint").decode()
    assert "bar.example.org" not in Client().get(PLACE).content.decode()
