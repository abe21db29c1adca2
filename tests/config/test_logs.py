"""Logs: what happened and where in the program, never who, from where, or what was written."""

from __future__ import annotations

import io
import json
import logging

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import settings as few
from hypothesis import strategies as st

from huiyin.config.logs import LOST, Console, WithoutContent, scrubbed
from tests.cast import PASSWORD, make_office
from tests.front.portal.visits import ANSWERS

PLANTED = {
    "name": "卓文若", "phone": "0571-5550-7341", "email": "zhuo.wenruo@example.org", "address": "杨树巷三十七号",
    "description": "紫藤花架下的水表坏了", "subject": "水表水表水表",
}  # fmt: skip


@pytest.fixture
def written():
    """Everything that any logger of the program writes, as the program would write it."""
    stream = io.StringIO()
    handler = Console(stream)
    handler.addFilter(WithoutContent())
    handler.setFormatter(logging.Formatter(settings.LOGGING["formatters"]["plain"]["format"]))
    root = logging.getLogger()
    root.addHandler(handler)
    before, root.level = root.level, logging.DEBUG
    yield stream
    root.level = before
    root.removeHandler(handler)


@pytest.mark.django_db(databases=["default", "vault"])
def test_no_log_line_holds_what_somebody_wrote(written, settings, monkeypatch) -> None:
    office = make_office()
    client = Client(raise_request_exception=False, enforce_csrf_checks=False)
    client.post("/file/check/", ANSWERS | PLANTED | {"send": "1"})
    client.post("/track/", {"case_number": "1234-5678-95", "receipt_code": "1234 5678 9012 3456 7890"})
    client.get("/track/?code=73417341734173417341&who=卓文若")
    client.get("/no/such/卓文若/?q=紫藤花架")
    client.post("/api/v1/complaints", json.dumps(PLANTED | {"x": 1}), content_type="application/json")
    client.post("/desk/sign-in/", {"username": "zhao\r\n2026-01-01 INFO root forged", "password": PASSWORD})
    officer = Client(raise_request_exception=False)
    officer.force_login(office.account("zhao"))
    cookie = officer.cookies[settings.SESSION_COOKIE_NAME].value
    officer.get("/desk/search/", {"q": "紫藤花架"}, headers={"host": "evil.example"})
    monkeypatch.setattr("huiyin.front.portal.information.render", raising)
    client.get("/contact/?secret=紫藤花架")
    lines = written.getvalue()
    assert "RuntimeError" in lines and "information.py" in lines, "what went wrong is told"
    for word in (*PLANTED.values(), "7341", "1234 5678", "1234-5678", "紫藤", "卓文若", PASSWORD, cookie, "forged", "evil.example", "/track/"):  # fmt: skip
        assert word not in lines, word


def raising(*_args, **_more):
    raise RuntimeError(" ".join(PLANTED.values()))


@given(st.text())
@few(max_examples=25)
def test_a_line_stays_one_line(text: str) -> None:
    assert len(scrubbed(f"a{text}b").splitlines()) == 1


@pytest.mark.parametrize(
    "secret",
    ["1234 5678 9012 3456 7890", "12345678901234567890", "4821-0000-11", "13800000000", "330102199001011234",
     "zhuo.wenruo@example.org", "hy_4LfG36CavOCwPo_ufNDyFq", "/track/?code=1&b=2"],
)  # fmt: skip
def test_what_opens_or_names_is_taken_out_even_where_somebody_logged_it(secret: str) -> None:
    said = scrubbed(f"see {secret} there")
    assert secret.rpartition("?")[2] not in said
    assert said.startswith("see ") and said.endswith(" there")


def test_what_helps_the_operator_stays() -> None:
    line = "The job send notices failed 3 times; again in 64 s, port 8000, 120000 rows"
    assert scrubbed(line) == line


@pytest.mark.django_db(databases=["default", "vault"])
def test_a_log_that_cannot_be_written_stops_no_complaint(monkeypatch) -> None:
    make_office()

    class Full(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError("no space left")

    handler = Console(Full())
    handler.addFilter(WithoutContent())
    root = logging.getLogger()
    root.addHandler(handler)
    before = LOST._value.get()
    try:
        logging.getLogger("huiyin.test").warning("%d", "no number")
        assert Client().post("/file/check/", ANSWERS | {"send": "1", "key": "another-key"}).status_code == 303
    finally:
        root.removeHandler(handler)
    assert LOST._value.get() > before, "an alarm can ring"
