"""Two hundred payloads, filed and shown in a real browser without its second wall (CSP): none of them runs."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import pytest

from tests.journeys.residents import Receipt
from tests.journeys.test_12_every_page import ONCE
from tests.matrix.test_payloads import EVERYTHING

pytestmark = ONCE
CHUNK = 34
WATCH = "window.x5s = () => { window.ran = true; }; window.alert = window.x5s;"


def filed(url: str, payloads: list[str]) -> Receipt:
    """One complaint that holds them all."""
    body = {"subject": payloads[0][:200], "description": "\n".join(payloads), "confidentiality": "named"}
    body["contact"] = {"name": payloads[0][:80]}  # type: ignore[assignment]
    asked = urllib.request.Request(
        f"{url}/api/v1/complaints", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked, timeout=30) as answer:
        receipt = json.load(answer)
    return Receipt(receipt["case_number"], receipt["receipt_code"], "")


def has_run(walker: Any) -> bool:
    return bool(walker.page.evaluate("window.ran === true || document.querySelector('iframe, x5s, base') !== null"))


@pytest.mark.parametrize("journey", [("zh-hans", 320)], indirect=True)
def test_what_somebody_wrote_is_shown_and_never_runs(journey):
    li_mei = journey.resident(bypass_csp=True)
    registrar = journey.officer("luo-yiming", bypass_csp=True)
    for walker in (li_mei, registrar):
        walker.page.add_init_script(WATCH)
        walker.page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    for start in range(0, len(EVERYTHING), CHUNK):
        payloads = EVERYTHING[start : start + CHUNK]
        receipt = filed(journey.town.url, payloads)
        li_mei.follows(receipt)
        for name in ("content", "message"):
            li_mei.visit(f"portal:{name}", receipt.number)
            assert not has_run(li_mei), (name, start)
        li_mei.fill(text="\n".join(payloads))
        li_mei.press("Send message")
        assert "x5s" in li_mei.text and not has_run(li_mei), start
        for name in ("case", "case-print", "summary", "message"):
            registrar.visit(f"desk:{name}", receipt.number)
            assert not has_run(registrar), (name, start)
        registrar.visit("desk:case", receipt.number)
        assert "x5s" in registrar.text
        registrar.visit("desk:queue", "new")
        assert not has_run(registrar)


@pytest.mark.parametrize("journey", [("zh-hans", 320)], indirect=True)
def test_one_that_ran_would_be_seen(journey):
    visitor = journey.resident(bypass_csp=True)
    visitor.page.add_init_script(WATCH)
    visitor.visit("portal:start")
    assert not has_run(visitor)
    visitor.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,\" onerror=x5s()>')")
    visitor.page.wait_for_function("window.ran === true")
    assert has_run(visitor)
