"""How many statements the pages take that everybody walks: as many for a long story as for a short one.

A page that asks once for each event, message or line is quick on the day it is written and slow in the third year of an
office. Where a number here grows, the new statement is needed, and then the number is changed with it, or it belongs
to those that are there already.
"""

from __future__ import annotations

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.record import remembered
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.deeds import messages
from huiyin.record.cases.given import Given
from huiyin.record.cases.opening import access
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_move
from tests.front.conftest import SignedIn
from tests.front.portal.visits import signed_in as with_code

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

TRACKING, CASE, DAY, REPLY, ENTRY = 20, 35, 13, 33, 5
"""The most statements of each page, in a test: its savepoints count too, as BEGIN and COMMIT do in service."""


@pytest.fixture(autouse=True)
def slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process remembers is not forgotten between two pages of a test, however busy the machine is."""
    monkeypatch.setattr(remembered, "SECONDS", 3600.0)


def asked_by(client: Client, path: str, **posted: str) -> int:
    """How many statements an answer took, on both databases."""
    with CaptureQueriesContext(connections["default"]) as main, CaptureQueriesContext(connections["vault"]) as vault:
        answer = client.post(path, posted) if posted else client.get(path)
    assert answer.status_code in {200, 302, 303}, answer.content.decode()
    return len(main) + len(vault)


def again(client: Client, path: str) -> int:
    """The same for a page that was read a moment before: what a process remembers for some seconds is known."""
    client.get(path)
    return asked_by(client, path)


def with_zhao(office: Office, word: str) -> tuple[str, str]:
    """Number and code of a matter that Officer Zhao has."""
    filed = file_complaint(complaint(subject=word), key=None, digest=word)
    make_move(filed.case_number, "accept", by=office.wu)
    make_move(filed.case_number, "assign", by=office.wu, given=Given(to="zhao-post"))
    return filed.case_number, filed.receipt_code or ""


def lengthen(number: str, code: str, by: Reader) -> None:
    """A story grows: words from both sides, looks by both."""
    holder = access.open_receipt(number, code, source="here")
    for turn in range(6):
        messages.write_as_complainant(holder, f"第{turn}次")
        messages.write_as_office(number, f"回{turn}", by=by)
        access.open_case(number, reader=by)
        access.open_as_complainant(holder)


def test_tracking_takes_as_many_statements_for_a_long_story(office: Office) -> None:
    number, code = with_zhao(office, "夜间施工")
    limei = with_code(number, code)
    few = again(limei, f"/track/{number}/")
    lengthen(number, code, office.zhao)
    assert again(limei, f"/track/{number}/") == few <= TRACKING


def test_the_code_is_checked_in_few_statements(office: Office) -> None:
    number, code = with_zhao(office, "夜间施工")
    typed = {"case_number": number, "receipt_code": code}
    assert asked_by(Client(), "/track/", **typed) <= ENTRY


def test_a_matter_on_the_desk_takes_as_many_statements_for_a_long_story(office: Office, signed_in: SignedIn) -> None:
    number, code = with_zhao(office, "夜间施工")
    zhao = signed_in("zhao")
    few = again(zhao, f"/desk/cases/{number}/")
    lengthen(number, code, office.zhao)
    assert again(zhao, f"/desk/cases/{number}/") == few <= CASE


def test_my_day_takes_as_many_statements_for_many_matters(office: Office, signed_in: SignedIn) -> None:
    with_zhao(office, "一")
    zhao = signed_in("zhao")
    few = again(zhao, "/desk/")
    for word in "二三四五六七":
        with_zhao(office, word)
    assert again(zhao, "/desk/") == few <= DAY


def test_an_answer_takes_as_many_statements_for_a_long_story(office: Office) -> None:
    counts = []
    for word, is_long in (
        ("一", False),
        ("二", False),
        ("三", True),
    ):  # the first finds what is remembered from then on
        number, code = with_zhao(office, word)
        if is_long:
            lengthen(number, code, office.zhao)
        given = Given(text="已经停工。", outcome="supported", legal_basis="《噪声污染防治法》第四十三条")
        with CaptureQueriesContext(connections["default"]) as asked:
            make_move(number, "reply", by=office.zhao, given=given)
        counts.append(len(asked))
    assert counts[1] == counts[2] <= REPLY
