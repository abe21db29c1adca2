"""The page of the vault passphrase, and what opens in a browser that has unlocked."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.front.desk import unlocked
from huiyin.front.portal import session
from huiyin.record import clock
from huiyin.record.bodies.tokens import make_token
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.codes.receipts import new_code
from huiyin.record.cases.models import MatterWrap
from huiyin.record.cases.opening import access
from huiyin.record.sealing import in_hand
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, against_qian, complaint, make_office
from tests.matrix import town as matrix
from tests.sealed import PASSPHRASE, cheap, give_key, recovery_set

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
WORDS = "紫藤花架下的水表坏了"


@pytest.fixture
def office() -> Iterator[Office]:
    with recovery_set(), cheap():
        yield make_office()


def client_of(office: Office, name: str) -> Client:
    client = Client()
    client.force_login(office.account(name))
    return client


def send(client: Client, deed: str, **given: str) -> tuple[int, str]:
    answer = client.post(reverse("desk:sealed"), {"deed": deed, **given})
    return answer.status_code, answer.content.decode()


def sealed_matter() -> str:
    filing = complaint(confidentiality="confidential", description=WORDS)
    return file_complaint(filing, key=None, digest="x").case_number


def test_an_officer_sets_a_passphrase_and_the_desk_has_a_key(office: Office) -> None:
    client = client_of(office, "wu")
    assert send(client, "begin", new="short", again="short")[0] == 422
    assert send(client, "begin", new=PASSPHRASE, again="something else again")[0] == 422
    assert send(client, "begin", new=PASSPHRASE, again=PASSPHRASE)[0] == 303
    assert send(client, "begin", new=PASSPHRASE, again=PASSPHRASE)[0] == 409, (
        "a key is not begun over another by mistake"
    )
    number = sealed_matter()
    page = client.get(reverse("desk:case", args=[number]))
    assert WORDS in page.content.decode()


def test_a_matter_is_shut_until_unlocked_and_shut_again_when_locked(office: Office) -> None:
    give_key(office.wu)
    number, client = sealed_matter(), client_of(office, "wu")
    there = reverse("desk:case", args=[number])
    answer = client.get(there)
    assert answer.status_code == 302 and answer["Location"].startswith(reverse("desk:sealed"))
    assert send(client, "unlock", passphrase="not this one at all")[0] == 422
    answer = client.post(reverse("desk:sealed"), {"deed": "unlock", "passphrase": PASSPHRASE, "next": there})
    assert answer["Location"] == there
    assert WORDS in client.get(there).content.decode()
    send(client, "lock")
    assert client.get(there).status_code == 302


def test_fifteen_idle_minutes_shut_it_and_neither_half_opens_alone(office: Office) -> None:
    give_key(office.wu)
    number, client = sealed_matter(), client_of(office, "wu")
    there = reverse("desk:case", args=[number])
    send(client, "unlock", passphrase=PASSPHRASE)
    with patch("huiyin.front.desk.unlocked.time.time", return_value=time.time() + unlocked.IDLE + 1):
        assert client.get(there).status_code == 302
    send(client, "unlock", passphrase=PASSPHRASE)
    assert client.get(there).status_code == 200
    del client.cookies[unlocked.cookie_name()]
    assert client.get(there).status_code == 302


def test_the_key_of_a_desk_is_given_to_a_colleague(office: Office) -> None:
    give_key(office.wu)
    number, he = sealed_matter(), client_of(office, "he")
    there = reverse("desk:case", args=[number])
    send(he, "begin", new=PASSPHRASE, again=PASSPHRASE)
    assert he.get(there).status_code == 302, "a key of one's own is not yet the key of the desk"
    wu = client_of(office, "wu")
    assert send(wu, "give", desk="letters-intake", officer="he")[0] == 409, "not before unlocking"
    send(wu, "unlock", passphrase=PASSPHRASE)
    assert send(wu, "give", desk="letters-intake", officer="zhao")[0] == 404, "not of this desk"
    assert send(wu, "give", desk="letters-intake", officer="he")[0] == 302
    assert WORDS in he.get(there).content.decode()


def test_programs_are_told_that_a_person_must_open_it(office: Office) -> None:
    give_key(office.wu)
    number = sealed_matter()
    token = make_token(office.account("wu"), by=office.wu, label="a program")
    answer = Client().get(f"/api/v1/desk/cases/{number}", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 409
    assert WORDS not in answer.content.decode()


def test_its_complainant_follows_it_in_the_browser_and_by_program(office: Office) -> None:
    give_key(office.wu)
    filed = file_complaint(complaint(confidentiality="confidential", description=WORDS), key=None, digest="x")
    code, number = filed.receipt_code or "", filed.case_number
    client = Client()
    assert client.post(reverse("portal:track"), {"case_number": number, "receipt_code": code}).status_code == 303
    there = reverse("portal:case", args=[number])
    assert WORDS in client.get(there).content.decode()
    client.post(reverse("portal:message", args=[number]), {"text": "院子是蓝色铁门"})
    assert "院子是蓝色铁门" in client.get(there).content.decode()
    later = clock.now() + session.IDLE_SEALED + datetime.timedelta(seconds=1)
    with patch("huiyin.front.portal.session.clock.now", return_value=later):
        assert WORDS not in client.get(there).content.decode(), "fifteen idle minutes"
    told = {"case_number": number, "receipt_code": code}
    answer = Client().post("/api/v1/track", told, content_type="application/json")
    assert answer.json()["description"] == WORDS
    wrong = Client().post("/api/v1/track", told | {"receipt_code": new_code()}, content_type="application/json")
    assert wrong.status_code == 404 and WORDS not in wrong.content.decode()


def test_chief_qian_meets_it_nowhere_though_he_has_unlocked(office: Office) -> None:
    give_key(office.zheng, office.guan, office.qian)
    number = file_complaint(against_qian(), key=None, digest="x").case_number
    qian = client_of(office, "qian")
    send(qian, "unlock", passphrase=PASSPHRASE)
    pages = [address for _name, address in matrix.addresses(number) if address.startswith("/desk/")]
    met = [
        address
        for address in (*pages, "/desk/search/?q=态度恶劣", f"/desk/search/?q={number}", "/desk/queues/unit/")
        for answer in (qian.get(address),)
        if "态度恶劣" in answer.content.decode().replace('value="态度恶劣"', "")
        or (number in answer.content.decode() and number not in address)
    ]
    assert met == []
    assert qian.get(reverse("desk:case", args=[number])).status_code == 404, "not even sent to unlock"
    wraps = MatterWrap.objects.filter(key__case__number=number)
    assert {row.unit.code for row in wraps if row.unit} == {"letters-outside"}


def test_a_passphrase_is_changed_and_so_is_the_code(office: Office) -> None:
    give_key(office.wu)
    client = client_of(office, "wu")
    assert (
        send(client, "change", old="not this one at all", new="another four words", again="another four words")[0]
        == 422
    )
    assert send(client, "change", old=PASSPHRASE, new="another four words", again="another four words")[0] == 302
    assert send(client, "unlock", passphrase=PASSPHRASE)[0] == 422
    assert send(client, "unlock", passphrase="another four words")[0] == 303
    filed = file_complaint(complaint(confidentiality="confidential", description=WORDS), key=None, digest="x")
    with in_hand.scope():
        holder = access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")
        code = new_code()
        receipts.new_code_of(holder, code)
    with pytest.raises(Refusal, match="check_digits"):
        access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")
    with in_hand.scope():
        again = access.open_receipt(filed.case_number, code, source="here")
        assert access.open_as_complainant(again).description == WORDS, "another code locks the same key"
