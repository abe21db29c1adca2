"""Words planted at the table and outside the house: private notes, offers, who invited, what was suggested and not answered yet.

Each is met by whoever it is for, which shows that the search would find it, and by nobody else: not by the other side, not
by an officer without the grant, not by a stranger, in no log, mail, table of the database or backup.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from huiyin.config.backup import write_backup
from huiyin.record import clock
from huiyin.record.cases.table.disputing import OtherSide
from huiyin.record.identity.access import Identity
from huiyin.record.notices.actions import send_notices
from huiyin.stages.mediation import talks
from huiyin.stages.outreach import actions as outreach
from tests.cast import Office, add_officer
from tests.matrix import town as matrix
from tests.matrix.test_canary import logged
from tests.matrix.test_theft import database, found, unpacked
from tests.mediating import Table, begun, make_table_office, table

__all__ = ["logged"]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "vault"])]
NOTE_A, NOTE_B, NOTE_M = "海棠暗语", "木槿暗语", "忍冬暗语"  # of the asker, of the other side, the mediator's own
OFFER, FACT = "让步暗语", "界石暗语"
WHO_A = ("卓文若", "5550-7341", "杨树巷")
WHO_B = ("钟离晚", "5550-8842", "槐树里")
INVITED = ("司马青", "5550-6123", "后山暗语", "心事暗语")
SUGGESTED, KEPT_WORDS = "路灯暗语", "原话暗语"
AT_THE_TABLE = (NOTE_A, NOTE_B, NOTE_M, OFFER, FACT)
EVERYTHING = (*AT_THE_TABLE, *WHO_A, *WHO_B, *INVITED, SUGGESTED, KEPT_WORDS)
OPEN = "open"  # what an officer presses to read who invited


@dataclass(frozen=True)
class Planted:
    """The dispute, and the numbers of what was sent in."""

    at: Table
    office: Office
    invitation: outreach.Slip
    suggestion: outreach.Slip
    answered: outreach.Slip


@pytest.fixture
def planted() -> Planted:
    office = make_table_office()
    add_officer("shi", ("施", "Shi"), "hill", ("调解员", "Mediator"), ["mediator"])
    at = table(
        kind="debt", words="欠款的事", identity=Identity(name=WHO_A[0], phone=WHO_A[1], address=f"{WHO_A[2]}三十七号"),
        others=(OtherSide(Identity(name=WHO_B[0], phone=WHO_B[1], address=f"{WHO_B[2]}九号")),),
    )  # fmt: skip
    begun(at, office)
    talks.note_as_side(at.asker, at.number, f"{NOTE_A}。", key="a-key-of-a-page-1")
    talks.note_as_side(at.other, at.other_number, f"{NOTE_B}。", key="a-key-of-a-page-2")
    talks.note_as_mediator(at.number, f"{NOTE_M}。", by=office.lan, key="a-key-of-a-page-3")
    talks.offer(at.asker, at.number, f"{OFFER}。", answers=None, key="a-key-of-a-page-4")
    talks.fact_as_mediator(at.number, f"{FACT}。", by=office.lan, key="a-key-of-a-page-5")
    slips = [outreach.new_slip() for _ in range(3)]
    wished = clock.today("Asia/Shanghai") + datetime.timedelta(days=3)
    outreach.invite(slips[0], outreach.Visit("willow", wished, "evening", *INVITED))
    outreach.suggest(slips[1], "willow", f"{SUGGESTED}。", language="zh-hans")
    outreach.suggest(slips[2], "willow", f"{KEPT_WORDS}。", language="zh-hans")
    outreach.answer_suggestion(slips[2].number, released="请在村口装一盏灯。", answer="已经装好。", by=office.wu)
    return Planted(at, office, *slips)


def officer(planted: Planted, who: str) -> Client:
    client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    client.force_login(planted.office.account(who))
    return client


def side(number: str, code: str) -> Client:
    client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    client.post("/track/", {"case_number": number, "receipt_code": code})
    return client


def wanted(planted: Planted, numbers: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(method, address): every address under the numbers of a table; what was sent in under its own; every word searched for."""
    of_a_matter = matrix.is_of_a_matter()
    for number in numbers or (planted.at.number,):
        for name, address in matrix.addresses(number):
            if not name.startswith(("office:", "patterns")) and name != "portal:source-archive":
                yield "get", address
    for slip in (planted.invitation, planted.suggestion, planted.answered):
        for name, address in matrix.addresses(slip.number):
            if name in of_a_matter:
                yield "get", address
    yield "post", reverse("desk:visit", args=[planted.invitation.number])
    for word in EVERYTHING:
        yield "get", f"/desk/search/?q={word}"


