"""Promises for programs: given with an answer, read with the matter, answered by the complainant; and coming back."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from huiyin.record import clock
from huiyin.record.cases.deeds import duties
from huiyin.record.cases.models import Duty
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from tests.cast import Office
from tests.front.api.program import Program, answered, officer, problem

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
REPLY: dict[str, Any] = {"text": "已处理。", "outcome": "supported", "legal_basis": "规则", "confirmed": ["recusal"]}


def in_days(count: int) -> str:
    return (clock.today("Asia/Shanghai") + datetime.timedelta(days=count)).isoformat()


@pytest.fixture
def receipt(program: Program) -> dict[str, str]:
    return program.filed()


@pytest.fixture
def with_zhao(office: Office, receipt: dict[str, str]) -> int:
    """The version in which Zhao may answer."""
    number = receipt["case_number"]
    officer(office, "wu").move(number, "accept", 1)
    version: int = officer(office, "wu").move(number, "assign", 2, to="zhao-post").json()["version"]
    return version


def reply(office: Office, receipt: dict[str, str], version: int, promised: Any, **changes: Any) -> Any:
    body = {"move": "reply", "version": version, **REPLY, "duties": promised, **changes}
    return officer(office, "zhao").post(f"desk/cases/{receipt['case_number']}/moves", body)


@pytest.fixture
def promised(office: Office, receipt: dict[str, str], with_zhao: int) -> dict[str, str]:
    done = reply(office, receipt, with_zhao, [{"kind": "payment", "due_on": in_days(9), "text": "退还三百元。"}])
    assert done.status_code == 200, done.content.decode()
    version = done.json()["version"]
    for name in ("qian", "chen", "chu", "wei"):
        version = officer(office, name).move(receipt["case_number"], "sign", version).json()["version"]
    return receipt


def test_a_draft_shows_what_it_promises(office, receipt, with_zhao):
    row = {"kind": "repair", "due_on": in_days(9), "text": "修墙"}
    assert reply(office, receipt, with_zhao, [row]).status_code == 200
    draft = officer(office, "qian").get(f"desk/cases/{receipt['case_number']}").json()["draft"]
    assert draft["duties"] == [row]
    assert "duties" not in draft["given"]


def test_the_complainant_reads_what_was_promised_and_says_how_it_is(office, program, promised):
    number = promised["case_number"]
    (duty,) = program.post("track", promised).json()["duties"]
    assert (duty["number"], duty["kind"], duty["due_on"], duty["state"]) == (1, "payment", in_days(9), "open")
    assert (duty["text"], duty["deeds"], duty["steps"], duty["of_review"]) == ("退还三百元。", ["confirm"], [], False)
    duties.say_done(number, 1, by=office.zhao, text="已转账。")
    problem(program.post("track/duties", promised | {"duty": 1, "done": False}), 422, "input_missing")
    said = program.post("track/duties", promised | {"duty": 1, "done": False, "text": "没有收到。"})
    assert (said.status_code, said.json()) == (201, {"case_number": number, "duty": 1, "done": False})
    assert program.post("track/duties", promised | {"duty": 1, "done": True}).status_code == 201
    problem(program.post("track/duties", promised | {"duty": 1, "done": True}), 409, "repeated")
    problem(program.post("track/duties", promised | {"duty": 2, "done": True}), 404, "not_found")
    assert [step["deed"] for step in program.post("track", promised).json()["duties"][0]["steps"]] == [
        "say_done", "deny", "confirm",
    ]  # fmt: skip


@pytest.mark.parametrize("done", ["true", 1, None, [], "yes"])
def test_yes_is_yes_and_nothing_that_looks_like_it(program, promised, done):
    assert program.post("track/duties", promised | {"duty": 1, "done": done}).status_code == 422
    assert Duty.objects.get().state == "open"


def test_the_queue_of_promises_says_what_is_owed(office, promised):
    answer = officer(office, "zhao").get("desk/cases", {"queue": "promises"}).json()
    (row,) = answer["items"]
    assert answer["counts"]["promises"] == 1
    assert (row["due_on"], row["days_left"]) == (in_days(9), 9)
    assert row["promise"] == {"number": 1, "kind": "payment", "name": "A payment", "text": "退还三百元。"}
    assert officer(office, "zhao").get("desk/cases").json()["items"][0]["promise"] is None


GOOD = {"kind": "payment", "due_on": "2999-01-01", "text": "退还三百元。"}
WRONG = (
    ([GOOD | {"kind": "bribe"}], "unknown_choice", "duties.0.kind"),
    ([GOOD | {"due_on": "1 May"}], "invalid", "duties.0.due_on"),
    ([GOOD | {"due_on": 20260101}], "invalid", "duties.0.due_on"),
    ([GOOD | {"due_on": "2026-02-30"}], "invalid", "duties.0.due_on"),
    ([GOOD | {"text": " "}], "empty", "duties.0.text"),
    ([GOOD | {"text": "长" * 1001}], "too_long", "duties.0.text"),
    ([{"kind": "payment"}], "input_missing", "duties.0.due_on"),
    ([GOOD | {"due_on": "2020-01-01"}], "day_past", "duties.0.due_on"),
    ([GOOD], "day_too_far", "duties.0.due_on"),
    ([GOOD] * 11, "invalid", "duties"),
    (GOOD, "invalid", "duties"),
)


@pytest.mark.parametrize(("given", "code", "field"), WRONG)
def test_a_promise_that_cannot_be_taken_is_named_by_its_line(office, receipt, with_zhao, given, code, field):
    body = problem(reply(office, receipt, with_zhao, given), 422, code)
    assert body["errors"][0]["field"] == field


def test_who_says_no_promises_nothing(office, receipt, with_zhao):
    given = [{"kind": "repair", "due_on": in_days(9), "text": "修"}]
    problem(reply(office, receipt, with_zhao, given, outcome="not_supported"), 422, "duties_unwanted")
    body = {"move": "assign", "version": with_zhao, "to": "zhou-post", "duties": given}
    answer = officer(office, "zhao").post(f"desk/cases/{receipt['case_number']}/moves", body)
    problem(answer, 422, "input_unwanted")


def test_an_ended_matter_comes_back(office, program, receipt):
    problem(program.post("track/come-back", receipt | {"text": "又响了。"}), 409, "not_allowed_now")
    answered(office, receipt)
    problem(program.post("track/come-back", receipt | {"text": "又响了。"}), 409, "not_allowed_now")
    moves.move_as_complainant(
        access.open_receipt(receipt["case_number"], receipt["receipt_code"], source="here"), "accept_reply"
    )
    problem(program.post("track/come-back", receipt | {"text": " "}), 422, "empty")
    made = program.post("track/come-back", receipt | {"text": "又响了。"})
    assert made.status_code == 201
    number = made.json()["case_number"]
    assert made.json()["tracking_url"].endswith(f"/track/{number}")
    assert program.post("track/come-back", receipt | {"text": "又响了。"}).json()["case_number"] == number
    new = program.post("track", receipt | {"case_number": number}).json()
    assert (new["description"], new["links"][0]["kind"]) == ("又响了。", "joined")
