"""The letters of a matter can be opened by its complainant and its officers, and each reading is a look."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.record.cases.given import Given
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import letters
from huiyin.stages.intake.actions import file_complaint
from tests.cast import PASSWORD, complaint, make_move, make_office

pytestmark = [
    pytest.mark.django_db(databases=["default", "vault"]),
    pytest.mark.skipif(not letters.are_available(), reason="no Chinese typeface here"),
]


def test_the_complainant_and_the_officer_open_the_notice_a_stranger_does_not(client: Client) -> None:
    office = make_office()
    filed = file_complaint(complaint(), key=None, digest="")
    make_move(filed.case_number, "accept", by=office.wu, given=Given(text="已经受理。"))
    client.post(reverse("portal:track"), {"case_number": filed.case_number, "receipt_code": filed.receipt_code})
    page = client.get(reverse("portal:case", args=[filed.case_number])).content.decode()
    address = reverse("portal:letter", args=[filed.case_number])
    assert f"{address}?letter=" in page
    number = page.split(f"{address}?letter=")[1].split('"')[0]
    for query in ("", "?print=large", f"?letter={number}", f"?letter={number}&print=large"):
        answer = client.get(address + query)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert answer.content.startswith(b"%PDF-")
        assert "李梅".encode() not in answer.content
    assert client.get(f"{address}?letter=99999").status_code in {200, 404}
    assert client.get(f"{address}?letter=x").status_code == 404
    desk = reverse("desk:letter", args=[filed.case_number])
    stranger = Client()
    assert stranger.get(f"{address}?letter={number}")["Content-Type"] != "application/pdf"
    assert stranger.get(f"{desk}?letter={number}").status_code == 302
    for name, status in (("wu", 200), ("zhao", 404)):
        officer = Client()
        officer.login(username=name, password=PASSWORD)
        assert officer.get(f"{desk}?letter={number}").status_code == status
    looks = access.open_case(filed.case_number, reader=office.wu).looks
    assert any("letter" in look.what for look in looks)