def asked(client: Client, planted: Planted, *numbers: str) -> Iterator[tuple[str, bytes]]:
    """(address, every byte of the answer)."""
    for method, address in matrix.each_time_signed_in(client, wanted(planted, numbers)):
        yield address, got(client, method, address, {"step": OPEN} if method == "post" else None)


def got(client: Client, method: str, address: str, data: dict[str, Any] | None = None) -> bytes:
    answer = matrix.undone(lambda: getattr(client, method)(address, data))
    return bytes(getattr(answer, "content", b"")) + str(answer.headers).encode()


def met(client: Client, planted: Planted, *numbers: str) -> dict[str, set[str]]:
    """Which planted words stand where; a search page shows what was searched for."""
    places: dict[str, set[str]] = {}
    with matrix.quick(b"%PDF"):
        for address, data in asked(client, planted, *numbers):
            for word in EVERYTHING:
                if word.encode() in data and word not in address:
                    places.setdefault(word, set()).add(address)
    return places


def test_a_side_meets_what_is_on_the_table_and_its_own_note_and_nothing_else(planted: Planted) -> None:
    at = planted.at
    first = met(side(at.number, at.asker_code), planted, at.number, at.other_number)
    assert {NOTE_A, OFFER, FACT} <= first.keys(), "the search finds what is for this side"
    assert first.keys() - {NOTE_A, OFFER, FACT} <= set(WHO_B[:1]), (
        "no more than the name it gave of the other side itself"
    )
    second = met(side(at.other_number, at.other_code), planted, at.other_number, at.number)
    assert second.keys() == {NOTE_B, OFFER, FACT}


@pytest.mark.parametrize("who", ["zhao", "shi", "sun", "guan"])
def test_no_officer_without_a_grant_meets_a_planted_word(planted: Planted, who: str) -> None:
    assert met(officer(planted, who), planted) == {}


def test_the_mediator_meets_the_table_and_nothing_of_who_invited_or_suggested(planted: Planted) -> None:
    places = met(officer(planted, "lan"), planted)
    assert set(AT_THE_TABLE) <= places.keys()
    assert not places.keys() & {*INVITED, SUGGESTED, KEPT_WORDS}


@pytest.mark.parametrize("who", ["wu", "he"])
def test_who_answers_for_the_area_meets_the_suggestion_and_no_note_of_the_table(planted: Planted, who: str) -> None:
    places = met(officer(planted, who), planted)
    assert SUGGESTED in places
    assert not places.keys() & {NOTE_A, NOTE_B, NOTE_M}, "private notes are for the mediator alone"
    assert not [each for word in INVITED for each in places.get(word, ()) if planted.invitation.number not in each]


def test_a_stranger_meets_none(planted: Planted) -> None:
    stranger = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    assert met(stranger, planted) == {}


def test_no_log_mail_table_or_backup_holds_what_is_sealed(
    planted: Planted, logged: Any, tmp_path: Path, settings: Any
) -> None:
    settings.HUIYIN_MAIL_IS_SET_UP, settings.HUIYIN_NOTICE_PAUSE = True, 0
    send_notices()
    sent = "\n".join(f"{each.subject}\n{each.body}\n{each.message()}" for each in mail.outbox)
    write_backup(tmp_path / "backup", lambda _line: None)
    sealed = (*AT_THE_TABLE, *INVITED, *WHO_A, *WHO_B)
    tables, backup = database(), unpacked((tmp_path / "backup").read_bytes())
    places = {"log": logged.getvalue().encode(), "mail": sent.encode()}
    assert [(word, place) for word in EVERYTHING for place, data in places.items() if found(word, data)] == []
    assert [
        (word, place)
        for word in sealed
        for place, data in (("tables", tables), ("backup", backup))
        if found(word, data)
    ] == []
    assert found(SUGGESTED, tables), "the search finds what lies open to whoever answers"
