"""Fifty ways to change a matter behind the program's back: the nightly check finds each, and one kept receipt nearly each.

What is not found by anything: a new line invented with all its hashes and signed by the running server (it is an
event like any other, and the complainant reads it), and rows of which no event speaks (posts and appointments).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from huiyin.front.transparency import offline
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.deeds import messages
from huiyin.record.cases.held.checking import verify_everything
from huiyin.record.cases.lists.external import note_external
from huiyin.record.cases.models import Case
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import proving
from huiyin.record.ledger.checkpoints import newest_checkpoint, verifier_key
from huiyin.record.ledger.models import Chain, Event, Tile
from huiyin.record.ledger.outside import remember_root
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.rules.refusal import Refusal
from tests.cast import make_office
from tests.front.portal.visits import answered, filed
from tests.front.transparency.public import fetched_into
from tests.insiders.misdeeds import BOOKKEEPING, MISDEEDS
from tests.lifting import lifted_triggers

pytestmark = [pytest.mark.django_db(databases=["default", "vault"]), pytest.mark.slow]

SAMPLE = (
    "a text is rewritten",
    "the end is cut off and the head forged",
    "a term is lengthened",
    "the answer is rewritten",
)
LEAST_FOUND_OFFLINE = 48


class Undone(Exception):
    """Takes a misdeed back."""


@pytest.fixture
def matter(settings, tmp_path):
    """Li Mei's matter, answered; she has written, and kept her proof. Another matter is there too."""
    settings.HUIYIN_HOME = tmp_path
    settings.HUIYIN_EXTERNAL_SYSTEMS = ["12345"]
    office = make_office(with_accounts=False)
    number, code = filed(Client())
    sequence_pending()
    other, _ = filed(Client(), key="another-key-of-another-page")
    holder = receipts.check(number, code, source="")
    answered(office, number)
    note_external(number, "12345", "2026-77", by=office.zhao)
    messages.write_as_complainant(holder, "夜里还是很吵。")
    sequence_pending()
    held = proving.proof_as_complainant(holder)
    kept = tmp_path / held.name
    kept.write_text(held.text, encoding="utf-8")
    size = newest_checkpoint().size
    sequence_pending()
    remember_root()
    assert verify_everything() == []
    return {"number": number, "other": other, "holder": holder, "kept": kept, "held": size}


def places(matter) -> dict[str, object]:
    tile = bytes(Tile.objects.get(level=0).hashes)
    literal = "'\\x{}'" if connection.vendor == "postgresql" else "X'{}'"
    return {
        "chain": Chain.objects.get(key=matter["number"]).pk,
        "other": Chain.objects.get(key=matter["other"]).pk,
        "case": Case.scoped.get(number=matter["number"]).pk,
        "number": matter["number"],
        "held": matter["held"],
        "true": "TRUE" if connection.vendor == "postgresql" else "1",
        "bent": literal.format((tile[:64][::-1] + tile[64:]).hex()),
        "cut": literal.format(tile[:-32].hex()),
    }


def do(statements: str, matter) -> None:
    with connection.cursor() as cursor:
        for statement in statements.format(**places(matter)).split(";"):
            cursor.execute(statement)


def found_offline(matter, folder: Path) -> bool:
    """One kept receipt, the public history of now, and the history of the matter as the portal gives it now."""
    public = fetched_into(folder / "public")
    files = [str(matter["kept"])]
    try:
        with transaction.atomic():
            history = proving.history_of(access.family_case(matter["holder"]))
    except (DatabaseError, Refusal, ValueError):  # whatever breaks, she has what she kept
        history = None
    if history is not None:
        (folder / history.name).write_text(history.text, encoding="utf-8")
        files.append(str(folder / history.name))
    return offline.main([*files, "--log", str(public), "--key", verifier_key()]) != 0


def tried(names, deeds, matter, tmp_path, *, is_offline=True) -> tuple[set[str], set[str]]:
    """Which of the misdeeds each of the two checks finds; each is undone before the next."""
    by_server, by_receipt = set(), set()
    for position, name in enumerate(names):
        folder = tmp_path / str(position)
        folder.mkdir()
        try:
            with transaction.atomic(), lifted_triggers():
                do(deeds[name], matter)
                if verify_everything():
                    by_server.add(name)
                if is_offline and found_offline(matter, folder):
                    by_receipt.add(name)
                raise Undone
        except Undone:
            continue
    return by_server, by_receipt


def test_there_are_fifty():
    assert len(MISDEEDS) == 50


def test_nothing_is_found_where_nothing_was_done(matter, tmp_path):
    folder = tmp_path / "quiet"
    folder.mkdir()
    assert not found_offline(matter, folder)


def test_a_few_misdeeds_are_found_by_both(matter, tmp_path):
    assert tried(SAMPLE, MISDEEDS, matter, tmp_path) == (set(SAMPLE), set(SAMPLE))


@pytest.mark.full
def test_every_misdeed_is_found_by_the_nightly_check_and_nearly_every_by_one_receipt(matter, tmp_path):
    by_server, by_receipt = tried(MISDEEDS, MISDEEDS, matter, tmp_path)
    assert set(MISDEEDS) - by_server == set()
    missed = set(MISDEEDS) - by_receipt
    assert len(MISDEEDS) - len(missed) >= LEAST_FOUND_OFFLINE, missed


@pytest.mark.full
def test_what_the_server_keeps_for_itself_is_checked_by_the_server(matter, tmp_path):
    by_server, _ = tried(BOOKKEEPING, BOOKKEEPING, matter, tmp_path, is_offline=False)
    assert set(BOOKKEEPING) - by_server == set()


def test_a_database_put_back_to_an_older_day_is_found_by_the_memory_outside_it(matter):
    with lifted_triggers():
        newest = newest_checkpoint()
        last = Event.objects.order_by("-pk").first()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM ledger_checkpoint WHERE size = %s", [newest.size])
    assert last is not None
    assert any("put back to an older day" in finding.what for finding in verify_everything())
