"""A scripted thief: the database, the media folder and a backup, without keys, and then with the server's key.

Ordinary text lies plain in a *database* (decision 18: search needs it; the disk is to be encrypted), and the drill
says so by finding it there. It lies in no backup. Names lie nowhere.
"""

from __future__ import annotations

import base64
import gzip
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from huiyin.config.backup import write_backup
from huiyin.front.desk import unlocked
from huiyin.record import keyring
from huiyin.record.cases.deeds.messages import write_as_complainant
from huiyin.record.cases.models import MatterWrap, ReceiptKey
from huiyin.record.cases.opening import access
from huiyin.record.entry import factors
from huiyin.record.identity.access import Identity, reveal, reveal_contact
from huiyin.record.identity.models import SealedIdentity
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.record.sealing import in_hand
from huiyin.record.sealing.models import DeskHolder, StaffKey
from huiyin.stages.intake.actions import file_complaint
from tests.cast import complaint, make_office
from tests.record.entry.test_factors import with_app
from tests.sealed import PASSPHRASE, cheap, give_key, recovery_set

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "vault"])]
PERSON = Identity(
    name="卓文若",
    phone="0571-5550-7341",
    email="zhuo.wenruo@example.org",
    address="杨树巷三十七号",
    note="身份证号码旁注",
)
TEXT = "紫藤花架下的水表坏了"


def forms_of(secret: str) -> Iterator[bytes]:
    """Ways in which a word may lie in bytes."""
    plain = secret.encode()
    yield from (plain, secret.encode("utf-16-le"), secret.encode("gb18030"), secret.encode("unicode_escape"))
    yield from (base64.b64encode(plain).rstrip(b"=")[:-1], plain.hex().encode(), plain[::-1])
    digits = "".join(filter(str.isdecimal, secret))
    if len(digits) > 6:
        yield digits.encode()


def found(secret: str, loot: bytes) -> bool:
    return any(form in loot for form in forms_of(secret))


def database() -> bytes:
    """Every value of every table of both databases, the index for searching too."""
    values: list[bytes] = []
    for alias in connections:
        with connections[alias].cursor() as cursor:
            for table in set(connections[alias].introspection.table_names(cursor)) - {
                "cases_search"
            }:  # its parts are there
                cursor.execute(f'SELECT * FROM "{table}"')
                for row in cursor.fetchall():
                    values += [
                        bytes(each) if isinstance(each, bytes | memoryview) else str(each).encode() for each in row
                    ]
    return b"\n".join(values)


def unpacked(data: bytes) -> bytes:
    """With everything in it that a thief might take for packed."""
    more = [data]
    for start in range(min(len(data), 512)):
        for unpack in (gzip.decompress, zlib.decompress):
            try:
                more.append(unpack(data[start:]))
            except (OSError, EOFError, zlib.error):
                continue
    return b"".join(more)


@pytest.fixture
def loot(tmp_path: Path) -> dict[str, bytes]:
    """What the thief carries away."""
    office = make_office()
    filed = file_complaint(complaint(identity=PERSON, description=TEXT), key="page-key", digest="theft")
    file_complaint(complaint(identity=PERSON, confidentiality="confidential"), key=None, digest="theft 2")
    secret = with_app(office, office.account("zhao"))
    codes = factors.make_recovery_codes(office.account("zhao"), by=office.zhao)
    client = Client()
    client.force_login(office.account("zhao"))
    sequence_pending()
    write_backup(tmp_path / "backup", lambda line: None)
    home = Path(settings.HUIYIN_HOME)
    media = [file.read_bytes() for file in home.rglob("*") if file.is_file() and "keys" not in file.parts]
    return {
        "database": database(),
        "backup": unpacked((tmp_path / "backup").read_bytes()),
        "media": b"".join(media),
        "receipt code": (filed.receipt_code or "").encode(),
        "session": client.cookies[settings.SESSION_COOKIE_NAME].value.encode(),
        "app": secret.encode(),
        "recovery": "\n".join(codes).encode(),
    }


def test_a_thief_without_keys_learns_no_name(loot: dict[str, bytes]) -> None:
    places = ("database", "backup", "media")
    identity = [value for value in (PERSON.name, PERSON.phone, PERSON.email, PERSON.address, PERSON.note) if value]
    assert [(word, place) for word in identity for place in places if found(word, loot[place])] == []
    secrets = [
        loot["receipt code"].decode(),
        loot["session"].decode(),
        loot["app"].decode(),
        *loot["recovery"].decode().split(),
    ]
    assert [(each, place) for each in secrets for place in places if found(each, loot[place])] == []
    assert base64.b32decode(loot["app"]) not in loot["database"]


