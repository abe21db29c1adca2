"""Staff report through a door of their own: a receipt with a code, a clock, a body outside, and no trace in the own body."""

from __future__ import annotations

import pytest
from django.test import Client

from huiyin.record.cases.models import Ask, Barred, Case
from huiyin.record.cases.opening import access
from huiyin.rules.refusal import Refusal
from tests.cast import Office, make_office
from tests.journeys.residents import CODE, NUMBER

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
REPORT = {"kind": "order", "unit": "harbour", "description": "叫我删掉登记簿里的一页。", "key": "k" * 30}


@pytest.fixture
def office() -> Office:
    return make_office()


def test_a_report_gives_number_and_code_and_goes_to_a_body_outside(office: Office) -> None:
    somebody = Client(headers={"accept-language": "en"})
    answer = somebody.post("/staff/", REPORT)
    assert answer.status_code == 303, answer.content.decode()[:400]
    receipt = somebody.get(answer["Location"]).content.decode()
    number, code = NUMBER.search(receipt), CODE.search(receipt)
    assert number and code
    holder = access.open_receipt(number.group(), code.group(), source="here")
    view = access.open_as_complainant(holder)
    assert view.confidentiality == "anonymous"
    assert view.running, "it has a clock"
    case = Case.scoped.get(number=holder.number)
    assert (case.channel, case.body.code) == ("staff", "letters")
    assert {row.unit.code for row in Barred.objects.all() if row.unit} == {"harbour", "hill", "police-office"}
    assert Ask.objects.get(kind="evidence").owed_by.code == "zheng-post"
    for reader in (office.qian, office.zhao, office.feng, office.chu, office.wu):
        with pytest.raises(Refusal):
            access.open_case(holder.number, reader=reader)
    assert somebody.post("/staff/", REPORT).status_code == 303
    assert Case.scoped.count() == 1, "sent twice, it is one"


def test_who_is_signed_in_at_the_desk_is_not_read(office: Office) -> None:
    signed_in = Client()
    signed_in.force_login(office.account("zhao"))
    assert signed_in.post("/staff/", REPORT).status_code == 303
    events = repr(list(Case.scoped.values())) + signed_in.get("/file/receipt/").content.decode()
    assert "zhao" not in events
    assert "赵敏" not in events


def test_against_the_receiving_body_it_rises(office: Office) -> None:
    Client().post("/staff/", REPORT | {"unit": "letters-intake", "name": "吴", "email": "wu@example.org"})
    case = Case.scoped.get()
    assert (case.body.code, case.confidentiality) == ("city-letters", "confidential")


def test_what_is_missing_is_said(office: Office) -> None:
    assert Client().post("/staff/", REPORT | {"unit": "nowhere"}).status_code == 422
    assert Client().post("/staff/", REPORT | {"description": " "}).status_code == 422
    assert not Case.scoped.exists()
