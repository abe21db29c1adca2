"""Every page of both fronts, both languages, both widths: open to everybody, light, alone, and quick to leave."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from huiyin.record.bodies.gates import GATES
from tests.journeys.residents import Receipt

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (320, 1280)
LANGUAGES = ("zh-hans", "en")
HEAVIEST = 60 * 1024  # bytes over the wire of a portal page on the first visit, style sheet and pictures included
# What answers with a file, a redirection or another page of this list.
NO_PAGES = {
    "portal:source-archive", "portal:proof-file", "portal:leave", "portal:sign-off", "portal:letter",
    "intake:receipt-file", "intake:receipt-qr", "intake:put-away",
    "desk:sign-out", "desk:stand-in-end", "desk:token-end", "desk:letter",
}  # fmt: skip
FREE = (
    "portal:start", "portal:guide", "portal:contact", "portal:protection", "portal:procedure", "portal:paper-form",
    "portal:source", "portal:track", "intake:begin", "intake:receipt",
)  # fmt: skip
STEPS = ("what", "where", "whom", "known", "reach")
OF_A_MATTER = ("case", "message", "correction", "contact-details", "rating", "contest", "content", "proof")
DESK = (
    "day", "search", "register", "enquiry", "hand-over", "stand-ins", "tokens", "settings", "keys",
)  # fmt: skip
ONCE = pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "").startswith("postgres"),
    reason="pages look the same on both engines: seen on SQLite",
)
QUEUES = ("overdue", "new", "unit", "sign")


class Examiner:
    """Looks at one page after the other, at both widths, and notes what it saw."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.axe = Axe()
        self.seen: set[str] = set()
        self.faults: list[str] = []

    def examine(self, name: str, what: str = "") -> None:
        """The page that is open now."""
        self.seen.add(name)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            where = f"{name} {what} at {width} px"
            wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                self.faults.append(f"{where}: scrolls sideways by {wide} px")
            found = self.axe.run(self.page, options=RULES)
            for each in found.response["violations"]:
                spots = [" ".join(node["target"]) + ": " + node["failureSummary"] for node in each["nodes"][:2]]
                self.faults.append(f"{where}: {each['id']}: " + " | ".join(spots))


@contextmanager
def examined(walker: Any) -> Iterator[Callable[..., None]]:
    """Examine each page the walker stands on; all that was found comes at the end."""
    examiner = Examiner(walker.page)
    yield examiner.examine
    assert not examiner.faults, "\n".join(examiner.faults)


@ONCE
@pytest.mark.parametrize("journey", [(language, 1280) for language in LANGUAGES], indirect=True, ids=LANGUAGES)
class TestOpenToEverybody:
    """Axe finds nothing, and nothing scrolls sideways."""

    def test_pages_for_everybody(self, journey):
        visitor = journey.resident(bypass_csp=True)
        with examined(visitor) as look:
            for name in FREE:
                visitor.visit(name)
                look(name)
            visitor.page.goto(journey.town.url + "/no/such/page/")
            look("not found")

    def test_filing_and_its_slips(self, journey):
        visitor = journey.resident(bypass_csp=True)
        with examined(visitor) as look:
            for step in STEPS:
                visitor.visit("intake:step", step)
                look("intake:step", step)
            visitor.visit("intake:step", "what")
            visitor.press("Continue")
            look("intake:step", "with errors")
            visitor.visit("intake:check")
            look("intake:check", "empty")
            visitor.begins()
            visitor.answers(where=True, about_officer="qian-shouyi", name="李梅")
            look("intake:check")
            visitor.sends()
            visitor.unfolds()
            look("intake:receipt", "with everything open")

    def test_following_an_answered_matter(self, journey):
        handed = journey.town.introduction["receipts"]
        visitor = journey.resident(bypass_csp=True)
        with examined(visitor) as look:
            for row in reversed(handed):
                visitor.follows(Receipt(row["number"], row["code"], ""))
                visitor.unfolds()
                look("portal:case", row["state"])
            for name in OF_A_MATTER:
                visitor.visit(f"portal:{name}", handed[0]["number"])
                assert visitor.page.locator("[name=receipt_code]").count() == 0
                look(f"portal:{name}")
            visitor.visit("portal:message", handed[0]["number"])
            visitor.press("Send message")
            look("portal:message", "with errors")
            visitor.visit("portal:track")
            visitor.fill(case_number="1234", receipt_code="5678")
            visitor.press("Open")
            look("portal:track", "refused")

    def test_the_desk(self, journey):
        officer = journey.officer("luo-yiming", bypass_csp=True)
        with examined(officer) as look:
            officer.visit("desk:register")
            officer.press("Register")
            look("desk:register", "with errors")
            officer.fill(channel="letter", subject="x" * 200, description="长" * 3000, confidentiality="named")
            officer.press("Register")
            look("desk:registered")
            officer.follow("Slip to stamp")
            look("desk:slip")
            for name in DESK:
                officer.visit(f"desk:{name}")
                look(f"desk:{name}")
            for queue in QUEUES:
                officer.visit("desk:queue", queue)
                look("desk:queue", queue)
            officer.visit("desk:search", query="?q=噪")
            look("desk:search", "refused")
            officer.visit("desk:search", query="?q=in" if journey.say.code == "en" else "?q=工资")
            look("desk:search", "found")
            officer.page.goto(journey.town.url + reverse("desk:case", args=["1234-5678-95"]))
            look("desk:case", "not found")

    def test_a_matter_on_the_desk(self, journey):
        receipt = journey.resident().files(name="李梅", where=True)
        officer = journey.officer("luo-yiming", bypass_csp=True)
        officer.moves(receipt.number, "accept")
        officer.moves(receipt.number, "assign", to="fan-zhiyuan")
        officer = journey.officer("fan-zhiyuan", bypass_csp=True)
        number = receipt.number
        with examined(officer) as look:
            officer.opens(number)
            officer.unfolds()
            look("desk:case", "with everything open")
            for name in ("case-print", "message", "summary", "complete"):
                officer.visit(f"desk:{name}", number)
                look(f"desk:{name}")
            officer.begins_move(number, "reply")
            look("desk:move")
            officer.press("Look at it first")
            look("desk:move", "with errors")
            officer.fill(text="字" * 2000, outcome="explained", legal_basis="§")
            officer.press("Look at it first")
            look("desk:move", "preview")
            officer.confirms("reply")
            look("desk:case", "with a draft under way")
            officer.visit("desk:move", number, "reply")
            look("desk:move", "refused")
        unsealing = journey.officer("fan-zhiyuan", bypass_csp=True)
        unsealing.opens(number)
        with examined(unsealing) as look:
            unsealing.page.get_by_text(journey.say("Unseal with a reason"), exact=True).click()
            unsealing.press("Show the name")
            look("desk:unseal", "refused")
            unsealing.page.locator("select[name=reason]").select_option("protect")
            unsealing.press("Show the name")
            look("desk:unseal")
        signer = journey.officer("gu-changming", bypass_csp=True)
        with examined(signer) as look:
            signer.visit("desk:sign", number)
            look("desk:sign")
            signer.visit("desk:return-draft", number)
            look("desk:return-draft")

    def test_signing_in(self, journey):
        stranger = journey.resident(bypass_csp=True)
        with examined(stranger) as look:
            stranger.visit("desk:day")
            look("desk:sign-in")
            stranger.fill(username="nobody", password="wrong")
            stranger.press("Sign in")
            look("desk:sign-in", "refused")


