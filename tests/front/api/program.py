"""A program that talks to the API, and the ways it goes there most often."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from huiyin.record.bodies.tokens import make_token
from tests.cast import Office

V1 = "/api/v1/"
COMPLAINT: dict[str, Any] = {
    "subject": "夜间施工噪音",
    "description": "柳村河边工地每天夜里施工到两点，孩子睡不着。",
    "category": "noise",
    "area": "willow",
    "confidentiality": "named",
    "contact": {"name": "李梅", "phone": "000-0000-0001", "email": "limei@example.org"},
    "language": "zh-Hans",
}

# what cn-xinfang wants confirmed
CONFIRMED = {"accept": ["pending_elsewhere", "recusal"], "reply": ["recusal"], "transfer": ["agreed_or_superior"]}


@dataclass
class Program:
    """Sends JSON, reads JSON, speaks ``language`` and may hold a token."""

    token: str = ""
    language: str = "zh-Hans"
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))

    def headers(self, more: dict[str, str]) -> dict[str, str]:
        given = {"Accept-Language": self.language, **more}
        return given | ({"Authorization": f"Bearer {self.token}"} if self.token else {})

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        return self.client.get(V1 + path, query or {}, headers=self.headers(headers))

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self.send(path, json.dumps(body), **headers)

    def send(self, path: str, raw: str | bytes, content_type: str = "application/json", **headers: str) -> Any:
        return self.client.post(V1 + path, raw, content_type=content_type, headers=self.headers(headers))

    def file(self, *, key: str = "", **changes: Any) -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        return self.post("complaints", COMPLAINT | changes, **headers)

    def filed(self, **changes: Any) -> dict[str, str]:
        """Number and code of a fresh complaint, as the track addresses want them."""
        answer = self.file(**changes)
        assert answer.status_code == 201, answer.content.decode()
        return {name: answer.json()[name] for name in ("case_number", "receipt_code")}

    def move(self, number: str, move: str, version: int, **given: Any) -> Any:
        """Make a move of the ordinary procedure, whose program has asked a person to confirm what it wants confirmed."""
        confirmed = {"confirmed": CONFIRMED[move]} if move in CONFIRMED else {}
        return self.post(f"desk/cases/{number}/moves", {"move": move, "version": version, **confirmed, **given})


def officer(office: Office, name: str, language: str = "en") -> Program:
    """A program that holds a token of one of the cast."""
    return Program(make_token(office.account(name), by=getattr(office, name), label="test"), language)


def answered(office: Office, receipt: dict[str, str]) -> None:
    """Zhao answers through the API, and everybody who must sign does."""
    number = receipt["case_number"]
    version = 1
    for name, move, given in (
        ("wu", "accept", {}),
        ("wu", "assign", {"to": "zhao-post"}),
        ("zhao", "reply", {"text": "夜间施工已停止。", "outcome": "supported", "legal_basis": "本县公开的办理规则"}),
        ("qian", "sign", {}),
        ("chen", "sign", {}),
        ("chu", "sign", {}),
        ("wei", "sign", {}),
    ):
        done = officer(office, name).move(number, move, version, **given)
        assert done.status_code == 200, (name, move, done.content.decode())
        version = done.json()["version"]


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """The body of a problem, after its outside was checked."""
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert set(body) == {"type", "title", "status", "detail", "code", "errors"}
    assert (body["status"], body["code"]) == (status, code), body
    assert body["title"] and body["detail"]
    return body
