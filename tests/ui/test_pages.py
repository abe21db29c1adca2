"""The pages of the look itself: small, self-sufficient, in both languages, and no way out to strangers."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from huiyin import ui
from huiyin.rules.refusal import Refusal
from huiyin.ui import errors

STATIC = Path(ui.__file__).parent / "static" / "ui"
PATTERNS = ("/patterns/", "/patterns/desk/")
LIMIT = 60_000  # bytes over the wire for a first visit to any portal page


@pytest.mark.parametrize("path", PATTERNS)
@pytest.mark.parametrize(("language", "tag"), [("zh-hans", "zh-Hans"), ("en", "en")])
def test_every_part_is_shown_in_both_languages(client: Client, path: str, language: str, tag: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(path)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert f'<html lang="{tag}"' in html
    assert " style=" not in html
    assert "<script" not in html
    assert "data:" not in html
    assert "&lt;b&gt;" in html


def test_even_the_largest_portal_page_is_light(client: Client) -> None:
    html = gzip.compress(client.get("/patterns/").content)
    files = [gzip.compress((STATIC / name).read_bytes()) for name in ("portal.css", "favicon.svg")]
    assert len(html) + sum(map(len, files)) <= LIMIT


def test_the_sheets_hold_no_trace_of_another_house() -> None:
    for name in ("portal.css", "desk.css"):
        text = (STATIC / name).read_text(encoding="utf-8").lower()
        assert not [word for word in ("gds transport", "crown", "crest", "url(", "http") if word in text]


def test_every_portal_page_has_the_way_out_and_whom_to_call(client: Client) -> None:
    html = client.get("/patterns/").content.decode()
    assert 'href="tel:110"' in html
    assert f'href="{reverse("portal:leave")}"' in html


@pytest.mark.parametrize(
    "there", ["//evil.example/", "https://evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_switching_the_language_leads_nowhere_else(client: Client, there: str) -> None:
    answer = client.get("/language/en/", {"next": there})
    assert answer["Location"] == "/"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


def test_switching_the_language_comes_back_to_the_page(client: Client) -> None:
    assert client.get("/language/zh-hans/", {"next": "/track?x=1"})["Location"] == "/track?x=1"
    assert client.get("/language/fr/").status_code == 404


def request_at(path: str) -> HttpRequest:
    """A request that no middleware has seen."""
    return RequestFactory().get(path)


def test_a_refusal_becomes_a_page_that_says_what_to_do() -> None:
    with translation.override("zh-hans"):
        answer = errors.refusal_response(request_at("/track"), Refusal("check_digits"))
    assert answer.status_code == 404
    assert "请核对数字" in answer.content.decode()


def test_a_failure_of_ours_is_still_a_page() -> None:
    for path in ("/", "/desk/"):
        with translation.override("en"):
            answer = errors.server_error(request_at(path))
        assert answer.status_code == 500
        assert "It is not your fault" in answer.content.decode()


def test_a_lost_safety_token_says_that_nothing_typed_is_lost() -> None:
    with translation.override("en"):
        answer = errors.csrf_failure(RequestFactory().post("/file"))
    assert answer.status_code == 403
    assert "what you typed is still there" in answer.content.decode()
