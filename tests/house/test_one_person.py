"""As every role, try to bring one person's three matters together. Nobody can."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from huiyin.record.bodies.tokens import make_token
from huiyin.record.cases.given import Given
from huiyin.record.identity.access import Identity
from huiyin.stages.intake.actions import file_complaint
from tests.cast import PEOPLE, Office, complaint, make_move, make_office

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "vault"])]

PERSON = Identity(name="卓文若", phone="000-5550-7341", email="zhuo.wenruo@example.org")
CANARIES = ("卓文若", "5550-7341", "55507341", "zhuo.wenruo")
ASKED_FOR = ("卓文若", "000-5550-7341", "00055507341", "zhuo.wenruo@example.org", "zhuo.wenruo")
LISTS = ("/desk/", "/desk/queues/mine/", "/desk/queues/unit/", "/desk/queues/waiting/", "/desk/hand-over/")
PARAMETERS = ("name", "phone", "email", "person", "complainant", "party", "identity", "who", "contact", "same_as")
NUMBER = re.compile(r"\b\d{4}-\d{4}-\d[\dX]\b")


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


@pytest.fixture
def three(office: Office) -> list[str]:
    """Three matters of one person, with somebody else's between them, in three stages."""
    numbers = []
    for number, subject in enumerate(("路灯不亮", "拖欠工资", "井盖丢失")):
        made = file_complaint(complaint(subject=subject, identity=PERSON), key=None, digest=f"hers{number}")
        numbers.append(made.case_number)
        file_complaint(complaint(subject=f"旁人的{subject}"), key=None, digest=f"other{number}")
    make_move(numbers[1], "accept", by=office.wu)
    make_move(numbers[2], "accept", by=office.wu)
    make_move(numbers[2], "assign", by=office.wu, given=Given(to="zhao-post"))
    return numbers


def answers(client: Client, addresses: list[str]) -> Iterator[tuple[str, str]]:
    for address in addresses:
        yield address, client.get(address).content.decode()


@pytest.mark.parametrize("who", PEOPLE)
def test_no_search_finds_a_person(office: Office, three: list[str], who: str) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(office.account(who))
    token = make_token(office.account(who), by=getattr(office, who), label="test")
    program = Client(headers={"authorization": f"Bearer {token}"})
    for asked in ASKED_FOR:
        pages = [
            client.get("/desk/search/", {"q": asked}).content.decode(),
            program.get("/api/v1/desk/search", {"q": asked}).content.decode(),
        ]
        assert [number for page in pages for number in three if number in page] == []


@pytest.mark.parametrize("who", PEOPLE)
def test_no_list_can_be_narrowed_to_a_person(office: Office, three: list[str], who: str) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(office.account(who))
    for address in LISTS:
        whole = set(NUMBER.findall(client.get(address).content.decode()))
        for parameter in PARAMETERS:
            page = client.get(address, {parameter: PERSON.name})
            narrowed = set(NUMBER.findall(page.content.decode()))
            assert page.status_code in {400, 404} or narrowed == whole, f"{address}?{parameter}= narrows for {who}"


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_tells_a_reader_that_three_matters_are_one_persons(office: Office, three: list[str], who: str) -> None:
    """Neither her name nor, on the page of one of her matters, another matter of hers."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(office.account(who))
    pages = [*LISTS, *(f"/desk/cases/{number}/{part}" for number in three for part in ("", "print/", "?show=looks"))]
    for address, text in answers(client, pages):
        assert [canary for canary in CANARIES if canary in text] == [], address
        own = next((number for number in three if number in address), None)
        if own is not None:
            assert [number for number in three if number != own and number in text] == [], address


def test_a_program_gets_no_list_by_person_either(office: Office, three: list[str]) -> None:
    for who in PEOPLE:
        token = make_token(office.account(who), by=getattr(office, who), label="test")
        program = Client(headers={"authorization": f"Bearer {token}"})
        whole = program.get("/api/v1/desk/cases", {"queue": "unit"}).content
        for parameter in PARAMETERS:
            answer = program.get("/api/v1/desk/cases", {"queue": "unit", parameter: PERSON.name})
            assert answer.status_code in {400, 404, 422} or answer.content == whole
