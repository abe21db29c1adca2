"""The sealed files of attachments come back with the rows that name them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pytest_django import Settings

from huiyin.config.backup import BackupError, restore_backup, write_backup
from huiyin.record import keyring
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import attaching
from huiyin.stages.intake.actions import file_complaint
from tests.cast import complaint, make_office
from tests.config.test_backup import empty_everything, quiet

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
NOTE = "夜里三点".encode() * 200_000  # longer than a piece


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """A folder of this test alone."""
    place = tmp_path / "files"
    backend = {"BACKEND": "huiyin.record.files.depot.DurableFolder", "OPTIONS": {"location": place}}
    settings.STORAGES = settings.STORAGES | {"attachments": backend}
    return place


@pytest.fixture
def offline(keys: Path) -> X25519PrivateKey:
    return keyring.read_private(keys / "backup.x25519.OFFLINE")


@pytest.fixture
def limei(folder: Path, db: None) -> Holder:
    """A matter with one file on it."""
    make_office(with_accounts=False)
    filed = file_complaint(complaint(), key=None, digest="")
    holder = access.open_receipt(filed.case_number, filed.receipt_code or "", source="test")
    attaching.add_as_complainant(holder, NOTE, name="note.txt")
    return holder


def lying_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_files_come_back_with_their_rows(
    limei: Holder, folder: Path, offline: X25519PrivateKey, tmp_path: Path
) -> None:
    before = lying_in(folder)
    summary = write_backup(tmp_path / "monday", quiet)
    assert summary.files == len(before) == 2
    empty_everything()
    shutil.rmtree(folder)
    restored, findings = restore_backup(tmp_path / "monday", offline, quiet)
    assert (restored.files, findings) == (2, [])
    assert lying_in(folder) == before
    assert attaching.open_as_complainant(limei, 1, "original").data == NOTE


def test_a_file_that_lies_there_already_stays_and_another_in_its_place_is_refused(
    limei: Holder, folder: Path, offline: X25519PrivateKey, tmp_path: Path
) -> None:
    write_backup(tmp_path / "monday", quiet)
    before = lying_in(folder)
    empty_everything()
    name = next(iter(before))
    (folder / name).write_bytes(b"something else")
    with pytest.raises(BackupError, match="another file"):
        restore_backup(tmp_path / "monday", offline, quiet)
    (folder / name).write_bytes(before[name])
    restore_backup(tmp_path / "monday", offline, quiet)
    assert lying_in(folder) == before


def test_a_missing_file_is_said_and_files_can_be_left_out(limei: Holder, folder: Path, tmp_path: Path) -> None:
    names = sorted(lying_in(folder))
    (folder / names[0]).unlink()
    said: list[str] = []
    assert write_backup(tmp_path / "monday", said.append).files == 1
    assert [line for line in said if line.startswith("MISSING")] == [
        f"MISSING: the sealed file {names[0]} is not where it was put"
    ]
    assert write_backup(tmp_path / "tuesday", quiet, with_files=False).files == 0
