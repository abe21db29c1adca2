"""Files for programs: one in each request, repeated without doubling, refused as a problem."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Office
from tests.front.api.program import V1, Program, officer, problem
from tests.record.files.honest import docx, jpeg
from tests.record.files.hostile import EXE

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def receipt(program: Program) -> dict[str, str]:
    return program.filed()


def send(program: Program, receipt: dict[str, str], data: bytes, **more: str) -> Any:
    file = SimpleUploadedFile("canary-name.bin", data)
    headers = program.headers({})
    return program.client.post(f"{V1}track/attachments", {**receipt, "file": file, **more}, headers=headers)


def test_a_file_goes_in_once_and_is_listed(program: Program, office: Office, receipt: dict[str, str]) -> None:
    answer = send(program, receipt, jpeg())
    assert answer.status_code == 201, answer.content
    assert (answer.json()["is_new"], answer.json()["attachment"]["media_type"]) == (True, "image/jpeg")
    assert send(program, receipt, jpeg()).json()["is_new"] is False
    listed = program.post("track", receipt).json()["attachments"]
    assert [each["number"] for each in listed] == [1] and listed[0]["has_copy"] and not listed[0]["has_open_original"]
    seen = officer(office, "wu").get(f"desk/cases/{receipt['case_number']}")
    assert seen.json()["attachments"] == listed and b"canary-name" not in seen.content


def test_the_original_by_word(program: Program, receipt: dict[str, str]) -> None:
    assert send(program, receipt, docx(), originals="open").json()["attachment"]["has_open_original"]
    word = {**receipt, "number": 1, "is_released": False}
    assert program.post("track/originals", word).json() == {
        "case_number": receipt["case_number"], "number": 1, "is_released": False,
    }  # fmt: skip
    assert not program.post("track", receipt).json()["attachments"][0]["has_open_original"]
    problem(program.post("track/originals", word | {"number": 7}), 404, "not_found")


def test_what_is_wrong_is_a_problem(program: Program, receipt: dict[str, str]) -> None:
    problem(send(program, receipt, EXE), 422, "attachment_kind")
    problem(send(program, receipt, b""), 422, "attachment_empty")
    problem(send(program, receipt | {"receipt_code": "1" * 20}, jpeg()), 404, "check_digits")
    problem(send(program, receipt, jpeg(), name="x"), 422, "input_unwanted")
    problem(send(program, receipt, jpeg(), originals="perhaps"), 422, "unknown_choice")
    problem(program.post("track/attachments", receipt), 415, "unsupported_media_type")
    bare = program.client.post(f"{V1}track/attachments", receipt, headers=program.headers({}))
    problem(bare, 422, "input_missing")
    text = program.client.post(f"{V1}track/attachments", receipt | {"file": "words"}, headers=program.headers({}))
    assert text.status_code == 422
    broken = program.send("track/attachments", b"--x\r\nnonsense", "multipart/form-data; boundary=x")
    assert broken.status_code in {400, 422}
