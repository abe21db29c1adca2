"""Signing in with a second factor, through another house, and under one rule for all staff."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings as current
from django.test import Client

from huiyin.record.bodies.models import Account
from huiyin.record.entry import factors, outside
from huiyin.record.entry.models import DeskSession
from tests.cast import PASSWORD, Office, add_officer
from tests.front.desk.test_sign_in import sign_in
from tests.record.entry.authenticator import SoftKey
from tests.record.entry.other_house import CLIENT, SECRET, OtherHouse, open_house
from tests.record.entry.test_factors import shown_by_app, with_app, with_key

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
NAME = current.SESSION_COOKIE_NAME


@pytest.fixture
def asked_of_all(settings) -> None:
    settings.HUIYIN_SECOND_FACTOR = frozenset({"all"})


def english() -> Client:
    return Client(headers={"accept-language": "en"})


def on_the_desk(client: Client) -> bool:
    return client.get("/desk/keys/").status_code == 200


def test_the_password_alone_opens_nothing(office: Office) -> None:
    secret = with_app(office, office.account("zhao"))
    client = english()
    first = sign_in(client, next="/desk/enquiry/")
    assert (first.status_code, first["Location"]) == (302, "/desk/sign-in/second/")
    assert not on_the_desk(client)
    before = client.cookies[NAME].value
    wrong = client.post("/desk/sign-in/second/", {"code": "000000"})
    assert wrong.status_code == 401
    assert not on_the_desk(client)
    right = client.post("/desk/sign-in/second/", {"code": shown_by_app(secret)})
    assert right["Location"] == "/desk/enquiry/"
    assert client.cookies[NAME].value != before, "the session gets a new name at this step too"
    assert on_the_desk(client)


def test_the_first_step_is_forgotten_after_ten_minutes(office: Office, monkeypatch) -> None:
    secret = with_app(office, office.account("zhao"))
    client = english()
    sign_in(client)
    later = time.time() + 601
    monkeypatch.setattr("huiyin.front.desk.entering.time.time", lambda: later)
    assert client.post("/desk/sign-in/second/", {"code": shown_by_app(secret)})["Location"] == "/desk/sign-in/"


def test_nobody_stands_at_the_second_step_uninvited(db: None) -> None:
    assert english().get("/desk/sign-in/second/")["Location"] == "/desk/sign-in/"
    assert english().post("/desk/sign-in/second/", {"code": "123456"})["Location"] == "/desk/sign-in/"


def test_a_security_key_opens_the_desk(office: Office) -> None:
    key = with_key(office, office.account("zhao"))
    client = english()
    sign_in(client)
    options = client.get("/desk/sign-in/second/").context["options"]
    stranger = client.post("/desk/sign-in/second/", {"answer": SoftKey().signed(options)})
    assert stranger.status_code == 401
    again = stranger.context["options"]
    assert client.post("/desk/sign-in/second/", {"answer": key.signed(again)})["Location"] == "/desk/"
    assert on_the_desk(client)


def test_where_it_is_asked_an_officer_enrols_before_anything_else(office: Office, asked_of_all: None) -> None:
    client = english()
    sign_in(client)
    for address in ("/desk/", "/desk/enquiry/", "/desk/search/?q=夜间", "/desk/settings/", "/desk/tokens/"):
        assert client.get(address)["Location"] == "/desk/security/"
    assert "One thing first" in client.get("/desk/security/").content.decode()
    page = client.get("/desk/security/app/")
    code = shown_by_app(page.context["secret"])
    wrong = client.post("/desk/security/app/", {"sealed": page.context["form"]["sealed"].value(), "code": "1"})
    assert wrong.status_code == 401
    before = client.cookies[NAME].value
    made = client.post("/desk/security/app/", {"sealed": page.context["form"]["sealed"].value(), "code": code})
    assert len(made.context["made"]) == 10
    assert client.cookies[NAME].value != before
    assert on_the_desk(client)


def test_it_is_asked_of_the_roles_that_the_office_names(office: Office, settings) -> None:
    settings.HUIYIN_SECOND_FACTOR = frozenset({"administrator", "body_head"})
    wu, he = english(), english()
    sign_in(wu, "wu")
    sign_in(he, "he")
    assert on_the_desk(wu)
    assert not on_the_desk(he)


def test_a_session_from_before_the_rule_shows_its_factor_first(office: Office, asked_of_all: None) -> None:
    secret = with_app(office, office.account("zhao"))
    client = english()
    client.force_login(office.account("zhao"))
    for address in ("/desk/", "/desk/security/", "/desk/security/app/"):
        assert client.get(address)["Location"] == "/desk/sign-in/second/"
    client.post("/desk/sign-in/second/", {"code": shown_by_app(secret)})
    assert on_the_desk(client)


def test_a_first_factor_ends_the_other_sessions(office: Office) -> None:
    other, client = english(), english()
    sign_in(other)
    sign_in(client)
    key, options = SoftKey(), client.get("/desk/security/key/").context["options"]
    refused = client.post("/desk/security/key/", {"label": "blue", "answer": "{}"})
    assert refused.status_code == 422
    options = refused.context["options"]
    assert len(client.post("/desk/security/key/", {"label": "blue", "answer": key.made(options)}).context["made"]) == 10
    assert on_the_desk(client)
    assert not on_the_desk(other)


def test_a_factor_is_removed_with_the_password(office: Office) -> None:
    zhao = office.account("zhao")
    secret = with_app(office, zhao)
    client = english()
    sign_in(client)
    client.post("/desk/sign-in/second/", {"code": shown_by_app(secret)})
    app = factors.standing(zhao).app
    assert app
    address = f"/desk/security/factors/{app.pk}/remove/"
    assert client.post(address, {"password": "wrong"}).status_code == 422
    assert client.post("/desk/security/recovery-codes/", {"password": "wrong"}).status_code == 422
    assert len(client.post("/desk/security/recovery-codes/", {"password": PASSWORD}).context["made"]) == 10
    assert client.post(address, {"password": PASSWORD}).status_code == 302
    assert client.get(address).status_code == 404
    assert not factors.is_shown(zhao)


def test_my_sessions_are_mine_and_end_one_by_one_or_all(office: Office) -> None:
    here, there, third, feng = (english() for _each in range(4))
    for client in (here, there, third):
        sign_in(client)
    sign_in(feng, "feng")
    page = here.get("/desk/security/")
    assert [each.is_this for each in page.context["sessions"]] == [True, False, False]
    assert "127.0.0.1" not in page.content.decode()
    key = next(
        row.pk
        for row in DeskSession.objects.filter(account=office.account("zhao"))
        if row.pk == page.context["sessions"][1].key
    )
    assert feng.post(f"/desk/security/sessions/{key}/end/").status_code == 404
    assert here.post(f"/desk/security/sessions/{key}/end/").status_code == 302
    assert [on_the_desk(each) for each in (here, there, third, feng)].count(True) == 3
    here.post("/desk/security/sessions/end/")
    assert [on_the_desk(each) for each in (here, there, third, feng)] == [True, False, False, True]


def test_a_new_password_ends_the_other_sessions(office: Office) -> None:
    here, there = english(), english()
    sign_in(here)
    sign_in(there)
    before = here.cookies[NAME].value
    new = "rivers run past the old mill"
    for typed, field in (
        ({"password": "wrong", "new": new, "again": new}, "password"),
        ({"password": PASSWORD, "new": new, "again": "other"}, "again"),
        ({"password": PASSWORD, "new": "short", "again": "short"}, "new"),
        ({"password": PASSWORD, "new": "password1234", "again": "password1234"}, "new"),
    ):
        refused = here.post("/desk/security/password/", typed)
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field])
        assert new not in refused.content.decode()
    assert here.post("/desk/security/password/", {"password": PASSWORD, "new": new, "again": new}).status_code == 302
    assert here.cookies[NAME].value != before
    assert on_the_desk(here)
    assert not on_the_desk(there)
    assert Account.objects.get(username="zhao").check_password(new)


def test_signing_out_ends_the_session_on_the_server(office: Office) -> None:
    client = english()
    sign_in(client)
    kept = client.cookies[NAME].value
    client.post("/desk/sign-out/")
    thief = english()
    thief.cookies[NAME] = kept
    assert not on_the_desk(thief)


def test_administrators_find_the_pages_of_a_lost_factor(office: Office) -> None:
    add_officer("ning", ("宁", "Ning"), "letters-intake", ("管理员", "Administrator"), ["administrator"])
    secret = with_app(office, office.account("zhao"))
    first, second = english(), english()
    first.force_login(office.account("guan"))
    second.force_login(office.account("ning"))
    assert first.post("/desk/office/lost-factors/", {"who": "nobody", "why": "lost"}).status_code == 422
    asked = first.post("/desk/office/lost-factors/", {"who": "zhao", "why": "lost"})["Location"]
    assert first.post(asked, {"step": "approve"}).status_code == 409
    assert asked in second.get("/desk/office/lost-factors/").content.decode()
    approved = second.post(asked, {"step": "approve"})
    code = approved.context["handed"]
    assert code in approved.content.decode()
    assert code not in second.get(asked).content.decode()
    assert second.post(asked, {"step": "approve"}).status_code == 409
    zhao = english()
    sign_in(zhao)
    assert zhao.post("/desk/sign-in/second/", {"code": shown_by_app(secret)}).status_code == 401
    assert zhao.post("/desk/sign-in/second/", {"code": code})["Location"] == "/desk/security/"


# Through another house.


@pytest.fixture
def house(settings) -> Iterator[OtherHouse]:
    with open_house() as answering:
        outside._get.cache_clear()
        settings.HUIYIN_OIDC_ISSUER = answering.address
        settings.HUIYIN_OIDC_CLIENT_ID, settings.HUIYIN_OIDC_CLIENT_SECRET = CLIENT, SECRET
        settings.HUIYIN_BASE_URL = "http://testserver"
        yield answering


class Stay(urllib.request.HTTPRedirectHandler):
    """Does not follow."""

    def redirect_request(self, *args: object) -> None:
        return None


def through(client: Client) -> str:
    """Begin here, be let through there; gives the address that the other house sends back to."""
    there = client.get("/desk/sign-in/other/?next=/desk/enquiry/")["Location"]
    try:
        urllib.request.build_opener(Stay).open(there, timeout=5)
    except urllib.error.HTTPError as answer:
        return str(answer.headers["Location"]).removeprefix("http://testserver")
    raise AssertionError("no redirection")


def test_another_house_says_who_somebody_is(office: Office, house: OtherHouse) -> None:
    client = english()
    assert "Sign in with OpenID Connect" in client.get("/desk/sign-in/").content.decode()
    back = through(client)
    before = client.cookies[NAME].value
    answer = client.get(back)
    assert answer["Location"] == "/desk/enquiry/"
    assert client.cookies[NAME].value != before
    assert on_the_desk(client)
    assert english().get(back).status_code == 404, "the answer belongs to the browser that asked"
    assert client.get(back).status_code == 404, "and is good once"


def test_our_own_second_step_follows(office: Office, house: OtherHouse) -> None:
    secret = with_app(office, office.account("zhao"))
    client = english()
    assert client.get(through(client))["Location"] == "/desk/sign-in/second/"
    assert not on_the_desk(client)
    assert client.post("/desk/sign-in/second/", {"code": shown_by_app(secret)})["Location"] == "/desk/enquiry/"


def test_whoever_has_no_account_here_gets_none(office: Office, house: OtherHouse) -> None:
    accounts = Account.objects.count()
    Account.objects.create_account("gone", PASSWORD)
    Account.objects.filter(username="gone").update(is_active=False)
    for name in ("mallory", "", "ZHAO", "gone"):
        house.username = name
        client = english()
        assert client.get(through(client)).status_code == 401
        assert not on_the_desk(client)
    assert Account.objects.count() == accounts + 1


STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.mark.parametrize(
    "bend",
    [
        {"claims": {"aud": "somebody-else"}}, {"claims": {"iss": "https://elsewhere.example"}}, {"claims": {"nonce": "x"}},
        {"claims": {"exp": 1_000_000}}, {"claims": {"iat": None}}, {"signing": STRANGER},
        {"signing": SECRET * 3, "algorithm": "HS256"}, {"signing": "", "algorithm": "none"},
    ],
    ids=lambda bend: "-".join(f"{key}" for key in bend.get("claims", bend)),
)  # fmt: skip
def test_a_forged_or_foreign_token_opens_nothing(office: Office, house: OtherHouse, bend: dict[str, Any]) -> None:
    for name, value in bend.items():
        setattr(house, name, value)
    client = english()
    assert client.get(through(client)).status_code == 401
    assert not on_the_desk(client)


def test_an_answer_with_another_state_or_without_code_opens_nothing(office: Office, house: OtherHouse) -> None:
    for change in (("state=", "state=x"), ("code=", "code=x"), ("code=", "nothing=")):
        client = english()
        assert client.get(through(client).replace(*change)).status_code == 401
        assert not on_the_desk(client)


def test_a_house_that_does_not_answer_is_said_so(office: Office, settings) -> None:
    outside._get.cache_clear()
    settings.HUIYIN_OIDC_ISSUER, settings.HUIYIN_OIDC_CLIENT_ID = "http://127.0.0.1:9", CLIENT
    assert english().get("/desk/sign-in/other/").status_code == 503
    settings.HUIYIN_OIDC_ISSUER = "http://elsewhere.example"
    assert english().get("/desk/sign-in/other/").status_code == 503, "never in clear"


def test_without_another_house_there_is_no_door(office: Office) -> None:
    assert english().get("/desk/sign-in/other/").status_code == 404
    assert english().get("/desk/sign-in/other/back/?code=x&state=y").status_code == 404
    assert not re.search("Sign in with", english().get("/desk/sign-in/").content.decode())
