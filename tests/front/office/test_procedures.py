"""Procedures on the page: read, compared, proposed by one person, switched on by another, tried on a made-up case."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from huiyin.record.approvals.models import Proposal
from huiyin.record.cases.opening import access
from huiyin.record.law.models import ProcedureVersion
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.stages.intake.actions import file_complaint
from tests.cast import PROCEDURES, Office, complaint
from tests.front.conftest import SignedIn

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

GENERIC = (PROCEDURES / "generic.toml").read_text("utf-8")
NEW = GENERIC.replace('version = "2026.2"', 'version = "2026.9"').replace("length = 28", "length = 30")
PROPOSE = "/desk/office/procedures/propose/"


def in_force(procedure: str) -> ProcedureVersion:
    return ProcedureVersion.objects.get(procedure=procedure, is_current=True)


def address(name: str, procedure: str = "generic") -> str:
    return reverse(f"office:{name}", args=[f"version-{in_force(procedure).pk}"])


def words(answer: object) -> str:
    text = answer.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def typed_in(answer: object) -> str:
    """What stands in the box for the text."""
    found = re.search(r'<textarea name="text"[^>]*>\n?(.*?)</textarea>', answer.content.decode(), re.DOTALL)  # type: ignore[attr-defined]
    assert found
    return unescape(found[1])


def proposed(client: Client, text: str = NEW, why: str = "two more days") -> str:
    """The address of the proposal."""
    answer = client.post(PROPOSE, {"text": text, "why": why, "step": "propose"})
    assert answer.status_code == 302, words(answer)
    return answer["Location"]


def test_a_faulty_text_is_told_with_its_line_and_stays_in_the_box(xu: Client) -> None:
    text = GENERIC.replace("length = 20", 'length = "twenty"', 1)
    line = text.splitlines().index('length = "twenty"') + 1
    for step in ("check", "propose"):
        answer = xu.post(PROPOSE, {"text": text, "why": "w", "step": step})
        assert answer.status_code == 422
        assert typed_in(answer) == text
        assert f'Line {line}: length = "twenty" length must be a whole number' in words(answer)
        assert "The text was not taken in; the one in force stays." in words(answer)
    assert not Proposal.objects.exists()


def test_the_path_that_breaks_is_shown(xu: Client) -> None:
    text = GENERIC.replace('to = "closed"\nroles = ["registrar", "handler"]', 'to = "accepted"\nroles = ["handler"]')
    answer = xu.post(PROPOSE, {"text": text.replace('starts = ["ask_review"]', "starts = []"), "step": "check"})
    assert answer.status_code == 422
    assert "registered -accept-> accepted" in words(answer)


def test_a_sound_text_says_what_it_changes_and_asks_for_a_reason(xu: Client) -> None:
    answer = xu.post(PROPOSE, {"text": NEW, "step": "check"})
    assert answer.status_code == 200
    assert "generic 2026.9 is sound" in words(answer)
    assert "“Ask for a review” (ask_review): 28 days becomes 30 days." in words(answer)
    refused = xu.post(PROPOSE, {"text": NEW, "why": "  ", "step": "propose"})
    assert refused.status_code == 422 and typed_in(refused) == NEW
    assert not Proposal.objects.exists()


def test_a_file_goes_before_the_box_and_its_words_stay(xu: Client) -> None:
    file = SimpleUploadedFile("new.toml", b"\xef\xbb\xbf" + NEW.replace("\n", "\r\n").encode())
    answer = xu.post(PROPOSE, {"text": "nothing", "upload": file, "step": "check"})
    assert (answer.status_code, typed_in(answer)) == (200, NEW)
    wrong = SimpleUploadedFile("new.toml", NEW.encode("gb18030"))
    answer = xu.post(PROPOSE, {"text": "what I typed", "upload": wrong, "step": "check"})
    assert answer.status_code == 422
    assert typed_in(answer) == "what I typed" and "This is no text in UTF-8" in words(answer)
    assert xu.post(PROPOSE, {"text": " ", "step": "check"}).status_code == 422


@pytest.mark.parametrize(
    "text", ["x", "a = " + "[" * 5000, "[[[", "id = 1", "\x00", "inherits = 'generic'\nversion = 1.5"]
)
def test_no_text_breaks_the_page(xu: Client, text: str) -> None:
    assert xu.post(PROPOSE, {"text": text, "step": "check"}).status_code == 422


def test_two_people_switch_a_version_on_and_old_matters_keep_theirs(
    office: Office, xu: Client, guan: Client, signed_in: SignedIn, settings: object
) -> None:
    settings.HUIYIN_PROCEDURE = "generic"  # type: ignore[attr-defined]
    old = file_complaint(complaint(), key=None, digest="old")
    there = proposed(xu)
    assert "You proposed this." in words(xu.get(there))
    refused = xu.post(there, {"step": "switch_on"})
    assert refused.status_code == 409 and "A second person has to approve it." in words(refused)
    assert signed_in("chen").post(there, {"step": "switch_on"}).status_code == 403
    assert in_force("generic").version == "2026.2"
    assert "28 days becomes 30 days" in words(guan.get(there))
    assert guan.post(there, {"step": "switch_on"}).status_code == 302
    assert in_force("generic").version == "2026.9"
    assert guan.post(there, {"step": "switch_on"}).status_code == 409
    kinds = [event.kind for event in events_of(ChainRef.body("letters"))]
    assert kinds[-3:] == ["proposal_made", "proposal_approved", "procedure_switched_on"]
    new = file_complaint(complaint(), key=None, digest="new")
    seen = [access.open_case(each.case_number, reader=office.wu).law_version for each in (old, new)]
    assert seen == ["2026.2", "2026.9"]
    assert "2026.9" in words(guan.get("/desk/office/procedures/"))


def test_no_page_of_the_procedures_tells_which_matters_run_by_them(xu: Client) -> None:
    number = file_complaint(complaint(), key=None, digest="x").case_number
    for page in ("/desk/office/", "/desk/office/procedures/", address("pack", "cn-xinfang")):
        assert number not in words(xu.get(page))


def test_what_is_rejected_is_told_with_its_reason(xu: Client, guan: Client) -> None:
    there = proposed(xu)
    assert guan.post(there, {"step": "reject", "why": " "}).status_code == 422
    assert guan.post(there, {"step": "reject", "why": "The law says 28"}).status_code == 302
    assert "The law says 28" in words(xu.get(there))
    assert in_force("generic").version == "2026.2"
    assert guan.post(there, {"step": "switch_on"}).status_code == 409


def test_an_older_text_is_brought_back_by_proposing_it_again(xu: Client, guan: Client) -> None:
    first = in_force("generic")
    guan.post(proposed(xu), {"step": "switch_on"})
    page = xu.get(f"{PROPOSE}?from=version-{first.pk}")
    assert typed_in(page) == first.text
    xu.post(proposed(guan, text=typed_in(page), why="back"), {"step": "switch_on"})
    assert in_force("generic").pk == first.pk


def test_two_texts_are_compared_in_words(xu: Client) -> None:
    old, new = (f"version-{in_force(name).pk}" for name in ("generic", "cn-xinfang"))
    said = words(xu.get("/desk/office/procedures/compare/", {"old": old, "new": new}))
    assert "New step: “Extend" in said or "New term:" in said
    assert "Nothing changes." in words(xu.get("/desk/office/procedures/compare/", {"old": old, "new": old}))
    assert xu.get("/desk/office/procedures/compare/", {"old": old, "new": "version-9999"}).status_code == 422


def test_a_jurist_reads_what_is_verified_and_what_is_not(xu: Client) -> None:
    said = words(xu.get(address("pack", "cn-xinfang")))
    for part in ("Handle the matter and answer in writing", "article 34", "not verified", "never told to a resident",
                 "Worked examples", "the time limit of “Go to the people's court”"):  # fmt: skip
        assert part in said
    assert b"<svg" in xu.get(address("pack", "cn-xinfang")).content


def test_filed_on_this_friday_what_is_due_when(xu: Client) -> None:
    there = address("trial")
    filed = {"filed_year": "2025", "filed_month": "9", "filed_day": "26"}
    assert "Decide whether to take it up: due Friday 10 October 2025" in words(xu.get(there, filed))
    step = {"filed": "2025-09-26", "move": "accept", "on_year": "2025", "on_month": "10", "on_day": "9"}
    answer = xu.get(there, step)
    assert answer.status_code == 302
    assert "done=accept~2025-10-09~~" in unquote(answer["Location"])
    told = xu.get(answer["Location"])
    assert "Answer: due Wednesday 5 November 2025" in words(told)
    assert "make-up working day" in words(told)
    early = xu.get(there, step | {"on_month": "8"})
    assert early.status_code == 422 and "This lies before what happened last." in words(early)


def test_what_the_law_refuses_is_refused_with_its_article(xu: Client) -> None:
    done = ["accept~2025-03-03~~", "extend~2025-07-01~~5"]
    said = words(xu.get(address("trial", "cn-xinfang"), {"filed": "2025-03-03", "done": done}))
    assert "Refused" in said
    late = ["accept~2025-03-03~~", "assign~2025-03-04~~", "extend~2025-07-01~~5"]
    said = words(xu.get(address("trial", "cn-xinfang"), {"filed": "2025-03-03", "done": late}))
    assert "The last day was" in said and "Regulations on Petitions (2022) article 34" in said


@pytest.mark.parametrize(
    "query",
    [{"filed": "2025-02-30"}, {"filed": "9999-12-31"}, {"filed": ""}, {"filed": "x" * 300}],
)
def test_a_day_that_is_none_is_asked_for_again(xu: Client, query: dict[str, str]) -> None:
    assert xu.get(address("trial"), query).status_code == 422


@pytest.mark.parametrize(
    "done",
    [["x"], ["accept~9999-01-01~~"], ["accept~2025-10-09~~99999"], ["~~~"], ["nothing~2025-10-09~~"], ["accept~x~y~z"] * 99],
)  # fmt: skip
def test_what_an_address_says_breaks_nothing(xu: Client, done: list[str]) -> None:
    assert xu.get(address("trial"), {"filed": "2025-09-26", "done": done}).status_code == 200