def test_ordinary_text_is_plain_in_the_database_and_nowhere_in_a_backup(loot: dict[str, bytes]) -> None:
    """Said openly: who has the running database reads ordinary matters; who has a backup reads nothing."""
    assert found(TEXT, loot["database"])
    assert not found(TEXT, loot["backup"])
    assert not found("夜间施工噪音", loot["backup"])
    assert b"cases_case" not in loot["backup"], "not even the names of its tables"


def test_with_the_server_s_key_no_name_opens_either(loot: dict[str, bytes], tmp_path: Path, settings) -> None:
    """The vault's and the notifier's private halves lie apart: without them the program itself opens nothing."""
    keys = Path(shutil.copytree(settings.HUIYIN_KEYS_DIR, tmp_path / "keys"))
    for name in ("vault.x25519", "contact.x25519", "recovery.x25519.OFFLINE", "backup.x25519.OFFLINE"):
        (keys / name).unlink()
    keys.chmod(0o700)
    settings.HUIYIN_KEYS_DIR = keys
    keyring.forget()
    blobs_of_names = 0
    try:
        for row in SealedIdentity.objects.using("vault"):
            for opening in (reveal, reveal_contact):
                with pytest.raises((keyring.KeyringError, keyring.SealBroken)):
                    opening(row.pk)
            for sealed in (row.blob, row.desk_wrap, row.recovery_wrap, row.contact):
                for label in ("identity", "vault", "contact", "second-factor", "portal-session"):
                    with pytest.raises((keyring.SealBroken, ValueError)):
                        keyring.open_sealed(label, bytes(sealed), str(row.pk).encode())
            blobs_of_names += 1
    finally:
        keyring.forget()
    assert blobs_of_names == 2


SEALED = ("紫薇巷里的那间屋子", "夜里有人敲门三次", "已经安排专人核实此事")


def test_with_the_database_and_every_key_of_the_server_no_sealed_word_opens(tmp_path: Path) -> None:
    """The machine holds no key to a sealed matter: it lies with the complainant's code, with passphrases, and on paper."""
    with recovery_set():
        office = make_office()
        give_key(office.wu, office.he)
        filing = complaint(confidentiality="confidential", subject=SEALED[0], description=SEALED[0])
        filed = file_complaint(filing, key="page-key", digest="theft")
        with in_hand.scope():
            write_as_complainant(
                access.open_receipt(filed.case_number, filed.receipt_code or "", source="x"), SEALED[1]
            )
        client = Client()
        client.force_login(office.account("wu"))
        with cheap():
            client.post("/desk/sealed/", {"deed": "unlock", "passphrase": PASSPHRASE})
        there = f"/desk/cases/{filed.case_number}/"
        assert SEALED[1] in client.get(there).content.decode()
        client.post(f"{there}message/", {"text": SEALED[2]})
        assert SEALED[2] in client.get(there).content.decode()
        write_backup(tmp_path / "backup", lambda line: None)
        loot = database()
        backup = unpacked((tmp_path / "backup").read_bytes())
        home = Path(settings.HUIYIN_HOME)
        media = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file() and "keys" not in file.parts)
        assert [word for word in SEALED if found(word, loot) or found(word, backup) or found(word, media)] == []
        code = (filed.receipt_code or "").replace(" ", "").replace("-", "")
        cookie = client.cookies[unlocked.cookie_name()].value
        assert [each for each in (code, PASSPHRASE, cookie) if found(each, loot)] == []
        assert opened_by_the_machine(loot) == []


def opened_by_the_machine(loot: bytes) -> list[str]:
    """What the machine's own keys make of every blob in the tables: with each key and each label that the program uses."""
    keys = keyring.load()
    private = [each for each in (keys.vault_private, keyring.contact_private()) if each is not None]
    labels = [f"cases_{name}" for name in ("case.subject", "case.description", "message.text")]
    labels += ["matter key", "desk key", "staff-key", "sealed-answer", "portal-session", "letter", "huiyin identity"]
    blobs = [base64.b64decode(token) for token in re.findall(rb"sealed:1:\d+:([A-Za-z0-9+/=]+)", loot)]
    blobs += [bytes(blob) for blob in MatterWrap.objects.values_list("blob", flat=True)]
    blobs += [bytes(blob) for blob in DeskHolder.objects.values_list("wrap", flat=True)]
    blobs += [bytes(blob) for blob in StaffKey.objects.values_list("locked", flat=True)]
    blobs += [bytes(blob) for blob in ReceiptKey.objects.values_list("locked", flat=True)]
    assert len(blobs) >= 3 + 5 + 2 + 2 + 1
    opened = []
    for blob in blobs:
        for label in labels:
            for key in private:
                with suppress(keyring.SealBroken):
                    opened.append(repr(keyring.open_envelope(key, label, blob, b"")))
            for opening in (keyring.open_sealed, partial(keyring.open_under, b"")):
                with suppress(keyring.SealBroken):
                    opened.append(repr(opening(label, blob, b"")))
    return opened
