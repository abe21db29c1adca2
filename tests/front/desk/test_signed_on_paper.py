"""The last signature in ink: its day and its scan are kept beside the letter, and both sides can open it."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyin.record import clock
from huiyin.record.cases.given import Given
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.files import typesetting
from huiyin.record.files.models import SignedCopy
from huiyin.record.files.signed_copies import LARGEST
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from tests.cast import Office, make_move
from tests.front.conftest import SignedIn
from tests.front.desk.conftest import Matter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
REPLY = Given(text="卡车已改道。", outcome="supported", legal_basis="规则")
PDF = b"%PDF-1.7\nsigned by hand\n%%EOF"
SCANS = {
    "application/pdf": PDF,
    "image/png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 64,
    "image/jpeg": b"\xff\xd8\xff\xe0" + b"\x00" * 64,
}


@pytest.fixture
def at_wei(office: Office, with_zhao: Matter) -> Matter:
    """An answer that waits for the last signature."""
    make_move(with_zhao.number, "reply", by=office.zhao, given=REPLY)
    for signer in (office.qian, office.chen, office.chu):
        moves.sign(with_zhao.number, by=signer)
    return with_zhao


def today() -> datetime.date:
    return clock.today("Asia/Shanghai")


def paper(data: bytes | None = PDF, on: datetime.date | None = None, name: str = "scan.pdf") -> dict[str, Any]:
    typed: dict[str, Any] = {} if data is None else {"scan": SimpleUploadedFile(name, data, "text/html")}
    if on is not None:
        typed |= {"signed_on_year": on.year, "signed_on_month": on.month, "signed_on_day": on.day}
    return typed


def sign(client: Client, matter: Matter, typed: dict[str, Any]) -> Any:
    where = f"/desk/cases/{matter.number}/sign/"
    return client.post(where, {"version": client.get(where).context["version"]} | typed)


def complainant(matter: Matter) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.post("/track/", {"case_number": matter.number, "receipt_code": matter.code})
    return client


@pytest.mark.parametrize("media_type", SCANS)
def test_the_scan_is_kept_and_served_to_both_sides(
    signed_in: SignedIn, office: Office, at_wei: Matter, media_type: str
) -> None:
    data = SCANS[media_type]
    done = sign(signed_in("wei"), at_wei, paper(data, today(), name="李梅的答复.html"))
    assert done.status_code == 302
    (copy,) = access.open_case(at_wei.number, reader=office.zhao).signed_copies
    assert (copy.media_type, copy.sha256, copy.signed_on) == (media_type, hashlib.sha256(data).hexdigest(), today())
    event = next(each for each in events_of(ChainRef.case(at_wei.number)) if each.kind == "letter_signed_on_paper")
    assert event.details["scan_sha256"] == copy.sha256
    assert data not in bytes(SignedCopy.objects.get().sealed)
    for client, page, opened in (
        (signed_in("zhao"), f"/desk/cases/{at_wei.number}/", f"/desk/cases/{at_wei.number}/letter/?signed={copy.id}"),
        (complainant(at_wei), f"/track/{at_wei.number}/", f"/track/{at_wei.number}/letter/?signed={copy.id}"),
    ):
        assert f'href="{opened}"' in client.get(page).content.decode()
        file = client.get(opened)
        assert (file.content, file["Content-Type"]) == (data, media_type)
        assert file["X-Content-Type-Options"] == "nosniff"
        assert "李梅" not in file["Content-Disposition"]
        assert "signed on paper on" in client.get(page).content.decode()
    assert signed_in("feng").get(f"/desk/cases/{at_wei.number}/letter/?signed={copy.id}").status_code == 404


def test_reading_the_scan_is_a_look_and_the_first_one_serves_the_letter(
    signed_in: SignedIn, office: Office, at_wei: Matter
) -> None:
    if not typesetting.is_available():
        pytest.skip("no Chinese typeface here")
    sign(signed_in("wei"), at_wei, paper(PDF, today()))
    (copy,) = access.open_case(at_wei.number, reader=office.zhao).signed_copies
    complainant(at_wei).get(f"/track/{at_wei.number}/letter/?signed={copy.id}")
    signed_in("zhao").get(f"/desk/cases/{at_wei.number}/letter/?signed={copy.id}")
    view = access.open_case(at_wei.number, reader=office.zhao)
    assert view.letters[-1].received_on == today()
    assert [look.role for look in view.looks if look.what == f"copy {copy.number}"] == ["handler", "complainant"]


BAD = {
    "no kind we take": (lambda: paper(b"<html>hello</html>", today()), "scan", "This is no PDF, PNG or JPEG"),
    "empty": (lambda: paper(b"", today()), "scan", "This file is empty"),
    "too large": (lambda: paper(PDF + b"\x00" * LARGEST, today()), "scan", "larger than 10 megabytes"),
    "far too large": (lambda: paper(PDF + b"\x00" * (2 * LARGEST), today()), "scan", "larger than 10 megabytes"),
    "no scan": (lambda: paper(None, today()), "scan", "Attach the scan"),
    "no day": (lambda: paper(PDF), "signed_on", "Give the day on which it was signed"),
    "a day to come": (lambda: paper(PDF, today() + datetime.timedelta(days=1)), "signed_on", "still to come"),
    "before it was written": (
        lambda: paper(PDF, today() - datetime.timedelta(days=1)), "signed_on", "the first day that can be",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_paper_is_refused_in_plain_words_and_nothing_goes_out(
    signed_in: SignedIn, office: Office, at_wei: Matter, case: str
) -> None:
    typed, field, words = BAD[case]
    answer = sign(signed_in("wei"), at_wei, typed())
    assert answer.status_code == 422
    page = answer.content.decode()
    assert list(answer.context["form"].errors) == [field]
    assert words in page and '<details class="govuk-details" open>' in page
    if "signed_on_day" in typed():
        assert f'name="signed_on_day" type="text" inputmode="numeric" value="{typed()["signed_on_day"]}"' in page
    assert SignedCopy.objects.count() == 0
    assert access.open_case(at_wei.number, reader=office.zhao).state.id == "assigned"


def test_only_the_last_signature_can_stand_on_paper(signed_in: SignedIn, office: Office, with_zhao: Matter) -> None:
    make_move(with_zhao.number, "reply", by=office.zhao, given=REPLY)
    qian = signed_in("qian")
    assert 'name="scan"' not in qian.get(f"/desk/cases/{with_zhao.number}/sign/").content.decode()
    answer = sign(qian, with_zhao, paper(PDF, today()))
    assert answer.status_code == 422
    assert access.open_case(with_zhao.number, reader=office.qian).waiting.step_number == 1  # type: ignore[union-attr]


def test_without_a_paper_the_last_signature_is_as_before(signed_in: SignedIn, office: Office, at_wei: Matter) -> None:
    assert sign(signed_in("wei"), at_wei, {}).status_code == 302
    assert access.open_case(at_wei.number, reader=office.zhao).signed_copies == ()


def test_where_no_font_sets_letters_the_paper_is_the_letter(
    signed_in: SignedIn, office: Office, at_wei: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "is_available", lambda: False)
    assert sign(signed_in("wei"), at_wei, paper(PDF, today())).status_code == 302
    view = access.open_case(at_wei.number, reader=office.zhao)
    (copy,) = view.signed_copies
    assert copy.number == view.documents[-1].number
    page = complainant(at_wei).get(f"/track/{at_wei.number}/").content.decode()
    assert f"?signed={copy.id}" in page