def test_the_list_of_pages_is_whole():
    named = {*FREE, "intake:step", "intake:check", *(f"portal:{name}" for name in OF_A_MATTER)}
    named |= {f"desk:{name}" for name in DESK} | {
        "desk:sign-in", "desk:queue", "desk:registered", "desk:slip", "desk:case", "desk:case-print", "desk:move",
        "desk:sign", "desk:return-draft", "desk:message", "desk:summary", "desk:complete", "desk:unseal",
    }  # fmt: skip
    pages = {name for name in GATES if name.split(":")[0] in {"portal", "intake", "desk"}}
    assert pages - named - NO_PAGES == set(), "add the new page to the journeys above"


def weight(page: Page, address: str) -> tuple[int, list[str]]:
    """Bytes over the wire of everything a page fetches with an empty cache."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    fetched: list[int] = []
    addresses: list[str] = []
    wire.on("Network.loadingFinished", lambda event: fetched.append(int(event["encodedDataLength"])))
    wire.on("Network.requestWillBeSent", lambda event: addresses.append(event["request"]["url"]))
    page.goto(address, wait_until="networkidle")
    wire.detach()
    return sum(fetched), addresses


@ONCE
def test_no_portal_page_is_heavier_than_sixty_kilobytes_or_calls_anywhere_else(journey):
    handed = journey.town.introduction["receipts"][0]
    visitor = journey.resident()
    visitor.begins()
    visitor.answers(name="李梅")
    visitor.sends()
    visitor.follows(Receipt(handed["number"], handed["code"], ""))
    addresses = [reverse(name) for name in FREE] + [reverse("intake:step", args=[step]) for step in STEPS]
    addresses += [reverse(f"portal:{name}", args=[handed["number"]]) for name in OF_A_MATTER]
    heavy = {}
    for address in addresses:
        size, fetched = weight(visitor.page, journey.town.url + address)
        visitor.look()
        assert all(each.startswith((journey.town.url, "data:")) for each in fetched), fetched
        assert size > 1_000
        if size > HEAVIEST:
            heavy[address] = size
    assert heavy == {}


def test_the_quick_exit_leaves_nothing_behind(journey):
    say = journey.say
    li_mei = journey.resident()
    receipt = li_mei.files(name="李梅")
    li_mei.follows(receipt)
    li_mei.page.get_by_role("link", name=say("Leave this page quickly")).click()
    li_mei.page.wait_for_url(journey.town.exit)
    assert journey.elsewhere == [journey.town.exit], "the everyday page is the one place to go to"
    journey.elsewhere.clear()
    assert not [cookie for cookie in li_mei.page.context.cookies() if "localhost" in str(cookie.get("domain"))]
    li_mei.page.go_back()
    li_mei.reads_not(li_mei.story.splitlines()[0])
    li_mei.visit("portal:case", receipt.number)
    assert li_mei.page.locator("[name=receipt_code]").count() == 1
    li_mei.visit("intake:receipt")
    li_mei.says("No receipt is shown here")
