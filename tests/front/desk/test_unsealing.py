"""The pages on which two people open a confidential name, and on which a copy for readers is made."""

from __future__ import annotations

import pytest
from django.test import Client

from huiyin.record.approvals.models import Proposal
from huiyin.record.cases.models import Case
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, add_officer, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def office() -> Office:
    office = make_office()
    add_officer("ku", ("库", "Ku"), "letters-outside", ("保管", "Keeper"), ["vault_keeper"])
    return office


@pytest.fixture
def number(office: Office) -> str:
    told = complaint(description="我是三组养蜂的，夜里太吵", confidentiality="confidential")
    number = file_complaint(told, key=None, digest="").case_number
    make_move(number, "accept", by=office.wu)
    return number


def at_desk(office: Office, name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(office.account(name))
    return client


def test_two_people_open_a_name_by_their_pages(office: Office, number: str) -> None:
    wu, ku = at_desk(office, "wu"), at_desk(office, "ku")
    here = f"/desk/cases/{number}/"
    assert "Ask for a second person" in wu.get(here).content.decode()
    assert wu.post(f"{here}identity/together/").status_code == 404
    assert wu.post(f"{here}identity/ask/", {"reason": "protect"}).status_code == 302
    assert "has not answered yet" in wu.get(here).content.decode()
    assert "waits for you as the second person" in ku.get("/desk/").content.decode()
    page = ku.get("/desk/seconds/").content.decode()
    assert number in page
    assert "夜里太吵" not in page
    key = Proposal.objects.get().pk
    assert ku.post("/desk/seconds/", {"key": key, "answer": "decline", "why": ""}).status_code == 422
    assert ku.post("/desk/seconds/", {"key": key, "answer": "agree"}).status_code == 302
    shown = wu.post(f"{here}identity/together/")
    assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store")
    assert "李梅" in shown.content.decode()
    assert wu.post(f"{here}identity/together/").status_code == 404


def test_a_copy_is_looked_at_first_and_then_made(office: Office, number: str) -> None:
    wu, here = at_desk(office, "wu"), f"/desk/cases/{number}/reader-copy/"
    assert "三组养蜂的" in wu.get(here).content.decode()
    seen = wu.post(here, {"passages": "三组养蜂的\r\n王芳"}).content.decode()
    assert "我是［已隐去］，夜里太吵" in seen
    assert "王芳" in seen
    assert "养蜂" in Case.scoped.get().description, "looking makes nothing"
    assert wu.post(here, {"passages": "三组养蜂的", "make": "1"}).status_code == 302
    assert Case.scoped.get().description == "我是［已隐去］，夜里太吵"
    assert "养蜂" not in wu.get(f"/desk/cases/{number}/").content.decode()
    assert "养蜂" in wu.get(f"/desk/cases/{number}/original/").content.decode()
    assert at_desk(office, "zhao").get(f"/desk/cases/{number}/original/").status_code == 404
