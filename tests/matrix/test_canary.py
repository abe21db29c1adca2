"""Words planted in a name, in texts and in a file name: whoever may not read them meets them in no byte."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huiyin.config.backup import write_backup
from huiyin.config.logs import Console, WithoutContent
from huiyin.front.desk import unlocked
from huiyin.record import keyring
from huiyin.record.cases.deeds.helping import Helper, add_helper
from huiyin.record.cases.deeds.messages import write_as_complainant, write_as_office
from huiyin.record.cases.given import Given
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import attaching
from huiyin.record.cases.words import reader_copies
from huiyin.record.identity.access import Identity
from huiyin.record.keyring.locked import Cost
from huiyin.record.notices.actions import send_notices
from huiyin.record.sealing import in_hand
from huiyin.stages.intake.actions import file_complaint
from tests.cast import complaint, make_move
from tests.matrix import town as matrix
from tests.matrix.test_matrix import expectations
from tests.matrix.test_theft import database, found, unpacked
from tests.matrix.town import MatrixTown
from tests.sealed import recovery_set
from tests.sealed import unlocked as in_hand_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "vault"])]
NAMES = ("卓文若", "5550-7341", "55507341", "zhuo.wenruo", "杨树巷", "13855507341")
HELPER = "桂花姨"  # what she calls her helper: her own page says it, and nobody else's
COVERED = ("紫薇暗语", "银杏暗语")
SEALED = ("丹桂暗语", "铜铃暗语", "石桥暗语", "灯笼暗语", "风车暗语", "竹篮暗语")
SEALED_FILE, IN_THE_FILE = "旧照暗语", "石门暗语"
TEXTS = ("紫藤花架", "水表水表", "蓝色铁门", "回信暗号")
FILE = "卓家老宅扫描件"
# Everybody else has no grant in the matter. These two have, and read its texts; its name they do not meet either.
READ_THE_TEXTS = ("complainant", "handler")
OTHERS = (
    "stranger", "registrar", "unit-and-body-head", "colleague", "handler-elsewhere", "administrator", "outside-registrar",
    "auditor", "supervisor", "reviewer",
)  # fmt: skip
ASKED_BESIDES = (
    "/desk/search/?q=紫藤花架", "/desk/search/?q=卓文若", "/desk/queues/unit/", "/desk/queues/new/", "/desk/queues/overdue/",
    "/desk/report/?as=csv", "/api/v1/desk/cases?queue=unit", "/api/v1/desk/search?q=紫藤花架", "/desk/enquiry/?number={number}",
    "/desk/cases/{number}/?show=looks", "/track/{number}/proof.txt", "/metrics",
)  # fmt: skip


@pytest.fixture
def town() -> MatrixTown:
    """One matter more, full of planted words: Zhao has it, against the head of another unit's will."""
    built = matrix.build()
    person = Identity(name="卓文若", phone="0571-5550-7341", email="zhuo.wenruo@example.org", address="杨树巷三十七号")
    planted = complaint(subject="水表水表", description="紫藤花架下的水表坏了", identity=person)
    filed = file_complaint(planted, key="a-page-key", digest="canary")
    number, office = filed.case_number, built.office
    built.numbers["planted"], built.codes["planted"] = number, filed.receipt_code or ""
    make_move(number, "accept", by=office.wu)
    make_move(number, "assign", by=office.wu, given=Given(to="zhao-post"))
    write_as_complainant(access.open_receipt(number, filed.receipt_code or "", source="here"), "院子是蓝色铁门。")
    holder = access.open_receipt(number, filed.receipt_code or "", source="here")
    write_as_complainant(holder, "请打13855507341", move_out={"text:2:13"})
    add_helper(holder, Helper("neighbour", HELPER))
    write_as_office(number, "回信暗号已经收到。", by=office.zhao)
    return built


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the program's own log would hold."""
    stream = io.StringIO()
    handler = Console(stream)
    handler.addFilter(WithoutContent())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def asked_by(town: MatrixTown, role: str, *, everything: bool, situation: str) -> Iterator[tuple[str, str]]:
    """(name, address) of all that a role can ask for; without ``everything``, of what the table of answers says opens."""
    number, table = town.numbers["planted"], expectations()
    for name, address in matrix.addresses(number):
        if name.startswith(("office:", "patterns")) or name == "portal:source-archive":
            continue  # the law of the office and the program itself: they hold no matter
        kind = situation if name in matrix.is_of_a_matter() else "any"
        if everything or table[name, "GET", kind].get(role, 200) not in {302, 401, 404, 405}:
            yield name, address
    for each in ASKED_BESIDES:
        yield ("api:" if "/api/" in each else "more"), each.format(number=number)


