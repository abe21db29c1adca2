"""Walks one complaint over HTTP, from filing to the answer in the complainant's hands, and reads it back."""

from __future__ import annotations

import json
import secrets
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from huiyin.record.bodies.models import Officer
from huiyin.record.bodies.queries import reader_of
from huiyin.record.bodies.tokens import make_token

Say = Callable[[str], None]
ANSWER = "The two lamps at the steps were replaced this morning; both were seen burning at dusk."
CHAIN = ("gu-changming", "wen-ruoyun", "tao-wenbin", "luo-yiming")  # who signs, in the order of the pack
PROOF_WITHIN = 20.0  # seconds; the sequencer promises ten


class WalkFailed(Exception):
    """A step of the walk that did not do what it should."""


def one_complaint(base_url: str, say: Say) -> bool:
    """Do it, saying each step; False when a step failed (said too)."""
    try:
        _walk(base_url, say)
    except (WalkFailed, urllib.error.URLError) as problem:
        say(f"  FAILED: {problem}")
        return False
    say("  All of it worked.")
    return True


def _walk(base_url: str, say: Say) -> None:
    body = {
        "subject": "Both lamps at the Lighthouse steps are out",
        "description": "Since Sunday it is black there after five. My neighbour fell. 请尽快修。",
        "confidentiality": "named",
        "contact": {"name": "Ada Lin", "phone": "000-0000-0909"},
        "language": "en",
    }
    key = secrets.token_urlsafe(16)
    filed = _call(base_url, "POST", "/api/v1/complaints", body, headers={"Idempotency-Key": key})
    number, code = filed["case_number"], filed["receipt_code"]
    say(f"  Filed over HTTP: matter {number}; the answer is due in {len(filed['terms'])} terms, first on "
        f"{filed['terms'][0]['due_on']}.")  # fmt: skip
    again = _call(base_url, "POST", "/api/v1/complaints", body, headers={"Idempotency-Key": key})
    _expect(again["receipt_code"] == code, "sending it again under the same key gives the same receipt")
    say("  Sent again under the same key: the same receipt, no second matter.")
    _move(base_url, "luo-yiming", number, {"move": "accept", "text": "This is ours."})
    _move(base_url, "luo-yiming", number, {"move": "assign", "to": "letters-handler-1"})
    say("  The registrar accepted it and named one responsible officer.")
    reply = {
        "move": "reply",
        "text": ANSWER,
        "outcome": "supported",
        "legal_basis": "Regulations on Petition Work, Article 32",
    }
    _move(base_url, "fan-zhiyuan", number, reply)
    for signer in CHAIN:
        _move(base_url, signer, number, {"move": "sign"})
    say(f"  The officer's answer passed {len(CHAIN)} signatures and was delivered.")
    seen = _proven(base_url, number, code)
    _expect(seen["state"]["id"] == "replied" if isinstance(seen["state"], dict) else seen["state"] == "replied",
            "the matter is answered")  # fmt: skip
    _expect(ANSWER in json.dumps(seen, ensure_ascii=False), "the answer is there, word for word")
    say("  Read back with the receipt: the answer is there, word for word.")
    say(
        f"  It shows {len(seen['looks'])} looks by name of the office, and the proof that it stands in the ledger's tree."
    )


def _proven(base_url: str, number: str, code: str) -> dict[str, Any]:
    """The matter as its complainant sees it, once the ledger's proof is there."""
    until = time.monotonic() + PROOF_WITHIN
    while True:
        seen = _call(base_url, "POST", "/api/v1/track", {"case_number": number, "receipt_code": code})
        if seen["proof"]:
            return seen
        _expect(time.monotonic() < until, f"the inclusion proof is there within {PROOF_WITHIN:.0f} seconds")
        time.sleep(1.0)


def _move(base_url: str, slug: str, number: str, deed: dict[str, str]) -> None:
    """One move as an officer; version and guards come from the page the officer would have before them."""
    officer = Officer.objects.select_related("account").get(code=slug)
    if officer.account is None:
        raise WalkFailed(f"{slug} has no account")
    token = make_token(officer.account, by=reader_of(officer), label="demo --check", days=1)
    headers = {"Authorization": f"Bearer {token}"}
    address = f"/api/v1/desk/cases/{number}"
    case = _call(base_url, "GET", address, None, headers=headers)
    offered: dict[str, Any] = next((each for each in case["moves"] if each["move"] == deed["move"]), {"confirms": []})
    confirmed = {"confirmed": [each["guard"] for each in offered["confirms"]]}
    _call(base_url, "POST", f"{address}/moves", deed | confirmed | {"version": case["version"]}, headers=headers)


def _call(
    base_url: str, method: str, path: str, body: object, *, headers: dict[str, str] | None = None
) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310 - the address is our own
        base_url + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Accept-Language": "en", **(headers or {})},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
            answer: dict[str, Any] = json.load(response)
    except urllib.error.HTTPError as error:
        raise WalkFailed(f"{method} {path}: {error.code} {error.read().decode('utf-8', 'replace')[:400]}") from error
    return answer


def _expect(is_so: bool, what: str) -> None:
    if not is_so:
        raise WalkFailed(f"expected that {what}")
