"""Photos and files of a matter: kept once, sealed, seen by officers as a clean copy, opened only with a look."""

from __future__ import annotations

import errno
import hashlib
import threading
from pathlib import Path

import pytest
from django.core.files.storage import InMemoryStorage, storages
from django.db import connection
from pytest_django import Settings

from huiyin.record import keyring
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.deeds import pressure
from huiyin.record.cases.given import Given
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import attaching
from huiyin.record.cases.shown.case_view import LookView
from huiyin.record.files import attachments, cleaning
from huiyin.record.files.cleaner.outcome import Cleaned
from huiyin.record.files.models import Attachment
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, against_qian, complaint, make_move, make_office
from tests.record.files.honest import docx, jpeg
from tests.record.files.hostile import EICAR, EXE
from tests.record.files.scanner import scanner

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
NOTE = "夜里三点".encode()


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> Path:
    """A folder of this test alone."""
    folder = tmp_path / "files"
    options = {"location": folder, "directory_permissions_mode": 0o700, "file_permissions_mode": 0o600}
    backend = {"BACKEND": "huiyin.record.files.depot.DurableFolder", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"attachments": backend}
    return folder


@pytest.fixture
def office(db: None) -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def limei(office: Office) -> Holder:
    return holder(complaint())


def holder(filing) -> Holder:
    registered = file_complaint(filing, key=None, digest=filing.subject)
    return access.open_receipt(registered.case_number, registered.receipt_code or "", source="test")


def looks(of: Holder) -> list[LookView]:
    return [each for each in access.open_as_complainant(of).looks if each.role != "complainant"]


def refused(deed, *args, **more) -> str:
    with pytest.raises(Refusal) as found:
        deed(*args, **more)
    return found.value.code


def test_a_photo_is_sealed_and_officers_see_a_copy_without_its_place(
    office: Office, limei: Holder, place: Path
) -> None:
    data = jpeg()
    added = attaching.add_as_complainant(limei, data, name="李梅家.jpg")
    assert (added.is_new, added.view.number, added.view.kind) == (True, 1, "photo")
    kept = [each.read_bytes() for each in place.rglob("*") if each.is_file()]
    assert len(kept) == 2 and not any(b"\xff\xd8\xff" in each or b"GPS" in each for each in kept)
    assert all(
        "李梅" not in str(each) and oct(each.stat().st_mode & 0o777) in {"0o600", "0o700"} for each in place.rglob("*")
    )
    file = attaching.open_as_officer(limei.number, 1, "copy", reader=office.wu)
    assert file.media_type == "image/jpeg" and b"GPS" not in file.data and b"Exif" not in file.data
    assert file.name == f"{limei.number}-1.jpg"
    assert attaching.open_as_complainant(limei, 1, "original").data == data
    assert [(each.what, each.duty_number) for each in looks(limei)] == [("file 1", office.wu.duty_number)]


def test_the_event_holds_the_hashes_and_not_the_name(limei: Holder) -> None:
    attaching.add_as_complainant(limei, NOTE, name="李梅.txt")
    (event,) = (each for each in events_of(ChainRef.case(limei.number)) if each.kind == "attachment_from_complainant")
    assert event.details["sha256"] == hashlib.sha256(NOTE).hexdigest() == event.details["shown_sha256"]
    assert "李梅" not in str(event)
    assert attaching.names_as_complainant(limei) == {1: "李梅.txt"}


def test_the_same_file_stands_once(limei: Holder, place: Path) -> None:
    first = attaching.add_as_complainant(limei, NOTE)
    again = attaching.add_as_complainant(limei, NOTE, name="another name")
    assert (again.is_new, again.view) == (False, first.view)
    assert Attachment.objects.count() == 1 and len([each for each in place.rglob("*") if each.is_file()]) == 2


def test_the_original_opens_and_shuts_by_the_complainants_word(office: Office, limei: Holder) -> None:
    attaching.add_as_complainant(limei, docx())
    (view,) = access.open_case(limei.number, reader=office.wu).attachments
    assert not view.has_copy and not view.has_open_original
    for part in ("copy", "original"):
        assert refused(attaching.open_as_officer, limei.number, 1, part, reader=office.wu) == "not_found"
    attaching.release(limei, 1, is_released=True)
    attaching.release(limei, 1, is_released=True)
    assert attaching.open_as_officer(limei.number, 1, "original", reader=office.wu).data == docx()
    attaching.release(limei, 1, is_released=False)
    assert refused(attaching.open_as_officer, limei.number, 1, "original", reader=office.wu) == "not_found"
    kinds = [each.kind for each in events_of(ChainRef.case(limei.number))]
    assert (kinds.count("attachment_released"), kinds.count("attachment_withheld")) == (1, 1)
    assert looks(limei)[0].what == "original 1"


