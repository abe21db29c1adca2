"""The table in a browser without scripts: ask, say yes, choose, leave; and what the other side never reads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from huiyin.record import clock
from huiyin.record.cases.given import Given
from huiyin.record.cases.moving import moves
from huiyin.stages.mediation import urgent
from huiyin.stages.mediation.models import Dispute
from tests.cast import make_move
from tests.mediating import OTHER_NAME, OWN_WORDS, RELEASED, Table, begun, chosen, make_table_office, table

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])
FIRST = {f"not_{each}": "no" for each in ("abuse", "crime", "refused", "special_body", "status", "office")}
ANSWERS = {
    **FIRST,
    "kind": "land",
    "area": "willow",
    "subject": "两家的地界",
    "words": OWN_WORDS,
    "released": RELEASED,
    "other_name": OTHER_NAME,
    "other_phone": "000-0000-0077",
    "name": "李梅",
    "phone": "000-0000-0001",
}


def _signed(number: str, code: str) -> Client:
    client = Client()
    response = client.post("/track/", {"case_number": number, "receipt_code": code})
    assert response.status_code == 303
    return client


def _both(at: Table) -> tuple[Client, Client]:
    return _signed(at.number, at.asker_code), _signed(at.other_number, at.other_code)


def test_the_questions_come_one_a_page_and_what_is_excluded_first() -> None:
    make_table_office()
    client = Client()
    assert "mediation/ask/" in client.get("/").content.decode()
    assert client.get("/mediation/ask/").status_code == 200
    turned = client.post("/mediation/ask/", {"at": "first", **FIRST, "not_abuse": "yes"})
    assert turned.status_code == 422 and "/protection/" in turned.content.decode()
    assert client.post("/mediation/ask/", {"at": "first"}).status_code == 422
    asked = client.post("/mediation/ask/", {"at": "first", **FIRST})
    assert 'name="at" value="dispute"' in asked.content.decode()
    check = client.post("/mediation/ask/", {"at": "you", **ANSWERS})
    assert OWN_WORDS in check.content.decode() and not Dispute.objects.exists()


def test_what_is_sent_twice_is_one_dispute_and_its_receipt_can_be_loaded_again() -> None:
    make_table_office()
    client, key = Client(), "k" * 30
    for _time in range(2):
        sent = client.post("/mediation/ask/", {"at": "check", "key": key, **ANSWERS, "is_both": "on"})
        assert sent.status_code == 303, sent.content.decode()
    assert Dispute.objects.count() == 1
    receipt = client.get("/file/receipt/").content.decode()
    assert len(set(re.findall(r"\d{4}-\d{4}-\d{2}", receipt))) >= 2
    other = client.post("/mediation/ask/", {"at": "check", "key": key, **ANSWERS, "subject": "别的"})
    assert other.status_code == 409


def test_each_side_has_the_same_page_and_reads_its_own() -> None:
    office = make_table_office()
    at = table()
    asker, other = _both(at)
    mine, theirs = (
        client.get(f"/table/{number}/") for client, number in ((asker, at.number), (other, at.other_number))
    )
    assert mine.status_code == theirs.status_code == 200
    assert OWN_WORDS in mine.content.decode()
    for secret in (OWN_WORDS, OTHER_NAME, "李梅", "000-0000-0001", "000-0000-0077", at.number):
        assert secret not in theirs.content.decode()
    assert RELEASED in theirs.content.decode()
    assert other.get(f"/track/{at.other_number}/").status_code == 303, "its table is all it has"
    done = other.post(f"/table/{at.other_number}/do/yes/", {"step": "begin"})
    assert done.status_code == 303
    make_move(at.number, "consent", by=office.wu)


def test_typed_words_stay_on_the_page_where_something_is_wrong() -> None:
    make_table_office()
    at = table()
    _asker, other = _both(at)
    page = other.post(f"/table/{at.other_number}/do/contact/", {"name": "张伟", "email": "nothing"})
    assert page.status_code == 422 and 'value="nothing"' in page.content.decode()


@pytest.mark.parametrize("state", ["applied", "consented", "village"])
@pytest.mark.parametrize("who", [0, 1])
def test_leaving_takes_one_press_from_every_open_state(state: str, who: int) -> None:
    office = make_table_office()
    at = table()
    if state != "applied":
        moves.consent_as_side(at.other, "begin", "yes")
        make_move(at.number, "consent", by=office.wu)
    if state == "village":
        chosen(at, office)
        make_move(at.number, "begin_simple", by=office.wu, given=Given(to="lan-post"))
    client, number = list(zip(_both(at), (at.number, at.other_number), strict=True))[who]
    assert f"/table/{number}/do/leave/" in client.get(f"/table/{number}/").content.decode()
    assert client.post(f"/table/{number}/do/leave/").status_code == 303
    assert Dispute.objects.get().result == "left"
    after = client.get(f"/table/{number}/").content.decode()
    assert "/do/leave/" not in after


def test_another_side_under_pressure_gets_a_matter_of_its_own_that_the_table_never_shows() -> None:
    office = make_table_office()
    at = begun(table(), office)
    asker, other = _both(at)
    sent = other.post(f"/table/{at.other_number}/pressure/", {"text": "有人逼我签字 PRESSED"})
    assert sent.status_code == 200
    number, code = (
        re.findall(r"\d{4}-\d{4}-\d{2}", sent.content.decode()),
        re.search(r"\d{4}( \d{4}){4}", sent.content.decode()),
    )
    assert len(number) > 1 and code is not None
    number = [each for each in number if each != at.other_number]
    assert _signed(number[0], code.group()).get(f"/track/{number[0]}/").status_code == 200
    for page in (
        asker.get(f"/table/{at.number}/"),
        asker.get(f"/track/{at.number}/"),
        other.get(f"/table/{at.other_number}/"),
    ):
        assert "PRESSED" not in page.content.decode() and number[0] not in page.content.decode()


def test_the_sides_see_how_soon_help_is_needed_and_may_see_it_otherwise() -> None:
    office = make_table_office()
    at = begun(table(), office)
    urgent.set_urgency(at.number, colour="red", reason="REASON", help_needed=("home",), involved=(), by=office.lan)
    _asker, other = _both(at)
    assert "urgency" in other.get(f"/table/{at.other_number}/").content.decode()
    assert other.post(f"/table/{at.other_number}/do/doubt/", {"doubt": "没那么急"}).status_code == 303
    assert "没那么急" in other.get(f"/table/{at.other_number}/").content.decode()


def test_a_stranger_gets_the_question_for_the_code() -> None:
    make_table_office()
    at = table()
    page = Client().get(f"/table/{at.other_number}/")
    assert page.status_code == 200 and "receipt_code" in page.content.decode()
    assert Client().post(f"/table/{at.other_number}/do/leave/").status_code == 403
    assert not Dispute.objects.exclude(result="").exists()


def test_a_late_office_says_so_to_both_sides_and_the_time_of_a_level_is_no_delay(settings: Any, tmp_path: Path) -> None:
    settings.HUIYIN_STORY_FILE = tmp_path / "story-days"
    office = make_table_office()
    at = table()
    clock.let_days_pass(20)
    for client, number in zip(_both(at), (at.number, at.other_number), strict=True):
        page = client.get(f"/table/{number}/").content.decode()
        assert "我们超期了" in page and "您不用等" in page
    begun(at, office)
    clock.let_days_pass(20)
    client, _other = _both(at)
    assert "我们超期了" not in client.get(f"/table/{at.number}/").content.decode()
