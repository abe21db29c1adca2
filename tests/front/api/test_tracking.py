"""Li Mei follows her matter with number and code; nobody else does."""

from __future__ import annotations

import json

import pytest

from huiyin.front.api.answers import STATES_OF_TERM
from huiyin.front.api.requests import CONFIDENTIALITY
from huiyin.record.cases.models.case import CONFIDENTIALITY as KNOWN_CONFIDENTIALITY
from huiyin.record.cases.models.term import TERM_STATES
from huiyin.record.ledger.sequencer import sequence_pending
from tests.front.api.program import Program, answered, officer, problem

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def test_she_reads_where_it_stands_and_who_looked(office, program):
    receipt = program.filed()
    officer(office, "wu").get(f"desk/cases/{receipt['case_number']}")
    answer = program.post("track", receipt)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    body = answer.json()
    assert body["state"] == "registered" and body["stage"] == "intake" and body["outcome"] is None
    assert body["due_on"] in body["terms"][0]["due_on"]
    assert body["says"] and "{" not in body["says"]
    assert body["timeline"][-1]["kind"] == "complaint_registered"
    look = next(each for each in body["looks"] if each["purpose"] == "handle")
    assert set(look) == {"number", "at", "role", "unit", "duty_number", "purpose", "what", "is_by_named", "question"}
    assert look["role"] == "registrar" and look["unit"] == "接访科" and look["duty_number"]
    assert body["proof"] is None
    assert body["waiting"] is None and body["links"] == [] and body["answer"] is None
    assert "李梅" not in answer.content.decode() and "limei" not in answer.content.decode()


def test_the_proof_follows(program):
    receipt = program.filed()
    sequence_pending()
    proof = program.post("track", receipt).json()["proof"]
    assert set(proof) == {"origin", "size", "index", "leaf", "path", "checkpoint"}


def test_number_and_code_are_read_as_people_type_them(program):
    receipt = program.filed()
    typed = {
        "case_number": receipt["case_number"].replace("-", " "),
        "receipt_code": receipt["receipt_code"].translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    }
    assert program.post("track", typed).status_code == 200


def test_a_wrong_code_and_an_unknown_number_look_the_same(program):
    one, other = program.filed(), program.filed()
    wrong = program.post("track", {**one, "receipt_code": other["receipt_code"]})
    unknown = program.post("track", {"case_number": "0000-0000-02", "receipt_code": one["receipt_code"]})
    slip = program.post("track", {**one, "case_number": one["case_number"][:-1] + "x"})
    body = problem(wrong, 404, "check_digits")
    assert wrong.content == unknown.content == slip.content
    assert body["errors"] == []
    assert dict(wrong.headers) == dict(unknown.headers) == dict(slip.headers)


@pytest.mark.parametrize("path", ["track", "track/messages", "track/rating", "track/contest"])
def test_every_address_wants_both(program, path):
    body = problem(program.post(path, {}), 422, "input_missing")
    assert {"case_number", "receipt_code"} <= {each["field"] for each in body["errors"]}
    problem(program.get(path), 405, "method_not_allowed")
    problem(program.send(path, b"[" * 5000), 400, "malformed")


def test_a_message_is_kept_and_shown(program):
    receipt = program.filed()
    answer = program.post("track/messages", {**receipt, "text": " 还有一张照片。\x00 "})
    assert answer.status_code == 201
    assert answer.json() == {
        "case_number": receipt["case_number"],
        "sender": "complainant",
        "text": " 还有一张照片。 ",
        "found": [],
    }
    (message,) = program.post("track", receipt).json()["messages"]
    assert message["text"] == " 还有一张照片。 " and message["sender"] == "complainant"


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty"), (" \u3000", "empty"), ("字" * 20_001, "too_long"), (7, "invalid")]
)
def test_a_message_that_is_none(program, text, code):
    receipt = program.filed()
    body = problem(program.post("track/messages", {**receipt, "text": text}), 422, code)
    assert body["errors"][0]["field"] == "text"
    assert program.post("track", receipt).json()["messages"] == []


def test_a_stranger_writes_nothing(program):
    one, other = program.filed(), program.filed()
    forged = {**one, "receipt_code": other["receipt_code"]}
    problem(program.post("track/messages", {**forged, "text": "x"}), 404, "check_digits")
    problem(program.post("track/rating", {**forged, "solved": "yes"}), 404, "check_digits")
    problem(program.post("track/contest", {**forged, "grounds": "x"}), 404, "check_digits")


def test_she_rates_and_no_officer_sees_it(office, program):
    receipt = program.filed()
    answered(office, receipt)
    rating = {"solved": "partly", "score": 2, "comment": "来得太晚。"}
    answer = program.post("track/rating", {**receipt, **rating})
    assert answer.status_code == 201 and answer.json() == rating
    assert program.post("track/rating", {**receipt, "solved": "yes"}).status_code == 201
    seen = officer(office, "zhao").get(f"desk/cases/{receipt['case_number']}").content.decode()
    assert "partly" not in seen.replace("partly_supported", "") and "来得太晚" not in seen


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"solved": "perhaps"}, "solved"),
        ({"score": 0}, "score"),
        ({"score": 6}, "score"),
        ({"score": 10**30}, "score"),
        ({"score": 1.5}, "score"),
        ({"score": 1e999}, "score"),
        ({"score": "5"}, "score"),
        ({"score": True}, "score"),
        ({"comment": "长" * 2001}, "comment"),
    ],
)
def test_a_rating_that_is_none(program, changes, field):
    body = {**program.filed(), "solved": "yes", **changes}
    answer = program.send("track/rating", json.dumps(body).replace("Infinity", "1e999"))
    assert answer.status_code == 422, answer.content
    assert answer.json()["errors"][0]["field"] == field


def test_she_contests_and_another_body_looks_again(office, program):
    receipt = program.filed()
    answered(office, receipt)
    body = program.post("track", receipt).json()
    assert body["answer"]["text"] == "夜间施工已停止。" and body["outcome"] == "supported"
    assert any(move["move"] == "contest" and move["allowed"] for move in body["moves"])
    answer = program.post("track/contest", {**receipt, "grounds": "晚上还在施工。"})
    assert answer.status_code == 201 and answer.json()["state"] == "contested"
    (link,) = program.post("track", receipt).json()["links"]
    assert link["kind"] == "review" and link["is_later"]
    review = program.post("track", {**receipt, "case_number": link["case_number"]}).json()
    assert review["case_number"] == link["case_number"]
    assert review["description"] == "晚上还在施工。" and review["body"] == "市公安局"
    problem(program.post("track/contest", {**receipt, "grounds": "x"}), 409, "not_allowed_now")


def test_nothing_to_contest_yet(program):
    receipt = program.filed()
    problem(program.post("track/contest", {**receipt, "grounds": "x"}), 409, "not_allowed_now")
    problem(program.post("track/contest", {**receipt, "grounds": " "}), 422, "empty")


def test_both_languages(office, program):
    receipt = program.filed()
    english, chinese = Program(language="en").post("track", receipt).json(), program.post("track", receipt).json()
    assert (english["state_name"], chinese["state_name"]) == ("Registered", "已登记")
    assert "2026" in english["says"] or "20" in english["says"]
    assert english["timeline"][-1]["text"] != chinese["timeline"][-1]["text"]


def test_the_description_knows_every_state_of_a_clock():
    assert STATES_OF_TERM == TERM_STATES
    assert CONFIDENTIALITY == KNOWN_CONFIDENTIALITY
