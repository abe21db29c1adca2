"""The pages on which two people erase the words of an ended sealed matter."""

from __future__ import annotations

import datetime
import html
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.record import clock
from huiyin.record.approvals.models import Proposal
from huiyin.record.cases.models import Case, MatterWrap
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, add_officer, complaint, make_office
from tests.sealed import cheap, give_key, recovery_set

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
WORDS = "紫藤花架下的水表坏了"
LAW = "某档案办法第九条"


@pytest.fixture
def office() -> Iterator[Office]:
    with recovery_set(), cheap():
        built = make_office()
        add_officer("ku", ("库", "Ku"), "letters-outside", ("保管", "Keeper"), ["vault_keeper"])
        give_key(built.wu)
        yield built


def client_of(office: Office, name: str) -> Client:
    client = Client()
    client.force_login(office.account(name))
    return client


def said(answer) -> str:
    return html.unescape(answer.content.decode())


def test_one_proposes_another_erases_and_the_complainant_reads_it(office: Office) -> None:
    filed = file_complaint(complaint(confidentiality="confidential", description=WORDS), key=None, digest="x")
    number = filed.case_number
    Case.scoped.filter(number=number).update(is_open=False, closed_at=clock.now() - datetime.timedelta(days=4000))
    keeper, head, all_of_it = client_of(office, "ku"), client_of(office, "he"), reverse("desk:erasures")
    assert all_of_it in said(keeper.get(reverse("desk:day")))
    assert number in said(keeper.get(all_of_it))
    one = reverse("desk:erasure", args=[number])
    assert "What the law lets survive" in said(keeper.get(one))
    assert keeper.post(one, {"legal_basis": ""}).status_code == 422
    assert keeper.post(one, {"legal_basis": LAW}).status_code == 302
    li_mei = Client(headers={"accept-language": "en"})
    li_mei.post(reverse("portal:track"), {"case_number": number, "receipt_code": filed.receipt_code})
    mine = reverse("portal:case", args=[number])
    assert LAW in said(li_mei.get(mine)) and WORDS in said(li_mei.get(mine))
    key = str(Proposal.objects.get().pk)
    assert LAW in said(head.get(all_of_it)) and WORDS not in said(head.get(all_of_it))
    early = head.post(all_of_it, {"key": key, "answer": "erase"})
    assert early.status_code == 409 and MatterWrap.objects.exists()
    Proposal.objects.update(proposed_at=clock.now() - datetime.timedelta(days=32))
    assert keeper.post(all_of_it, {"key": key, "answer": "erase"}).status_code == 409, "not by the one who proposed it"
    assert client_of(office, "zhao").post(all_of_it, {"key": key, "answer": "erase"}).status_code == 404
    assert head.post(all_of_it, {"key": key, "answer": "erase"}).status_code == 302
    page = said(li_mei.get(mine))
    assert "were erased on" in page and LAW in page and WORDS not in page
    assert client_of(office, "wu").get(reverse("desk:case", args=[number])).status_code in {302, 409}
    assert li_mei.post(reverse("portal:message", args=[number]), {"text": "还有话说"}).status_code == 409


def test_what_is_not_sealed_or_not_due_has_no_such_page(office: Office) -> None:
    ordinary = file_complaint(complaint(), key=None, digest="o")
    fresh = file_complaint(complaint(confidentiality="confidential", description=WORDS), key=None, digest="x")
    keeper = client_of(office, "ku")
    assert keeper.get(reverse("desk:erasure", args=[ordinary.case_number])).status_code == 404
    assert keeper.get(reverse("desk:erasure", args=[fresh.case_number])).status_code == 409
    assert client_of(office, "zhao").get(reverse("desk:erasure", args=[fresh.case_number])).status_code == 404
