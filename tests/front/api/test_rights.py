"""Pressure, withdrawal and questions about looks for programs."""

from __future__ import annotations

import pytest

from huiyin.record.cases.deeds import classing
from huiyin.record.cases.models import Ask
from tests.cast import Office
from tests.front.api.program import Program, officer, problem

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def receipt(program: Program) -> dict[str, str]:
    return program.filed()


def test_pressure_makes_a_matter_of_its_own(office: Office, program: Program, receipt: dict[str, str]) -> None:
    body = receipt | {"text": "有人催我撤回。", "about": [{"kind": "officer", "id": "wu"}]}
    answer = program.post("track/pressure", body)
    assert answer.status_code == 201, answer.content.decode()
    made = answer.json()["case_number"]
    assert program.post("track/pressure", body).json()["case_number"] == made, "once"
    assert program.post("track", receipt | {"case_number": made}).json()["description"] == "有人催我撤回。"
    links = officer(office, "wu").get(f"desk/cases/{receipt['case_number']}").json()["links"]
    assert links == [], "the unit that has the matter does not learn of it"
    assert officer(office, "wu").get(f"desk/cases/{made}").status_code == 404
    wrong = program.post("track/pressure", receipt | {"text": "x", "about": [{"kind": "officer", "id": "nobody"}]})
    problem(wrong, 422, "unknown_choice")
    problem(program.post("track/pressure", receipt), 422, "input_missing")
    problem(program.post("track/pressure", body | {"receipt_code": "1" * 20}), 404, "check_digits")


def test_a_withdrawal_is_asked_for_and_undone(office: Office, program: Program, receipt: dict[str, str]) -> None:
    assert program.post("track/withdrawal", receipt).status_code == 201
    shown = program.post("track", receipt).json()["withdrawal"]
    assert (shown["state"], shown["outcome"], shown["effective_on"]) == ("open", "", None)
    problem(program.post("track/withdrawal", receipt), 409, "repeated")
    assert officer(office, "wu").get(f"desk/cases/{receipt['case_number']}").json()["withdrawal"] is None
    asked = officer(office, "zheng").get("desk/cases", {"queue": "asked"}).json()["items"]
    assert [(row["case_number"], row["asked"]["kind"]) for row in asked] == [(receipt["case_number"], "withdrawal")]
    assert program.post("track/withdrawal/undo", receipt).status_code == 201
    problem(program.post("track/withdrawal/undo", receipt), 409, "not_allowed_now")


def test_a_look_is_asked_about(office: Office, program: Program, receipt: dict[str, str]) -> None:
    officer(office, "wu").get(f"desk/cases/{receipt['case_number']}")
    look = next(each for each in program.post("track", receipt).json()["looks"] if each["purpose"] == "handle")
    assert look["question"] is None
    answer = program.post("track/looks", receipt | {"look": look["number"], "text": "为什么？"})
    assert answer.status_code == 201, answer.content.decode()
    assert Ask.objects.get().owed_by.code == "wu-post"
    again = next(each for each in program.post("track", receipt).json()["looks"] if each["number"] == look["number"])
    assert again["question"]["text"] == "为什么？"
    problem(program.post("track/looks", receipt | {"look": look["number"], "text": "x"}), 409, "repeated")
    problem(program.post("track/looks", receipt | {"look": 1, "text": "x"}), 404, "not_found")
    problem(program.post("track/looks", receipt | {"look": 0, "text": "x"}), 422, "unknown_choice")


def test_another_officer_is_asked_for_and_somebody_named(
    office: Office, program: Program, receipt: dict[str, str]
) -> None:
    assert program.post("track/recusal", receipt | {"text": "有利害关系。"}).status_code == 201
    assert program.post("track", receipt).json()["recusal"]["kind"] == "recusal"
    problem(program.post("track/recusal", receipt | {"text": "有利害关系。"}), 409, "repeated")
    problem(program.post("track/about", receipt), 422, "input_missing")
    problem(program.post("track/about", receipt | {"about": []}), 422, "invalid")
    assert program.post("track/about", receipt | {"about": [{"kind": "officer", "id": "wu"}]}).status_code == 201
    assert officer(office, "wu").get(f"desk/cases/{receipt['case_number']}").status_code == 404


def test_a_complaint_about_staff_carries_its_class_and_evidence(office: Office, program: Program) -> None:
    receipt = program.filed(
        about=[{"kind": "officer", "id": "qian"}],
        complaint_class="misconduct",
        evidence=["camera"],
        evidence_words="大厅",
    )
    staff = program.post("track", receipt).json()["about_staff"]
    assert (staff["said"], staff["complaint_class"]) == ("misconduct", "")
    assert [(each["kind"], each["text"], each["state"]) for each in staff["asked"]] == [("evidence", "大厅", "open")]
    problem(program.post("track/class", receipt | {"text": "不对。"}), 409, "not_allowed_now")
    classing.set_class(receipt["case_number"], by=office.zheng, complaint_class="service", why="说的是慢。")
    assert program.post("track/class", receipt | {"text": "他推了我。"}).status_code == 201
    problem(program.post("track/class", receipt | {"text": "他推了我。"}), 409, "repeated")
    assert program.post("track", receipt).json()["about_staff"]["why"] == "说的是慢。"
    assert program.post("track", program.filed()).json()["about_staff"] is None
