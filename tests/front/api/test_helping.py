"""Helpers, a new code, files that show who somebody is, and confidentiality asked for later, for programs."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyin.record.cases.models import Case, SealedPart
from tests.cast import Office
from tests.front.api.program import V1, Program, problem

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
HELPER = {"who": "lawyer", "may": "write", "called": "王律师"}


@pytest.fixture
def receipt(program: Program) -> dict[str, str]:
    return program.filed()


def of_helper(made: dict[str, str]) -> dict[str, str]:
    return {"case_number": made["helper_number"], "receipt_code": made["helper_code"]}


def test_a_helper_acts_with_a_code_of_their_own_until_it_is_taken_back(
    program: Program, receipt: dict[str, str]
) -> None:
    answer = program.post("track/helpers", receipt | HELPER)
    assert answer.status_code == 201, answer.content.decode()
    own = of_helper(answer.json())
    assert program.post("track/messages", own | {"text": "代她说一句"}).status_code == 201
    shown = program.post("track", receipt).json()
    assert [(each["number"], each["called"], each["is_active"]) for each in shown["helpers"]] == [(1, "王律师", True)]
    assert [(each["text"], each["helper"]) for each in shown["messages"]] == [("代她说一句", 1)]
    problem(program.post("track/helpers", own | HELPER), 409, "helper_may_not")
    problem(program.post("track/helpers/end", own | {"number": 1}), 409, "helper_may_not")
    problem(program.post("track/new-code", own), 409, "helper_may_not")
    problem(program.post("track/confidential", own), 409, "helper_may_not")
    assert program.post("track/helpers/end", receipt | {"number": 1}).status_code == 201
    assert program.post("track/helpers/end", receipt | {"number": 1}).status_code == 201, "said twice it counts once"
    problem(program.post("track", own), 404, "check_digits")
    problem(program.post("track/helpers/end", receipt | {"number": 2}), 404, "not_found")


def test_what_is_no_helper_is_refused_at_its_field(program: Program, receipt: dict[str, str]) -> None:
    problem(program.post("track/helpers", receipt | HELPER | {"who": "nobody"}), 422, "unknown_choice")
    problem(program.post("track/helpers", receipt | {"who": "lawyer"}), 422, "input_missing")
    problem(program.post("track/helpers", receipt | HELPER | {"until_on": "2020-01-01"}), 422, "date_in_past")


def test_the_old_code_holds_until_the_new_one_is_confirmed(program: Program, receipt: dict[str, str]) -> None:
    made = program.post("track/new-code", receipt)
    assert made.status_code == 200, made.content.decode()
    code, carried = made.json()["new_code"], made.json()["carried"]
    assert program.post("track", receipt).status_code == 200
    problem(program.post("track", receipt | {"receipt_code": code}), 404, "check_digits")
    wrong = {"carried": carried, "last_digits": "x"}
    problem(program.post("track/new-code/confirm", receipt | wrong), 422, "unknown_choice")
    problem(
        program.post("track/new-code/confirm", receipt | {"carried": "made up", "last_digits": code}),
        422,
        "unknown_choice",
    )
    other = program.filed()
    problem(
        program.post("track/new-code/confirm", other | {"carried": carried, "last_digits": code}), 422, "unknown_choice"
    )
    right = {"carried": carried, "last_digits": code[-4:]}
    assert program.post("track/new-code/confirm", receipt | right).status_code == 201
    problem(program.post("track", receipt), 404, "check_digits")
    assert program.post("track", receipt | {"receipt_code": code}).status_code == 200


def test_a_file_that_shows_who_she_is_is_kept_and_never_read_back(program: Program, receipt: dict[str, str]) -> None:
    def send(given: dict[str, str], data: bytes):
        file = SimpleUploadedFile("card.txt", data, content_type="text/plain")
        return Client().post(V1 + "track/identity-files", given | {"file": file})

    answer = send(receipt, b"a scan of a card")
    assert answer.status_code == 201, answer.content.decode()
    assert answer.json() == {"case_number": receipt["case_number"], "count": 1}
    assert SealedPart.objects.get().kind == "file"
    assert "a scan of a card" not in program.post("track", receipt).content.decode()
    problem(send(receipt, b""), 422, "attachment_empty")
    problem(send(program.filed(confidentiality="anonymous", contact=None), b"a card"), 404, "not_found")


def test_confidential_from_now_on(office: Office, program: Program, receipt: dict[str, str]) -> None:
    answer = program.post("track/confidential", receipt)
    assert answer.status_code == 201, answer.content.decode()
    assert answer.json()["is_sealed"] is False, "no desk of this office has a key"
    assert Case.scoped.get(number=receipt["case_number"]).confidentiality == "confidential"
    problem(program.post("track/confidential", receipt), 409, "repeated")
