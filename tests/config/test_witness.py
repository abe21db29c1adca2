"""A witness signs while the history goes on, and refuses, aloud, when it does not."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from huiyin.config.witness import Alarm, Unreachable, Witness, look, over_http
from huiyin.record.ledger.checkpoints import newest_checkpoint, verifier_key
from huiyin.record.ledger.models import Chain, Checkpoint, Cosignature, Event, Leaf, Tile, TreeState
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.record.ledger.witnesses import newest_witnessed
from huiyin.rules.notes import VerifierKey
from tests.front.transparency.public import PLACE, fetch
from tests.lifting import lifted_triggers
from tests.record.ledger.town import COUNTY, ROAD, WATER, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def bar(tmp_path, settings) -> Witness:
    """The bar association's own machine."""
    witness = Witness(tmp_path / "bar", "bar.example.org/huiyin", VerifierKey.read(verifier_key()))
    settings.HUIYIN_WITNESSES = [str(witness.verifier())]
    return witness


def post(name: str, data: bytes) -> None:
    assert Client().post(PLACE + name, data, content_type="text/plain").status_code == 200


def grown(chain=WATER, count: int = 1) -> None:
    tell(chain, count)
    sequence_pending()


def emptied() -> None:
    """Everything is thrown away, as if an older copy were put back and went on differently."""
    for table in (Checkpoint, Tile, Leaf, Event, Chain, TreeState):
        table.objects.all().delete()


def test_it_signs_what_continues_what_it_saw(bar):
    for size in (3, 300, 301):
        grown(count=size - (newest_checkpoint().size if newest_checkpoint() else 0))
        look(bar, fetch, post)
        assert bar.seen().size == size
    look(bar, fetch, post)
    assert Cosignature.objects.count() == 3, "the same root said twice stands once"
    assert newest_witnessed().size == 301
    assert "bar.example.org/huiyin" in fetch("checkpoint").decode()


def test_its_key_is_its_own_and_is_made_once(bar):
    assert bar.verifier() == bar.verifier()
    assert (bar.folder / "witness.ed25519").stat().st_mode & 0o077 == 0


def test_what_it_saw_is_on_disk_before_its_word_leaves(bar):
    grown()

    def down(name: str, data: bytes) -> None:
        assert bar.seen().size == 1
        raise ConnectionError

    with pytest.raises(ConnectionError):
        look(bar, fetch, down)
    look(bar, fetch, post)
    assert Cosignature.objects.count() == 1


def test_an_older_database_put_back_is_refused(bar):
    grown(count=5)
    grown(count=5)
    look(bar, fetch, post)
    with lifted_triggers():
        Checkpoint.objects.filter(size=10).delete()
    with pytest.raises(Alarm, match="cut or set back: 10 lines were signed before, now only 5"):
        look(bar, fetch, post)
    assert bar.seen().size == 10
    (kept,) = bar.folder.glob("alarm-*.txt")
    assert kept.read_text(encoding="utf-8").count(verifier_key().partition("+")[0]) >= 2, "both signed roots are in it"


def test_an_older_database_that_went_on_differently_is_refused(bar):
    """Signed with the real key, every hash right: only who remembers can tell."""
    grown(count=300)
    look(bar, fetch, post)
    with lifted_triggers():
        emptied()
    grown(ROAD, 400)
    with pytest.raises(Alarm, match="The first 300 lines are not what they were"):
        look(bar, fetch, post)
    with lifted_triggers():
        emptied()
    grown(COUNTY, 300)
    with pytest.raises(Alarm, match="Two different roots over 300 lines"):
        look(bar, fetch, post)
    assert Cosignature.objects.count() == 1


def test_a_root_without_our_signature_is_refused(bar):
    grown()
    note = fetch("checkpoint").decode()
    with pytest.raises(Alarm, match="not signed with the key"):
        look(bar, lambda name: note.replace("\n1\n", "\n2\n").encode(), post)


def test_tiles_that_do_not_make_the_root_are_refused(bar):
    grown(count=3)

    def bent(name: str) -> bytes:
        return fetch(name) if name == "checkpoint" else bytes(96)

    with pytest.raises(Alarm, match="do not make the root"):
        look(bar, bent, post)
    look(bar, fetch, post)
    grown(count=3)

    def short(name: str) -> bytes:
        return fetch(name)[:-32] if name != "checkpoint" else fetch(name)

    with pytest.raises(Alarm, match="has not the 6 hashes"):
        look(bar, short, post)


def test_each_history_has_its_own_folder(bar):
    grown()
    look(bar, fetch, None)
    file = bar.folder / "seen.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"origin": "elsewhere"}))
    with pytest.raises(Alarm, match="its own folder"):
        look(bar, fetch, None)


@pytest.fixture
def address():
    """A server that publishes files of a dictionary and keeps what is left with it."""
    published: dict[str, bytes] = {}
    left: list[bytes] = []

    class Publishes(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = published.get(self.path)
            self.send_response(200 if data else 404)
            self.end_headers()
            self.wfile.write(data or b"no such file")

        def do_POST(self) -> None:
            left.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(403 if b"refused" in left[-1] else 200)
            self.end_headers()
            self.wfile.write(b"1\n")

        def log_message(self, *args: object) -> None:
            """Silence."""

    server = HTTPServer(("127.0.0.1", 0), Publishes)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", published, left
    server.shutdown()
    server.server_close()


def test_it_fetches_and_leaves_its_word_over_http(bar, address):
    place, published, left = address
    grown(count=3)
    published |= {"/checkpoint": fetch("checkpoint"), "/tile/0/000.p/3": fetch("tile/0/000.p/3")}
    out = StringIO()
    given = [str(bar.folder), "--name", bar.name, "--log", place, "--key", verifier_key()]
    call_command("witness", *given, stdout=out)
    assert "Signed the root over 3 lines." in out.getvalue()
    assert left[0].startswith(fetch("checkpoint"))
    del published["/checkpoint"]
    with pytest.raises(CommandError, match="answered 404"):
        call_command("witness", *given, stdout=out)
    with pytest.raises(Unreachable, match="answered 403"):
        over_http(place)[1]("add-cosignature", b"refused")


def test_an_alarm_ends_the_command_with_a_code_of_its_own(bar, address):
    place, published, _left = address
    grown(count=3)
    published |= {"/checkpoint": fetch("checkpoint"), "/tile/0/000.p/3": bytes(96)}
    with pytest.raises(CommandError, match="Nothing was signed") as alarm:
        call_command("witness", str(bar.folder), "--name", bar.name, "--log", place, "--key", verifier_key())
    assert alarm.value.returncode == 3


def test_without_an_address_it_says_what_the_office_writes_down(bar):
    out = StringIO()
    call_command("witness", str(bar.folder), "--name", bar.name, stdout=out)
    assert str(bar.verifier()) in out.getvalue()
    with pytest.raises(CommandError, match="--key"):
        call_command("witness", str(bar.folder), "--name", bar.name, "--key", "hello")
