"""In and out of the desk."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from huiyin.record.bodies.models import Account
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from tests.cast import PASSWORD, Office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def sign_in(client: Client, name: str = "zhao", password: str = PASSWORD, **more: str):
    return client.post("/desk/sign-in/", {"username": name, "password": password, **more})


def plain(answer, name: str) -> str:
    """The page without the name typed and the form's one-time key."""
    lines = answer.content.decode().replace(name, "-").splitlines()
    return "\n".join(re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", line) for line in lines)


def test_zhao_signs_in_and_lands_on_his_day(office: Office) -> None:
    client = Client()
    client.get("/desk/sign-in/")
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert client.get("/desk/").status_code == 200
    assert [event.kind for event in events_of(ChainRef.body("police"))][-1] == "signed_in"
    assert set(events_of(ChainRef.body("police"))[-1].details) == set()


def test_the_session_gets_a_new_name(office: Office) -> None:
    client = Client()
    session = client.session
    session["x"] = 1
    session.save()
    before = str(session.session_key)
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    sign_in(client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_a_wrong_name_and_a_wrong_password_look_alike(office: Office) -> None:
    one, other = sign_in(Client(), password="wrong"), sign_in(Client(), "nobody", "wrong")
    assert one.status_code == other.status_code == 401
    assert plain(one, "zhao") == plain(other, "nobody")
    assert "zhao" in one.content.decode()


def test_many_wrong_tries_lock_nobody_out(office: Office) -> None:
    for _ in range(6):
        assert sign_in(Client(), password="wrong").status_code == 401
    assert sign_in(Client()).status_code == 302


def test_an_account_without_a_post_is_told_so(office: Office) -> None:
    Account.objects.create_account("nobody", PASSWORD)
    answer = sign_in(Client(), "nobody")
    assert answer.status_code in {401, 403, 404, 409}
    assert "_auth_user_id" not in answer.wsgi_request.session


def test_the_way_on_stays_on_the_desk(office: Office) -> None:
    ways = {
        "/desk/enquiry/": "/desk/enquiry/", "//evil.example/desk/": "/desk/", "https://evil.example/": "/desk/",
        "/elsewhere/": "/desk/", "": "/desk/",
    }  # fmt: skip
    assert {wanted: sign_in(Client(), next=wanted)["Location"] for wanted in ways} == ways


def test_the_officers_language_applies_until_another_is_chosen(office: Office) -> None:
    client = Client(headers={"accept-language": "zh-CN"})
    sign_in(client)
    assert '<html lang="en"' in client.get("/desk/").content.decode()
    chosen = Client()
    chosen.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    sign_in(chosen)
    assert '<html lang="zh-Hans"' in chosen.get("/desk/").content.decode()


def test_signing_out_ends_the_session_and_the_language(office: Office) -> None:
    client = Client()
    sign_in(client)
    answer = client.post("/desk/sign-out/")
    assert answer["Location"] == "/desk/sign-in/"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == ""
    assert client.get("/desk/").status_code == 302


def test_settings_change_language_and_keys(office: Office) -> None:
    client = Client()
    sign_in(client)
    assert "desk/keys.js" in client.get("/desk/").content.decode()
    client.post("/desk/settings/", {"language": "zh-hans"})
    account = Account.objects.get(username="zhao")
    assert (account.language, account.has_desk_keys) == ("zh-hans", False)
    page = client.get("/desk/").content.decode()
    assert '<html lang="zh-Hans"' in page
    assert "keys.js" not in page
    assert "aria-keyshortcuts" not in page


def test_a_token_is_shown_once_and_ends(office: Office) -> None:
    client = Client()
    sign_in(client)
    made = client.post("/desk/tokens/", {"label": "export", "days": "30"})
    token = made.context["made"]
    assert token.startswith("hy_")
    assert token in made.content.decode()
    listed = client.get("/desk/tokens/")
    assert token not in listed.content.decode()
    key = listed.context["my_tokens"][0].pk
    assert client.post(f"/desk/tokens/{key}/end/").status_code == 302
    assert client.post(f"/desk/tokens/{key}/end/").status_code == 404
    other = Client()
    sign_in(other, "qian")
    assert other.post(f"/desk/tokens/{key}/end/").status_code == 404


def test_a_token_lives_at_most_thirty_days(office: Office) -> None:
    client = Client()
    sign_in(client)
    for days in ("0", "31", "", "x", "9" * 30):
        assert client.post("/desk/tokens/", {"label": "export", "days": days}).status_code == 422
