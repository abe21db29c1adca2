"""The description is exact: whatever a program makes of it, the API answers as described and never breaks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.drainage import GENERATOR_STATS
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation

from huiyin.front.api.documentation import operations, schema
from tests.cast import Office
from tests.front.api.program import CONFIRMED, Program, officer

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

# What fits the description may still name a category or a matter that is not there.
# A wrong value of a form may be right again once it is written as a form: there the refusals have tests of their own.
CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {"positive_data_acceptance": {"enabled": False}},
        "operations": [
            {"include-path": path, "checks": {"negative_data_rejection": {"enabled": False}}}
            for path in ("/api/v1/track/attachments", "/api/v1/track/identity-files")
        ],
    }
)
DESCRIPTION = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), config=CONFIG)
MANY = 1_000 if os.environ.get("HUIYIN_TEST_FULL") else 100
QUIETLY: dict[str, Any] = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "suppress_health_check": list(HealthCheck),
}


@dataclass
class Ground:
    """What the requests stand on: one matter, one officer, and how often we asked."""

    receipt: dict[str, str]
    token: str
    version: int = 1
    turn: int = 0

    def send(self, case: Any) -> None:
        """Two thirds of the well-formed requests go to the matter that exists, as somebody who may."""
        self.turn += 1
        if case.meta is None or case.meta.generation.mode.is_positive:
            self.bend(case)
        headers = {} if case.meta and is_bad(case.meta.components.get(ParameterLocation.HEADER)) else self.headers(case)
        answer = case.call_and_validate(headers=headers)
        if case.operation.path.endswith("/moves") and answer.status_code == 200:
            self.version = answer.json()["version"]

    def headers(self, case: Any) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if "/desk/" in case.operation.path else {}

    def bend(self, case: Any) -> None:
        """Put in what no chance would find: number, code, version, and a key that was not used before."""
        if self.turn % 3 == 0:
            return
        body = case.body if isinstance(case.body, dict) else {}
        body |= {name: value for name, value in self.receipt.items() if name in body}
        if "move" in body:
            move = MOVES[self.turn % len(MOVES)]
            body |= {"move": move, "version": self.version, "confirmed": CONFIRMED.get(move, [])}
        if "case_number" in case.path_parameters:
            case.path_parameters["case_number"] = self.receipt["case_number"]
        if "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = f"key-{self.turn}"


def is_bad(part: Any) -> bool:
    """Whether the generator broke this part of the request on purpose."""
    return part is not None and part.mode.is_negative


MOVES = ("accept", "inform", "triage", "decline", "assign", "reply", "sign", "return_draft", "close", "contest")


@pytest.fixture
def ground(office: Office, program: Program) -> Iterator[Ground]:
    """A request through the bare WSGI door would close the connection that holds the test's transaction."""
    ground = Ground(program.filed(), officer(office, "wu").token)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield ground
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@DESCRIPTION.parametrize()
@settings(max_examples=4, **QUIETLY)
def test_a_few_of_every_kind(case, ground):
    ground.send(case)


@pytest.mark.slow
@DESCRIPTION.parametrize()
@settings(max_examples=MANY, **QUIETLY)
def test_hundreds_of_every_kind(case, ground):
    ground.send(case)


def test_the_generator_has_nothing_to_complain_about():
    for language in ("zh-Hans", "en"):
        schema.cache_clear()
        GENERATOR_STATS.reset()
        schema(language)
        assert not GENERATOR_STATS, "./run huiyin spectacular says what is wrong"


def test_the_description_is_openapi_3_1_and_its_schemas_are_schemas(client):
    answer = client.get("/api/v1/openapi.json")
    assert answer["Content-Type"] == "application/json" and not answer.cookies
    whole = answer.json()
    assert whole["openapi"].startswith("3.1")
    for shape in whole["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)
    assert set(whole["paths"]) == {
        "/api/v1/complaints",
        "/api/v1/track",
        "/api/v1/track/messages",
        "/api/v1/track/rating",
        "/api/v1/track/class",
        "/api/v1/track/contest",
        "/api/v1/track/duties",
        "/api/v1/track/come-back",
        "/api/v1/track/attachments",
        "/api/v1/track/originals",
        "/api/v1/track/pressure",
        "/api/v1/track/looks",
        "/api/v1/track/about",
        "/api/v1/track/recusal",
        "/api/v1/track/withdrawal",
        "/api/v1/track/withdrawal/undo",
        "/api/v1/track/helpers",
        "/api/v1/track/helpers/end",
        "/api/v1/track/new-code",
        "/api/v1/track/new-code/confirm",
        "/api/v1/track/identity-files",
        "/api/v1/track/confidential",
        "/api/v1/desk/cases",
        "/api/v1/desk/cases/{case_number}",
        "/api/v1/desk/cases/{case_number}/moves",
        "/api/v1/desk/search",
    }


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_readable_page_names_every_address_without_a_script(client, language):
    page = client.get("/api/v1/", headers={"Accept-Language": language})
    assert page.status_code == 200
    text = page.content.decode()
    assert "<script" not in text and "http://cdn" not in text and "https://cdn" not in text
    for operation in operations(language):
        assert f"{operation.method} {operation.path}" in text
        assert operation.summary in text
    assert 'id="check_digits"' in text and 'id="key_conflict"' in text


def test_the_description_speaks_both_languages():
    english, chinese = ([each.summary for each in operations(language)] for language in ("en", "zh-Hans"))
    assert len(english) == len(chinese) and not set(english) & set(chinese)


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/openapi.json"])
def test_the_long_pages_travel_small(client, path):
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip" and len(answer.content) < 30_000


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/openapi.json"])
def test_the_long_pages_take_no_other_method(client, path):
    assert client.post(path).json()["code"] == "method_not_allowed"
