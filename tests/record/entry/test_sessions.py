"""Sessions: nothing in the database opens one, and each ends when it must."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client

from huiyin.record.entry.models import DeskSession
from huiyin.record.entry.own_sessions import device_of
from huiyin.record.entry.sessions import SessionStore
from tests.cast import Office, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
NAME = settings.SESSION_COOKIE_NAME


@pytest.fixture
def office() -> Office:
    return make_office(procedures=())


def signed_in(office: Office, who: str = "zhao") -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(office.account(who))
    return client


def is_in(client: Client) -> bool:
    return client.get("/desk/keys/").status_code == 200


def test_the_database_holds_no_key_of_a_session(office: Office) -> None:
    client = signed_in(office)
    key = client.cookies[NAME].value
    row = DeskSession.objects.get()
    stored = " ".join(str(getattr(row, field.attname)) for field in DeskSession._meta.fields)
    assert key not in stored
    thief = Client()
    for stolen in (bytes(row.key_hash).hex(), row.data, str(row.pk)):
        thief.cookies[NAME] = stolen
        assert not is_in(thief)
    assert is_in(client)


def test_a_session_ends_after_an_idle_hour_and_not_while_it_is_used(office: Office) -> None:
    client, start = signed_in(office), datetime.datetime.now(datetime.UTC)
    for minutes in (50, 100, 150):
        with time_machine.travel(start + datetime.timedelta(minutes=minutes)):
            assert is_in(client)
    with time_machine.travel(start + datetime.timedelta(minutes=150 + 61)):
        assert not is_in(client)
        SessionStore.clear_expired()
        assert not DeskSession.objects.exists()


def test_a_session_ends_after_ten_hours_even_in_use(office: Office) -> None:
    client, start = signed_in(office), datetime.datetime.now(datetime.UTC)
    for minutes in range(0, 600, 50):
        with time_machine.travel(start + datetime.timedelta(minutes=minutes)):
            assert is_in(client), minutes
    with time_machine.travel(start + datetime.timedelta(minutes=601)):
        assert not is_in(client)


def test_what_was_ended_elsewhere_stays_ended(office: Office) -> None:
    store = SessionStore()
    store["x"] = 1
    store.create()
    late = SessionStore(store.session_key)
    assert late["x"] == 1
    store.delete()
    late["x"] = 2
    with pytest.raises(UpdateError):
        late.save()
    assert SessionStore(store.session_key).get("x") is None


def test_a_session_of_another_secret_is_empty(office: Office, settings) -> None:
    client = signed_in(office)
    settings.SECRET_KEY = "another secret altogether, long enough"
    assert not is_in(client)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox|Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/128.0 Safari/537.36 Edg/128.0", "Edge|Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari|iPhone"),
        ("curl/8", "|"),
        ("", "|"),
    ],
)
def test_a_device_is_told_in_two_words(agent: str, words: str) -> None:
    assert device_of(agent) == words