def test_a_file_opened_by_a_desk_outside_is_a_look_from_outside(office: Office, limei: Holder) -> None:
    attaching.add_as_complainant(limei, NOTE)
    pressure.report_pressure(limei, text="有人催我。")
    attaching.open_as_officer(limei.number, 1, "copy", reader=office.zheng, purpose="")
    assert [(each.what, each.purpose) for each in looks(limei)] == [("file 1", "outside")]
    told = access.open_case(limei.number, reader=office.wu).looks
    assert "file 1" not in {each.what for each in told}, "the units concerned do not learn that somebody looks into it"


def test_who_may_not_open_the_matter_opens_no_file(office: Office) -> None:
    about_qian = holder(against_qian())
    attaching.add_as_complainant(about_qian, NOTE, is_released=True)
    for reader in (office.qian, office.zhao, office.feng):
        for part in ("copy", "original"):
            assert refused(attaching.open_as_officer, about_qian.number, 1, part, reader=reader) == "not_found"
        assert refused(attaching.add_as_office, about_qian.number, NOTE, by=reader) == "not_found"
    assert not looks(about_qian)
    other = holder(complaint(subject="别的事"))
    assert refused(attaching.open_as_complainant, other, 1, "copy", case_number=about_qian.number) == "not_found"


def test_the_office_adds_a_scan_that_both_open(office: Office, limei: Holder) -> None:
    make_move(limei.number, "accept", by=office.wu)
    make_move(limei.number, "assign", by=office.wu, given=Given(to="zhao-post"))
    added = attaching.add_as_office(limei.number, jpeg(), by=office.zhao)
    assert added.view.sender == "office" and added.view.has_open_original
    assert attaching.open_as_complainant(limei, added.view.number, "original").data == jpeg()
    assert refused(attaching.release, limei, added.view.number, is_released=False) == "not_found"
    view = access.open_as_complainant(limei)
    assert "file 1 (photo)" in view.timeline[0].sentence.en and "第1号附件（照片）" in view.timeline[0].sentence.zh


def test_a_refused_file_leaves_nothing_and_words_go_on(limei: Holder, place: Path) -> None:
    assert refused(attaching.add_as_complainant, limei, EXE) == "attachment_kind"
    assert refused(attaching.add_as_complainant, limei, b"") == "attachment_empty"
    assert not Attachment.objects.exists() and not place.exists()


def test_limits_are_those_that_were_told(limei: Holder, settings: Settings, office: Office) -> None:
    settings.HUIYIN_FILE_MEGABYTES, settings.HUIYIN_FILES = 1, 2
    assert refused(attaching.add_as_complainant, limei, b"a" * (1024 * 1024 + 1)) == "attachment_too_large"
    for each in (b"first words", b"second words"):
        attaching.add_as_complainant(limei, each)
    assert refused(attaching.add_as_complainant, limei, b"third words") == "attachments_full"
    assert attaching.add_as_office(limei.number, b"fourth words", by=office.wu).is_new


