"""The page on which the keeper of the original words covers one message for the others."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.record.cases.deeds import messages
from huiyin.record.cases.given import Given
from huiyin.record.cases.opening import access
from huiyin.record.cases.words import reader_copies
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def office() -> Office:
    return make_office()


def client_of(office: Office, name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(office.account(name))
    return client


def said(answer) -> str:
    return html.unescape(answer.content.decode())


def test_the_keeper_is_led_there_covers_it_and_the_handler_reads_it(office: Office) -> None:
    filed = file_complaint(complaint(confidentiality="confidential", description="柳村养蜂的"), key=None, digest="")
    number = filed.case_number
    make_move(number, "accept", by=office.wu)
    reader_copies.make(number, ["养蜂"], by=office.wu)
    make_move(number, "assign", by=office.wu, given=Given(to="zhao-post"))
    holder = access.open_receipt(number, filed.receipt_code or "", source="here")
    messages.write_as_complainant(holder, "养蜂的又来电话13912345678")
    keeper, handler = client_of(office, "wu"), client_of(office, "zhao")
    here, there = reverse("desk:case", args=[number]), reverse("desk:cover-message", args=[number, 1])
    assert here in said(keeper.get(reverse("desk:day")))
    assert there in said(keeper.get(here))
    page = said(handler.get(here))
    assert there not in page and "13912345678" not in page and "reads it first" in page
    assert handler.get(there).status_code == 404
    assert "13912345678" in said(keeper.get(there))
    preview = said(keeper.post(there, {"suggested": ["13912345678"], "passages": "养蜂"}))
    assert "［已隐去］的又来电话［已隐去］" in preview
    assert "13912345678" not in said(handler.get(here))
    made = keeper.post(there, {"suggested": ["13912345678"], "passages": "养蜂", "make": "1"})
    assert made.status_code == 302
    assert "［已隐去］的又来电话［已隐去］" in said(handler.get(here))
    assert keeper.get(there).status_code == 404
