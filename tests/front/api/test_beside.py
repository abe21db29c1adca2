"""What stands beside the course of a matter is in the API as on the pages, for the complainant and for the desk."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from huiyin.record import clock
from huiyin.record.cases.lists.external import note_external
from huiyin.record.cases.words.conversations import Conduct, note_conversation
from huiyin.record.law import routes
from tests.cast import Office
from tests.front.api.program import Program, officer

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
COURT = {
    "name_zh": "临县人民法院", "name_en": "Lin County Court", "address_zh": "正衡路1号", "address_en": "1 Zhengheng Road",
    "hours_zh": "工作日", "hours_en": "Working days", "telephone": "0000-555-0301", "web": "https://court.example.org",
}  # fmt: skip
DECLINED = {"text": "这件事要由法院来定。", "reason": "litigation", "route": "court", "legal_basis": "第三十一条"}


def both(office: Office, receipt: dict[str, str]) -> list[dict[str, Any]]:
    """The matter as Li Mei reads it, and as Registrar Wu does."""
    mine = Program(language="en").post("track", receipt)
    return [each.json() for each in (mine, officer(office, "wu").get(f"desk/cases/{receipt['case_number']}"))]


def test_numbers_of_other_systems(office: Office, program: Program) -> None:
    receipt, due = program.filed(), datetime.datetime(2027, 1, 5, 8, 30, tzinfo=datetime.UTC)
    note_external(receipt["case_number"], "12345", "GD-2026-77", due.date(), by=office.wu, due_at=due)
    note_external(receipt["case_number"], "平台", "P-9", by=office.wu)
    for matter in both(office, receipt):
        assert matter["external"] == [
            {"system": "12345", "number": "GD-2026-77", "due_on": "2027-01-05", "due_at": due.isoformat()},
            {"system": "平台", "number": "P-9", "due_on": None, "due_at": None},
        ]


def test_where_a_route_leads_and_when_it_is_open(office: Office, program: Program) -> None:
    receipt = program.filed()
    routes.enter("court", COURT, since=datetime.date(2026, 1, 1), body_code="letters", by=office.xu.actor())
    assert officer(office, "wu").move(receipt["case_number"], "decline", 1, **DECLINED).status_code == 200
    for matter in both(office, receipt):
        (document,) = matter["documents"]
        assert document["route"] == "Go to the people's court"
        assert document["place"] == {
            "name": "Lin County Court", "address": "1 Zhengheng Road", "hours": "Working days",
            "telephone": "0000-555-0301", "web": "https://court.example.org",
        }  # fmt: skip


def test_calls_and_visits(office: Office, program: Program) -> None:
    receipt, today = program.filed(), clock.today("Asia/Shanghai")
    conduct = Conduct("one_at_a_time", "两边同时说话。", today)
    note_conversation(
        receipt["case_number"], by=office.wu, kind="visit", held_on=today, text="来访补充了时间。", conduct=conduct
    )
    for matter in both(office, receipt):
        (held,) = matter["conversations"]
        assert (held["kind"], held["held_on"], held["text"]) == ("visit", today.isoformat(), "来访补充了时间。")
        assert held["talking"] == {
            "name": "One side speaks at a time, and the other lets it finish", "reason": "两边同时说话。",
            "ends_on": today.isoformat(), "runs": True,
        }  # fmt: skip


def test_what_a_move_wants_confirmed(office: Office, program: Program) -> None:
    number = program.filed()["case_number"]
    offered = officer(office, "wu").get(f"desk/cases/{number}").json()["moves"]
    (accept,) = [each for each in offered if each["move"] == "accept"]
    assert [(each["guard"], each["article"]) for each in accept["confirms"]] == [
        ("pending_elsewhere", "19"),
        ("recusal", "28"),
    ]