def bytes_met(town: MatrixTown, role: str, *, everything: bool, situation: str = "own") -> Iterator[tuple[str, bytes]]:
    """(address, every byte of the answer, headers too)."""
    for name, address in asked_by(town, role, everything=everything, situation=situation):
        client = town.client(role, is_program=name.startswith("api:"), situation=situation)
        answer = matrix.undone(partial(client.get, address))
        yield address, bytes(getattr(answer, "content", b"")) + str(answer.headers).encode()


def met(
    town: MatrixTown, role: str, words: tuple[str, ...], *, everything: bool = False, situation: str = "own"
) -> list[str]:
    """Which words stand where; a search page shows what was searched for: those words are the searcher's own."""
    return [
        f"{role}: {word} at {where}"
        for where, data in bytes_met(town, role, everything=everything, situation=situation)
        for word in words
        if word.encode() in data and word not in where
    ]


@pytest.mark.parametrize(
    ("others", "everything"),
    [pytest.param(OTHERS[:3], False, id="where-something-opens"), pytest.param(OTHERS, True, id="everywhere", marks=pytest.mark.full)],
)  # fmt: skip
def test_nobody_without_a_grant_meets_a_planted_word(
    town: MatrixTown, logged: io.StringIO, others: tuple[str, ...], everything: bool
) -> None:
    with matrix.quick(b"%PDF"):  # what letters hold is tested where they are made
        words = (*NAMES, *TEXTS, HELPER)
        assert [line for role in others for line in met(town, role, words, everything=everything)] == []
        assert met(town, "handler", (HELPER,)) == []
        assert [line for role in READ_THE_TEXTS for line in met(town, role, NAMES)] == []
        assert met(town, "handler", TEXTS), "the test would find them"
    assert [word for word in (*NAMES, *TEXTS, HELPER) if word in logged.getvalue()] == []


def test_readers_of_a_copy_meet_no_covered_word(town: MatrixTown, logged: io.StringIO) -> None:
    told = complaint(
        subject="紫薇暗语旁的井盖", description="井盖缺了三块，我是银杏暗语的人", confidentiality="confidential"
    )
    filed = file_complaint(told, key="a-page-key-2", digest="covered")
    number, office = filed.case_number, town.office
    town.numbers["planted"], town.codes["planted"] = number, filed.receipt_code or ""
    make_move(number, "accept", by=office.wu)
    reader_copies.make(number, COVERED, by=office.wu)
    make_move(number, "assign", by=office.wu, given=Given(to="zhao-post"))
    access.open_case(number, reader=office.zhao)
    with matrix.quick(b"%PDF"):
        assert met(town, "handler", COVERED, everything=True) == []
        readers = ("colleague", "unit-and-body-head", "handler-elsewhere", "outside-registrar", "supervisor")
        assert [line for role in readers for line in met(town, role, COVERED)] == []
        assert met(town, "handler", ("井盖缺了三块",)), "the test would find them"
        assert met(town, "registrar", COVERED, everything=True), "its keeper opens the original"
    assert [word for word in COVERED if word in logged.getvalue() or word.encode() in database()] == []


