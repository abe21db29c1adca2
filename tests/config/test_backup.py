"""A backup opens for the offline key alone, holds everything, and comes back whole."""

from __future__ import annotations

from io import StringIO

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from huiyin.config import backup
from huiyin.config.backup import BackupError, restore_backup, write_backup
from huiyin.config.sealed_file import SealedFileError
from huiyin.config.tables import our_tables
from huiyin.record import keyring
from huiyin.record.identity.access import Identity, keep, reveal
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.models import Event
from huiyin.record.ledger.proofs import inclusion_proof
from huiyin.record.ledger.queries import events_of
from huiyin.record.ledger.sequencer import sequence_pending
from tests.lifting import lifted_triggers
from tests.record.ledger.town import COUNTY, WATER, register, tell

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "vault"])]
CANARY = "黄水井canary"


def quiet(line: str) -> None:
    """Nobody listens."""


@pytest.fixture
def offline(keys):
    """The private half that in real life lies in a safe."""
    return keyring.read_private(keys / "backup.x25519.OFFLINE")


@pytest.fixture
def vault_id():
    """A matter, a name, and events in the tree and out of it."""
    register(WATER)
    tell(COUNTY, 400, text=CANARY)
    sequence_pending()
    tell(WATER)
    return keep(Identity(name=CANARY))


def empty_everything() -> None:
    with lifted_triggers(), connection.constraint_checks_disabled():
        for table in reversed(our_tables()):
            table._all()._raw_delete(table.alias)


def everything() -> dict[str, list[object]]:
    return {table.name: list(table.rows()) for table in our_tables() if not table.name.startswith("ledger_t")}


def test_what_was_backed_up_comes_back_whole(vault_id, offline, tmp_path):
    before, proof = everything(), inclusion_proof(WATER, 2)
    summary = write_backup(tmp_path / "monday", quiet)
    empty_everything()
    assert events_of(WATER) == []
    restored, findings = restore_backup(tmp_path / "monday", offline, quiet)
    assert findings == []
    assert (restored.rows, restored.tables) == (summary.rows, summary.tables)
    after = everything()
    assert {name for name in before if before[name] != after[name]} <= {"ledger_leaf", "ledger_checkpoint"}
    assert reveal(vault_id).name == CANARY
    assert events_of(WATER)[-1].sequenced
    assert inclusion_proof(WATER, 2)["leaf"] == proof["leaf"]
    tell(ChainRef.case("a matter after the restore"))


def test_large_rows_come_back_in_small_batches(vault_id, offline, tmp_path, monkeypatch):
    before, sizes = everything(), []
    write_backup(tmp_path / "heavy.sealed", quiet)
    empty_everything()
    monkeypatch.setattr(backup, "HEAVIEST", 2_000)
    insert = backup.Table.insert

    def counted(table, columns, rows):
        sizes.append((table.name, len(rows)))
        insert(table, columns, rows)

    monkeypatch.setattr(backup.Table, "insert", counted)
    restore_backup(tmp_path / "heavy.sealed", offline, quiet)
    assert everything()["ledger_event"] == before["ledger_event"]
    assert max(size for name, size in sizes if name == "ledger_event") < 20


def test_the_file_shows_nothing_and_opens_for_no_other_key(vault_id, tmp_path):
    write_backup(tmp_path / "monday", quiet)
    data = (tmp_path / "monday").read_bytes()
    assert (tmp_path / "monday").stat().st_mode & 0o077 == 0
    assert CANARY.encode() not in data
    assert b"ledger" not in data
    with pytest.raises(SealedFileError, match="does not open"):
        restore_backup(tmp_path / "monday", X25519PrivateKey.generate(), quiet)


def test_a_changed_or_shortened_file_is_refused_and_nothing_is_restored(vault_id, offline, tmp_path):
    write_backup(tmp_path / "monday", quiet)
    empty_everything()
    data = (tmp_path / "monday").read_bytes()
    half = len(data) // 2
    spoiled = (
        data[:half] + bytes((data[half] ^ 1,)) + data[half + 1 :],
        data[:-1],
        data[:-70000],
        data[:110],
        b"else",
        data + b"x",
    )
    for bad in spoiled:
        (tmp_path / "bad").write_bytes(bad)
        with pytest.raises(SealedFileError):
            restore_backup(tmp_path / "bad", offline, quiet)
        assert not Event.objects.exists()


def test_a_backup_overwrites_no_file_and_a_restore_no_row(vault_id, offline, tmp_path):
    write_backup(tmp_path / "monday", quiet)
    with pytest.raises(BackupError, match="never overwrites"):
        write_backup(tmp_path / "monday", quiet)
    with pytest.raises(BackupError, match="is not empty"):
        restore_backup(tmp_path / "monday", offline, quiet)


def test_a_backup_of_another_origin_or_version_is_refused(vault_id, offline, tmp_path, settings, monkeypatch):
    write_backup(tmp_path / "monday", quiet)
    monkeypatch.setattr(backup, "applied_migrations", lambda alias: ["ledger.0001_initial"])
    with pytest.raises(BackupError, match="upgrade"):
        restore_backup(tmp_path / "monday", offline, quiet)
    settings.HUIYIN_ORIGIN = "elsewhere.example/huiyin"
    with pytest.raises(BackupError, match="HUIYIN_ORIGIN"):
        restore_backup(tmp_path / "monday", offline, quiet)


def test_sessions_and_the_search_index_stay_out(vault_id):
    names = {table.name for table in our_tables()}
    assert {"ledger_event", "identity_sealedidentity", "cases_case"} <= names
    assert not names & {"entry_desksession", "cases_search"}


def test_the_commands_say_what_they_did(vault_id, keys, tmp_path):
    out = StringIO()
    call_command("backup", tmp_path / "monday", stdout=out)
    assert "Delete it after" in out.getvalue()
    empty_everything()
    call_command("restore", tmp_path / "monday", key=keys / "backup.x25519.OFFLINE", stdout=out)
    assert "Every chain, the tree and its signed roots hold." in out.getvalue()
    with pytest.raises(CommandError):  # this history was told without its matters
        call_command("verify", stdout=out)
    assert "The matter is gone; its history is there." in out.getvalue()


def test_verify_fails_aloud_and_names_the_first_broken_link(vault_id):
    with lifted_triggers():
        Event.objects.filter(chain__key=WATER.key, seq=2).update(private="{}")
    out = StringIO()
    with pytest.raises(CommandError, match="event 2") as told:
        call_command("verify", stdout=out)
    assert told.value.returncode == 1
    assert "case 4821-0937-15, event 2: Its content was changed" in out.getvalue()
