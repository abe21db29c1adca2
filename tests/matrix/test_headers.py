"""What stands on every answer, errors included; no form without its token; no session that somebody else began."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from django.conf import settings as current
from django.test import Client
from django.urls import get_resolver, reverse

from tests.cast import PASSWORD, make_office
from tests.house.test_addresses import names
from tests.matrix.town import METHODS

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
POLICY = {
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "font-src 'none'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip
ALWAYS = {
    "X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip


def addresses() -> list[tuple[str, str]]:
    """Every pattern with something in its places; none of it need exist."""
    filled = {"key": "1", "letter_id": "1", "year": "2027", "code": "en", "step": "what", "country": "CN", "seq": "1"}
    filled["ident"] = "00000000-0000-4000-8000-000000000000"
    return [
        (name, "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: filled.get(part.group(1), "1234-5678-95"), route))
        for name, route in names(get_resolver())
    ]


def faults(answer) -> list[str]:
    """Which headers are missing or other than they must be."""
    policy = {part.strip() for part in answer.headers.get("Content-Security-Policy", "").split(";")}
    found = [] if policy == POLICY else [f"Content-Security-Policy {sorted(policy)}"]
    found += [
        f"{name} {answer.headers.get(name)}" for name, value in ALWAYS.items() if answer.headers.get(name) != value
    ]
    found += [] if "camera=()" in answer.headers.get("Permissions-Policy", "") else ["Permissions-Policy"]
    return found + ([] if answer.headers.get("Cache-Control") else ["Cache-Control"])


def test_every_address_carries_every_header_whatever_it_answers(db: None) -> None:
    client = Client(raise_request_exception=False)
    found = {}
    for name, address in addresses():
        for method in METHODS:
            answer = client.generic(method, address)
            if faults(answer):
                found[f"{method} {name} {answer.status_code}"] = faults(answer)
    assert found == {}


def test_errors_carry_them_too(db: None, settings) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    answers = {
        "no such page": client.get("/no/such/page/"),
        "a foreign host": client.get("/", headers={"host": "evil.example"}),
        "no token": client.post("/track/", {}),
        "too large": client.post("/track/", {"case_number": "x" * 600_000}),
        "not well formed": client.post("/api/v1/complaints", "{", content_type="application/json"),
    }
    with patch("huiyin.front.portal.information.render", side_effect=RuntimeError("broken")):
        answers["broken"] = client.get("/contact/")
    assert [answers[name].status_code for name in ("no such page", "a foreign host", "no token", "broken")] == [
        404,
        400,
        403,
        500,
    ]
    assert {name: faults(answer) for name, answer in answers.items() if faults(answer)} == {}
    assert "broken" not in answers["broken"].content.decode()


def test_no_form_is_taken_without_its_token(db: None) -> None:
    """Every address but those of programs and witnesses, who carry no cookie that a browser would send along."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    taken = {
        name: answer.status_code
        for name, address in addresses()
        if not name.startswith("api:")
        and name != "transparency:add-cosignature"
        and (answer := client.post(address, {"x": "y"})).status_code != 403
    }
    assert taken == {}


def test_a_program_s_address_counts_no_cookie() -> None:
    office = make_office(procedures=())
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.account("zhao"))
    assert client.get("/api/v1/desk/cases").status_code == 401


def test_the_right_token_from_another_place_is_not_taken(settings) -> None:
    office = make_office(procedures=())
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.account("zhao"))
    page = client.get("/desk/settings/").content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    form = {"csrfmiddlewaretoken": token.group(1), "language": "en"}
    for origin in ("https://evil.example", "null", "http://testserver.evil.example", "https://testserver"):
        assert client.post("/desk/settings/", form, headers={"origin": origin}).status_code == 403
    assert client.post("/desk/settings/", form, headers={"origin": "http://testserver"}).status_code == 302


def test_a_session_that_somebody_else_began_is_not_taken_up() -> None:
    office = make_office(procedures=())
    for planted in ("a" * 32, "", "../../x", "x" * 5000):
        client = Client()
        client.cookies[current.SESSION_COOKIE_NAME] = planted
        client.post(reverse("desk:sign-in"), {"username": "zhao", "password": PASSWORD})
        taken = client.cookies[current.SESSION_COOKIE_NAME].value
        assert taken and taken != planted
    assert office.account("zhao").is_active


def test_over_https_every_cookie_is_bound_to_this_host() -> None:
    """The names are settled when the settings are read: asked of the settings with an https address."""
    code = current.HUIYIN_COOKIE_PREFIX
    assert code == ("__Host-" if current.HUIYIN_HTTPS else "")
    for name in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME"):
        assert getattr(current, name).startswith(code)
        assert getattr(current, name.replace("_NAME", "_SECURE")) is current.HUIYIN_HTTPS
        assert getattr(current, name.replace("_NAME", "_HTTPONLY")) is True
        assert getattr(current, name.replace("_NAME", "_SAMESITE")) == "Lax"


def test_security_txt_stands_where_the_operator_named_a_contact(db: None, settings) -> None:
    settings.HUIYIN_SECURITY_CONTACT = []
    assert Client().get("/.well-known/security.txt").status_code == 404
    settings.HUIYIN_SECURITY_CONTACT = ["mailto:security@office.example"]
    text = Client().get("/.well-known/security.txt").content.decode()
    assert text.startswith("Contact: mailto:security@office.example\nExpires: 20")
