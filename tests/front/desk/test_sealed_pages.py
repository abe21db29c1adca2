"""The page of the vault passphrase, and what opens in a browser that has unlocked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.front.desk import unlocked
from huiyin.record.bodies.tokens import make_token
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_office
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
    with patch.object(unlocked.time, "time", return_value=time.time() + unlocked.IDLE + 1):
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
