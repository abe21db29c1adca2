"""Li Mei's program files a complaint: once, whole, and never in a way that breaks us."""

from __future__ import annotations

import pytest

from huiyin.record.cases.opening import access
from huiyin.stages.intake.models import SealedAnswer
from tests.front.api.program import COMPLAINT, Program, problem

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def test_a_complaint_is_answered_with_number_code_days_and_a_promise(program):
    answer = program.file()
    assert answer.status_code == 201
    body = answer.json()
    assert set(body) == {"case_number", "receipt_code", "tracking_url", "terms", "promise", "found"}
    assert answer["Location"] == body["tracking_url"]
    assert body["tracking_url"].endswith("/track/" + body["case_number"])
    assert len(body["receipt_code"].replace(" ", "")) == 20
    assert body["receipt_code"] not in body["tracking_url"]
    assert set(body["promise"]) == {"origin", "leaf", "at", "key_id", "signature"}
    first = body["terms"][0]
    assert set(first) == {"duty", "due_on", "provisional", "rule", "article"}
    assert first["rule"] == "XF-inform" and first["article"] == "23"
    assert not answer.cookies


def test_the_words_follow_the_reader(program):
    english = Program(language="en").file().json()["terms"][0]["duty"]
    chinese = program.file().json()["terms"][0]["duty"]
    assert english.isascii() and not chinese.isascii()


def test_only_subject_description_and_confidentiality_are_needed(program):
    answer = program.post("complaints", {"subject": "a", "description": "b", "confidentiality": "anonymous"})
    assert answer.status_code == 201


def test_null_is_as_good_as_nothing(program):
    changes = dict.fromkeys(("category", "area", "about", "contact", "language", "needs"))
    assert program.file(**changes).status_code == 201


def test_looking_at_the_list_is_not_a_method_here(program):
    answer = program.get("complaints")
    problem(answer, 405, "method_not_allowed")
    assert answer["Allow"] == "POST"
    problem(program.client.options("/api/v1/complaints"), 405, "method_not_allowed")


def test_the_same_key_and_body_give_the_same_answer(program):
    first, second = program.file(key="k-1"), program.file(key="k-1")
    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    again = program.post("complaints", dict(reversed(COMPLAINT.items())), **{"Idempotency-Key": "k-1"})
    assert again.content == first.content
    assert SealedAnswer.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(program):
    program.file(key="k-1")
    problem(program.file(key="k-1", subject="别的事"), 409, "key_conflict")
    problem(program.file(key="k-1", contact={"name": "王芳"}), 409, "key_conflict")


@pytest.mark.parametrize("key", ["", "x" * 201, "with space", "钥匙".encode().decode("latin-1"), "tab\t"])
def test_a_key_that_cannot_be_one(program, key):
    answer = program.post("complaints", COMPLAINT, **{"Idempotency-Key": key})
    assert problem(answer, 400, "bad_key")["errors"][0]["field"] == "Idempotency-Key"


STRANGE = "\t 行首　全角空格\r\n<b>&amp;</b> \u202eright to left\u202c 👨‍👩‍👧 \x7f end  "


def test_text_is_kept_as_typed_less_what_xml_forbids(program):
    receipt = program.filed(subject=STRANGE, description="\x00\x08" + STRANGE + "\ufffe\x0b")
    body = program.post("track", receipt).json()
    assert body["subject"] == STRANGE
    assert body["description"] == STRANGE


def test_twenty_thousand_characters_fit_and_one_more_does_not(program):
    receipt = program.filed(description="长" * 20_000)
    assert len(program.post("track", receipt).json()["description"]) == 20_000
    body = problem(program.file(description="长" * 20_001), 422, "too_long")
    assert body["errors"] == [{"field": "description", "code": "too_long", "detail": body["detail"]}]
    assert "20,000" in body["detail"]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"subject": ""}, "empty", "subject"),
        ({"subject": " \u3000\n"}, "empty", "subject"),
        ({"subject": "\x00\x01"}, "empty", "subject"),
        ({"subject": None}, "input_missing", "subject"),
        ({"subject": "长" * 201}, "too_long", "subject"),
        ({"subject": 5}, "invalid", "subject"),
        ({"subject": True}, "invalid", "subject"),
        ({"subject": ["a"]}, "invalid", "subject"),
        ({"description": {}}, "invalid", "description"),
        ({"confidentiality": "secret"}, "unknown_choice", "confidentiality"),
        ({"confidentiality": ["named"]}, "unknown_choice", "confidentiality"),
        ({"category": "no-such"}, "unknown_choice", "category"),
        ({"category": 1}, "invalid", "category"),
        ({"area": "no-such"}, "unknown_choice", "area"),
        ({"language": "fr"}, "invalid", "language"),
        ({"language": "en\n"}, "invalid", "language"),
        ({"contact": "0571"}, "invalid", "contact"),
        ({"contact": {"phone": "1" * 61}}, "too_long", "contact.phone"),
        ({"contact": {"fax": "1"}}, "input_unwanted", "contact.fax"),
        ({"about": {"kind": "unit"}}, "invalid", "about"),
        ({"about": [{"kind": "unit", "id": "no-such"}]}, "unknown_choice", "about"),
        ({"about": [{"kind": "other", "text": "x"}, {"kind": "ghost"}]}, "unknown_choice", "about.1.kind"),
        ({"about": [{"kind": "other"}] * 21}, "invalid", "about"),
        ({"contacts": {"name": "李梅"}}, "input_unwanted", "contacts"),
    ],
)
def test_a_field_that_cannot_be_taken_is_named(program, changes, code, field):
    body = problem(program.file(**changes), 422, code)
    assert body["errors"][0]["field"] == field
    assert body["errors"][0]["code"] == code