@pytest.fixture
def sealed(town: MatrixTown) -> Iterator[MatrixTown]:
    """The planted matter is a sealed one: filed, written in from both sides, with a file, handed on as a copy and answered."""
    with recovery_set(), patch.object(keyring, "CODE", Cost(64, 1)), patch.object(unlocked, "IDLE", 24 * 3600):
        matrix.seal(town)
        told = complaint(subject=SEALED[0], description=f"{SEALED[1]}，在河边", confidentiality="confidential")
        filed = file_complaint(told, key="a-page-key-3", digest="sealed canary")
        number, code, office = filed.case_number, filed.receipt_code or "", town.office
        town.numbers["planted"], town.codes["planted"] = number, code
        with in_hand.scope():
            holder = access.open_receipt(number, code, source="here")
            write_as_complainant(holder, SEALED[2])
            attaching.add_as_complainant(holder, IN_THE_FILE.encode(), name=f"{SEALED_FILE}.txt", is_released=False)
        with in_hand_of(office.wu):
            make_move(number, "accept", by=office.wu)
            write_as_office(number, SEALED[3], by=office.wu)
            reader_copies.make(number, [SEALED[0], SEALED[1]], by=office.wu)
            make_move(number, "assign", by=office.wu, given=Given(to="zhao-post"))
        with in_hand_of(office.zhao), matrix.quick():
            make_move(number, "reply", by=office.zhao, given=replace(matrix.REPLY, text=SEALED[5]))  # a draft
            write_as_office(number, SEALED[4], by=office.zhao)
        yield town


@pytest.mark.parametrize(
    ("others", "everything"),
    [pytest.param(OTHERS[:3], False, id="where-something-opens"), pytest.param(OTHERS, True, id="everywhere", marks=pytest.mark.full)],
)  # fmt: skip
def test_of_a_sealed_matter_no_word_is_met_without_its_key(
    sealed: MatrixTown, logged: io.StringIO, tmp_path: Path, settings, others: tuple[str, ...], everything: bool
) -> None:
    """Whoever may not read it meets none with a key of another desk; whoever may meets none while that is locked."""
    words = (*SEALED, SEALED_FILE, IN_THE_FILE)
    with matrix.quick(b"%PDF"):
        for role in (*others, *({"registrar", "handler", "accused-unit-head"} - set(others))):
            locked = role in {"registrar", "handler", "accused-unit-head"}
            how = "locked" if locked else "sealed"
            assert met(sealed, role, words, everything=everything, situation=how) == []
        assert met(sealed, "handler", SEALED[:2], everything=everything, situation="sealed") == [], "he has the copy"
        assert met(sealed, "handler", SEALED[4:], situation="sealed"), "the test would find them"
        assert met(sealed, "registrar", SEALED[:1], situation="sealed"), "its keeper opens the original"
    settings.HUIYIN_MAIL_IS_SET_UP, settings.HUIYIN_NOTICE_PAUSE = True, 0
    send_notices()
    mails = "\n".join(f"{each.subject}\n{each.body}\n{each.message()}" for each in mail.outbox)
    write_backup(tmp_path / "backup", lambda line: None)
    home = Path(settings.HUIYIN_HOME)
    files = b"".join(each.read_bytes() for each in home.rglob("*") if each.is_file() and "keys" not in each.parts)
    places = {
        "log": logged.getvalue().encode(), "mail": mails.encode(), "tables": database(), "files": unpacked(files),
        "backup": unpacked((tmp_path / "backup").read_bytes()),
    }  # fmt: skip
    assert [(word, place) for word in words for place, data in places.items() if found(word, data)] == []


def test_no_mail_holds_them(town: MatrixTown, settings) -> None:
    settings.HUIYIN_MAIL_IS_SET_UP = True
    settings.HUIYIN_NOTICE_PAUSE = 0
    send_notices()
    written = "\n".join(f"{each.subject}\n{each.body}\n{each.message()}" for each in mail.outbox)
    assert [word for word in ("卓文若", *TEXTS) if word in written] == []


def test_no_backup_holds_them_and_no_uploaded_name_is_kept(town: MatrixTown, tmp_path: Path) -> None:
    registrar = town.client("registrar", is_program=False)
    table = SimpleUploadedFile(f"{FILE}.csv", "编号,内容\n1,路灯坏了一个月\n".encode(), content_type="text/csv")
    registrar.post(reverse("desk:take-over"), {"system": "12345", "table": table, "file": table})
    stored = database()
    assert FILE.encode() not in stored
    write_backup(tmp_path / "backup", lambda line: None)
    backup = unpacked((tmp_path / "backup").read_bytes())
    assert [word for word in (*NAMES, *TEXTS, FILE) if word.encode() in backup] == []
    assert HELPER.encode() not in stored
    kept = [file for file in Path(settings.HUIYIN_HOME).rglob("*") if file.is_file() and FILE in file.name]
    assert kept == []