def test_a_full_disk_turns_files_away_and_takes_words(limei: Holder, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        free = 100 * 1024 * 1024

    monkeypatch.setattr("huiyin.record.files.depot.shutil.disk_usage", lambda where: Full())
    assert refused(attaching.add_as_complainant, limei, NOTE) == "attachments_no_room"
    assert file_complaint(complaint(subject="磁盘满了"), key=None, digest="full").receipt_code


def test_a_disk_that_fills_while_writing_leaves_no_half(
    limei: Holder, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("huiyin.record.files.depot.os.fsync", full)
    assert refused(attaching.add_as_complainant, limei, NOTE) == "attachments_no_room"
    assert not Attachment.objects.exists() and not [each for each in place.rglob("*") if each.is_file()]


def test_a_row_that_is_not_written_leaves_no_file(limei: Holder, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **more: object) -> None:
        raise Refusal("busy")

    monkeypatch.setattr(attachments, "keep", fail)
    assert refused(attaching.add_as_complainant, limei, NOTE) == "busy"
    assert not [each for each in place.rglob("*") if each.is_file()]


def test_another_storage_takes_its_place(limei: Holder, settings: Settings) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"attachments": memory}
    assert isinstance(storages["attachments"], InMemoryStorage)
    attaching.add_as_complainant(limei, NOTE)
    assert attaching.open_as_complainant(limei, 1, "original").data == NOTE


def test_bytes_moved_to_another_matter_do_not_open(limei: Holder) -> None:
    other = holder(complaint(subject="别的事"))
    attaching.add_as_complainant(limei, NOTE)
    attaching.add_as_complainant(other, NOTE)
    mine, theirs = Attachment.objects.order_by("id")
    Attachment.objects.filter(pk=theirs.pk).update(stored=mine.stored, sealed_key=bytes(mine.sealed_key))
    with pytest.raises(keyring.SealBroken):
        attaching.open_as_complainant(other, 1, "original")


class TestScanner:
    """A file is open only after a clear answer."""

    def test_found_is_refused_and_clean_is_open(self, limei: Holder, settings: Settings, tmp_path: Path) -> None:
        with scanner(tmp_path) as settings.HUIYIN_CLAMD:
            assert refused(attaching.add_as_complainant, limei, EICAR) == "attachment_virus"
            assert attaching.add_as_complainant(limei, NOTE).view.scan == "clean"

    @pytest.mark.parametrize("answer", [b"", b"stream: size limit exceeded ERROR", b"OK", None])
    def test_no_clear_answer_shuts_it_until_there_is_one(
        self, office: Office, limei: Holder, settings: Settings, tmp_path: Path, answer: bytes | None
    ) -> None:
        if answer is None:
            settings.HUIYIN_CLAMD = f"unix://{tmp_path}/nobody"
            view = attaching.add_as_complainant(limei, NOTE, is_released=True).view
        else:
            with scanner(tmp_path, answer) as settings.HUIYIN_CLAMD:
                view = attaching.add_as_complainant(limei, NOTE, is_released=True).view
        assert view.scan == "waiting" and view.is_closed and not view.has_copy and not view.has_open_original
        assert refused(attaching.open_as_officer, limei.number, 1, "copy", reader=office.wu) == "not_found"
        assert refused(attaching.open_as_complainant, limei, 1, "original") == "not_found"
        assert attaching.scan_waiting() == 0
        with scanner(tmp_path) as settings.HUIYIN_CLAMD:
            assert (attaching.scan_waiting(), attaching.scan_waiting()) == (1, 0)
        assert attaching.open_as_officer(limei.number, 1, "copy", reader=office.wu).data == NOTE

    def test_a_file_that_is_lost_keeps_no_other_waiting(
        self, office: Office, limei: Holder, settings: Settings, tmp_path: Path, place: Path
    ) -> None:
        settings.HUIYIN_CLAMD = f"unix://{tmp_path}/nobody"
        attaching.add_as_complainant(limei, NOTE)
        (place / Attachment.objects.get().stored).unlink()
        attaching.add_as_complainant(limei, b"other words")
        with scanner(tmp_path) as settings.HUIYIN_CLAMD:
            assert attaching.scan_waiting() == 1
        assert attaching.open_as_complainant(limei, 2, "original").data == b"other words"

    def test_found_later_it_stays_shut(self, office: Office, limei: Holder, settings: Settings, tmp_path: Path) -> None:
        settings.HUIYIN_CLAMD = f"unix://{tmp_path}/nobody"
        attaching.add_as_complainant(limei, EICAR)
        with scanner(tmp_path) as settings.HUIYIN_CLAMD:
            assert attaching.scan_waiting() == 1
        assert refused(attaching.open_as_complainant, limei, 1, "original") == "not_found"
        assert "virus" in access.open_as_complainant(limei).timeline[0].sentence.en


@pytest.mark.postgres
@pytest.mark.django_db(databases=["default", "vault"], transaction=True)
def test_the_same_file_sent_ten_times_at_once_stands_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    limei = holder(complaint())
    monkeypatch.setattr(cleaning, "clean", lambda data: Cleaned("text/plain", "text/plain", data))
    found: list[bool] = []

    def send() -> None:
        try:
            found.append(attaching.add_as_complainant(limei, NOTE).is_new)
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _each in range(10)]
    for each in senders:
        each.start()
    for each in senders:
        each.join()
    assert sorted(found) == [False] * 9 + [True]
    assert Attachment.objects.count() == 1
