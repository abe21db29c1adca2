"""The other side of a dispute tries every address with its own code: it reaches its table, and meets no planted word.

Nor does the asking side meet what the other keeps for itself; nor anybody else either of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.test import Client

from huiyin.record.cases.table import side_deeds
from huiyin.record.cases.table.disputing import OtherSide
from huiyin.record.identity.access import Identity
from huiyin.stages.mediation import asked_alone, urgent
from tests.cast import Office, add_officer
from tests.matrix import town as matrix
from tests.mediating import Table, begun, make_table_office, table

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "vault"])]
OF_THE_ASKER = ("卓文若", "5550-7341", "zhuo.wenruo", "杨树巷", "紫藤暗语", "轮椅暗语", "翻译暗语甲")
OF_THE_OTHER = ("钟离晚", "5550-8842", "槐树里", "银杏暗语", "翻译暗语乙")
SEALED = ("急需暗语",)
OPEN_TO_ALL = {"portal:table", "portal:table-pressure"}
APPLIED_TO = {
    "case_number": "", "receipt_code": "", "text": "x", "rating": {"solved": "yes"}, "solved": "yes", "grounds": "x",
    "duty": 1, "done": True, "may": "read", "who": "relative",
}  # fmt: skip


@pytest.fixture
def at() -> Table:
    """A family matter full of planted words, in mediation."""
    office = make_table_office()
    add_officer("shi", ("施", "Shi"), "hill", ("调解员", "Mediator"), ["mediator"])
    made = table(
        kind="family",
        words="紫藤暗语",
        needs="轮椅暗语",
        identity=Identity(name="卓文若", phone="5550-7341", email="zhuo.wenruo@example.org", address="杨树巷三十七号"),
        others=(OtherSide(Identity(name="钟离晚", phone="5550-8842", address="槐树里九号")),),
    )
    begun(made, office)
    side_deeds.say_own(made.other, released="我愿意谈谈。", words="银杏暗语")
    asked_alone.say_wishes(made.asker, interpreter="翻译暗语甲", companion="")
    asked_alone.say_wishes(made.other, interpreter="翻译暗语乙", companion="")
    asked_alone.say_whether_safe(made.asker, "unsure")
    urgent.set_urgency(
        made.number, colour="yellow", reason="急需暗语", help_needed=("home",), involved=(), by=office.lan
    )
    return made


def _signed(number: str, code: str) -> Client:
    client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    client.post("/track/", {"case_number": number, "receipt_code": code})
    return client


def _asked(client: Client, *numbers: str) -> Iterator[tuple[str, str, int, bytes]]:
    """(name, address, status, bytes) of everything that can be asked for, under each number."""
    for number in numbers:
        for name, address in matrix.each_time_signed_in(client, matrix.addresses(number)):
            if name.startswith(("office:", "patterns")) or name == "portal:source-archive":
                continue
            answer = matrix.undone(lambda address=address: client.get(address))  # type: ignore[misc]
            yield (
                name,
                address,
                answer.status_code,
                bytes(getattr(answer, "content", b"")) + str(answer.headers).encode(),
            )


def test_the_other_side_reaches_its_table_and_nothing_of_the_asking_side(at: Table) -> None:
    client = _signed(at.other_number, at.other_code)
    met, opened = [], set()
    of_a_matter = matrix.is_of_a_matter()
    with matrix.quick(b"%PDF"):
        for name, address, status, data in _asked(client, at.other_number, at.number):
            met += [f"{word} at {address}" for word in (*OF_THE_ASKER, *SEALED) if word.encode() in data]
            is_asking_for_the_code = b"receipt_code" in data
            if name in of_a_matter and name.startswith("portal:") and status == 200 and not is_asking_for_the_code:
                opened.add(name)
    assert met == []
    assert opened == OPEN_TO_ALL


def test_no_deed_of_the_asking_side_can_be_done_with_the_other_code(at: Table) -> None:
    client = _signed(at.other_number, at.other_code)
    before = side_deeds.staying_sides(at.number)
    for number in (at.other_number, at.number):
        for name, address in matrix.each_time_signed_in(client, matrix.addresses(number)):
            if name in matrix.is_of_a_matter() and name.startswith("portal:") and name not in OPEN_TO_ALL:
                answer = matrix.undone(lambda address=address: client.post(address, {"text": "x", "confirm": "on"}))  # type: ignore[misc]
                where = answer.headers.get("Location", "")
                is_nothing = answer.status_code in {403, 404, 405, 422} or where.startswith("/table/")
                assert is_nothing, (name, answer.status_code)
    assert side_deeds.staying_sides(at.number) == before


def test_the_api_gives_the_other_code_nothing(at: Table) -> None:
    client = Client(raise_request_exception=False)
    for name, address in matrix.addresses(at.other_number):
        if not name.startswith("api:"):
            continue
        for number in (at.other_number, at.number):
            given = APPLIED_TO | {"case_number": number, "receipt_code": at.other_code}
            answer = matrix.undone(
                lambda address=address, given=given: client.post(  # type: ignore[misc]
                    address, json.dumps(given), content_type="application/json"
                )
            )
            data = bytes(getattr(answer, "content", b""))
            assert not [word for word in (*OF_THE_ASKER, *SEALED) if word.encode() in data], name
            if "track" in address and answer.status_code < 400:
                pytest.fail(f"{name} answered {answer.status_code}: {data[:200]!r}")


def test_the_asking_side_meets_nothing_of_the_other(at: Table) -> None:
    client = _signed(at.number, at.asker_code)
    with matrix.quick(b"%PDF"):
        met = [
            f"{word} at {address}"
            for _name, address, _status, data in _asked(client, at.number)
            for word in (*OF_THE_OTHER[3:], *SEALED)
            if word.encode() in data
        ]
    assert met == []


@pytest.mark.parametrize("who", ["zhao", "shi", "sun", "guan"])
def test_no_officer_without_a_grant_meets_a_word_of_either(at: Table, who: str) -> None:
    office = Office()
    client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    client.force_login(office.account(who))
    with matrix.quick(b"%PDF"):
        met = [
            f"{word} at {address}"
            for _name, address, _status, data in _asked(client, at.number)
            for word in (*OF_THE_ASKER, *OF_THE_OTHER, *SEALED)
            if word.encode() in data
        ]
    assert met == []