def test_all_fields_are_named_at_once(program):
    body = problem(program.post("complaints", {}), 422, "input_missing")
    assert {each["field"] for each in body["errors"]} == {"subject", "description", "confidentiality"}


MALFORMED = [
    b"",
    b" ",
    b"{",
    b"[]",
    b"[{}]",
    b"null",
    b'"text"',
    b"5",
    b"{'subject': 1}",
    b'{"subject": NaN}',
    b'{"subject": -Infinity}',
    b'{"subject": ' + b"9" * 5000 + b"}",
    b'{"subject": "a", "subject": "b"}',
    b'{"subject": "\\ud83d"}',
    b'{"\\udc00": "a"}',
    b'{"subject": "a\x00b"}',
    b'{"subject": "a\nb"}',
    b'{"subject": "\xff\xfe"}',
    "{}".encode("utf-16"),
    '{"subject": "噪音"}'.encode("gb18030"),
    b"\xef\xbb\xbf\xef\xbb\xbf{}",
    b"[" * 5_000,
    b"[" * 100_000,
    b'{"a":' * 5_000,
    b'{"subject": ' + b"[" * 40 + b"]" * 40 + b"}",
]


@pytest.mark.parametrize("raw", MALFORMED, ids=lambda raw: repr(raw[:24]))
def test_what_is_no_json_object_is_malformed_and_nothing_more(program, raw):
    problem(program.send("complaints", raw), 400, "malformed")


def test_brackets_inside_words_are_not_depth(program):
    assert program.file(description='[{"' * 3_000).status_code == 201


def test_a_body_beyond_the_limit_is_too_large(program):
    problem(program.send("complaints", b'{"subject": "' + b"a" * 600_000 + b'"}'), 413, "too_large")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_other_media_types_are_refused(program, kind):
    problem(program.send("complaints", b"{}", content_type=kind), 415, "unsupported_media_type")


def test_a_charset_after_the_media_type_is_no_harm(program):
    assert program.send("complaints", b"{}", content_type="application/json; charset=utf-8").status_code == 422


def test_a_problem_speaks_the_reader_s_language(program):
    chinese = problem(program.post("complaints", {}), 422, "input_missing")
    english = problem(Program(language="en-GB,en;q=0.9").post("complaints", {}), 422, "input_missing")
    assert english["detail"].isascii() or "“" in english["detail"]
    assert chinese["detail"] != english["detail"]
    assert chinese["type"] == english["type"]


def test_no_contact_is_kept_of_an_anonymous_person(program):
    receipt = program.filed(confidentiality="anonymous")
    assert program.post("track", receipt).json()["contact_given"] is False


@pytest.mark.parametrize("path", ["nothing", "complaints/", "desk", "track/nothing", "../v2/complaints"])
def test_an_address_that_is_not_there(program, path):
    problem(program.get(path), 404, "not_found")


def test_a_busy_office_says_when_to_come_back(program, monkeypatch):
    def full(*_given, **_named):
        raise access.Refusal("busy")

    monkeypatch.setattr("huiyin.front.api.complaints.file_complaint", full)
    answer = program.file()
    problem(answer, 503, "busy")
    assert int(answer["Retry-After"]) > 0


def test_what_tells_who_it_is_is_hinted_and_moved_only_when_asked(program):
    words = "打13812345678找我。"
    place = {"field": "description", "kind": "phone", "start": 1, "end": 12}
    kept = program.file(description=words)
    assert (kept.status_code, kept.json()["found"]) == (201, [{**place, "is_moved": False}])
    moved = program.file(description=words, move_found=True)
    assert (moved.status_code, moved.json()["found"]) == (201, [{**place, "is_moved": True}])
    read = [
        program.post("track", {name: each.json()[name] for name in ("case_number", "receipt_code")}).json()
        for each in (kept, moved)
    ]
    assert [each["description"] for each in read] == [words, "打［电话已移到封存部分］找我。"]
    receipt = {name: moved.json()[name] for name in ("case_number", "receipt_code")}
    told = program.post("track/messages", {**receipt, "text": "或13912345678", "move_found": True}).json()
    assert told["text"] == "或［电话已移到封存部分］"
    assert program.file(description=words, move_found="yes").status_code == 422
