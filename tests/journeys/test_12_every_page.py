"""Every page of both fronts, both languages, both widths: open to everybody, light, alone, and quick to leave."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from huiyin.record.bodies.gates import GATES
from tests.axe import violations
from tests.journeys.residents import Receipt
from tests.record.entry.test_factors import shown_by_app
from tests.record.files.honest import png

WIDTHS = (320, 1280)
IN_FULL = bool(os.environ.get("HUIYIN_TEST_FULL"))
AXE_AT = {"zh-hans": WIDTHS, "en": WIDTHS} if IN_FULL else {"zh-hans": WIDTHS[:1], "en": WIDTHS[1:]}
LANGUAGES = ("zh-hans", "en")
HEAVIEST = 60 * 1024  # bytes over the wire of a portal page on the first visit, style sheet and pictures included
# What answers with a file, a redirection or another page of this list.
NO_PAGES = {
    "portal:source-archive", "portal:proof-file", "portal:leave", "portal:sign-off", "portal:letter", "portal:attachment", "portal:original",
    "desk:attachment",
    "portal:proof-others", "portal:unchanged", "portal:history",
    "transparency:today-line", "transparency:checkpoint", "transparency:tile", "transparency:entries",
    "transparency:add-cosignature", "transparency:verifier-program", "transparency:verifier-page",
    "intake:receipt-file", "intake:receipt-proof", "intake:receipt-qr", "intake:put-away",
    "desk:sign-out", "desk:stand-in-end", "desk:token-end", "desk:letter",
    "desk:move-letter", "desk:draft-letter", "desk:platform-file", "desk:external-end", "office:text", "office:letter-sample",
    "portal:security-txt", "portal:area-qr", "desk:other-house", "desk:other-house-back", "desk:session-end", "desk:sessions-end",
    "portal:area-photo", "portal:area-hours-file", "portal:office-hours-file", "portal:statistics-file",
    "portal:table-deed", "portal:table-letter", "desk:table-deed",
    "desk:tie-end", "desk:unseal-ask", "desk:identity-file", "portal:helper-end",
}  # fmt: skip
FREE = (
    "portal:start", "portal:guide", "portal:contact", "portal:protection", "portal:procedure", "portal:paper-form",
    "portal:source", "portal:rights", "portal:areas", "portal:mediation", "portal:track",
    "portal:going-out", "portal:invite", "portal:yours", "portal:suggestions", "portal:suggest", "portal:statistics",
    "intake:begin", "intake:receipt", "intake:staff", "transparency:start",
    "transparency:today",
)  # fmt: skip
STEPS = ("what", "where", "whom", "conduct", "known", "reach")
OF_A_MATTER = (
    "case",
    "message",
    "correction",
    "contact-details",
    "rating",
    "contest",
    "content",
    "proof",
    "way",
    "attachments",
    "confide",
)
OF_AN_AREA = ("area", "area-poster")
OFFICE = ("start", "procedures", "compare", "propose", "calendars", "routes", "areas", "letters")
OF_A_PACK = ("pack", "trial", "letters-of-pack")
DESK = (
    "day", "search", "register", "enquiry", "hand-over", "stand-ins", "tokens", "settings", "keys", "security",
    "password", "sealed", "security-key", "app-codes", "put-to-me", "ties", "rings", "photo", "erasures",
)  # fmt: skip
ONCE = pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "").startswith("postgres"),
    reason="pages look the same on both engines: seen on SQLite",
)
TABLE = "工单编号,标题,诉求内容,来电时间\n1,路灯,路灯坏了一个月,2026-3-5\n2,," + "长" * 300 + ",明天\n1,,又一次,\n"
SECOND_STEP = {"zh-hans": "lu-jian", "en": "jin-bo"}  # both languages meet in one town
ADMINISTRATORS = ("ji-ning", "mo-xiaofei")
QUEUES = ("overdue", "new", "unit", "sign", "promises", "asked")


def in_days(days: int) -> datetime.date:
    """A day from today on."""
    return datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=days)


class Examiner:
    """Looks at one page after the other and notes what it saw.

    Nothing may scroll sideways at either width. Axe looks at the Chinese page on a narrow screen and at the English
    one on a wide screen; with ``./run test --full`` at both in both.
    """

    def __init__(self, page: Page, axe_at: Sequence[int]) -> None:
        self.page, self.axe_at = page, axe_at
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
            if width in self.axe_at:
                self.faults += [f"{where}: {fault}" for fault in violations(self.page)]


@contextmanager
def examined(walker: Any) -> Iterator[Callable[..., None]]:
    """Examine each page the walker stands on; all that was found comes at the end."""
    examiner = Examiner(walker.page, AXE_AT[walker.say.code])
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
            for name in OF_AN_AREA:
                visitor.visit(f"portal:{name}", "wangchao")
                look(f"portal:{name}")
            visitor.visit("portal:area", "tinglan")
            look("portal:area", "the county")
            visitor.visit("portal:area-card", "wangchao", 4)
            look("portal:area-card")
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
            visitor.visit("portal:attachments", handed[0]["number"])
            good = {"name": "家.png", "mimeType": "image/png", "buffer": png()}
            bad = {"name": "x" * 90 + ".png", "mimeType": "image/png", "buffer": b"MZ\x00"}
            visitor.page.locator("[name=attached]").set_input_files([good, bad])
            visitor.press("Send the files")
            look("portal:attachments", "one taken, one refused")
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
            for name in ("case-print", "platform", "message", "summary", "complete", "external", "attachments"):
                officer.visit(f"desk:{name}", number)
                look(f"desk:{name}")
            officer.visit("desk:conversation", number)
            look("desk:conversation")
            officer.unfolds()
            officer.fill(reason="字" * 300)
            officer.press("Write it down")
            look("desk:conversation", "with errors")
            officer.fill(kind="visit", text="字" * 900, conduct="no_insults")
            officer.page.locator("[name=was_read_back]").check()
            for field, days in (("on", 0), ("ends_on", 20)):
                officer.fill_day(field, in_days(days))
            officer.press("Write it down")
            look("desk:case", "with a visit")
            officer.opens(number)
            officer.follow_words(officer.say("Record how it reached the person"))
            look("desk:service")
            officer.press("Write it down")
            look("desk:service", "with errors")
            officer.begins_move(number, "reply")
            look("desk:move")
            officer.press("Look at it first")
            look("desk:move", "with errors")
            officer.fill(text="字" * 2000, outcome="explained", legal_basis="§")
            officer.looks_first()
            look("desk:move", "preview")
            officer.confirms("reply")
            look("desk:case", "with a draft under way")
            officer.visit("desk:move", number, "reply")
            look("desk:move", "refused")
        visitor = journey.resident(bypass_csp=True)
        with examined(visitor) as look:
            visitor.follows(receipt)
            look("portal:case", "with a visit")
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

    def test_what_was_promised(self, journey):
        receipt = journey.resident().files(name="李梅", where=True)
        number, soon = receipt.number, datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=20)
        registrar = journey.officer("luo-yiming")
        registrar.moves(number, "accept")
        registrar.moves(number, "assign", to="zhao-min")
        zhao = journey.officer("zhao-min", bypass_csp=True)
        with examined(zhao) as look:
            zhao.begins_move(number, "reply")
            zhao.fill(
                text="字", outcome="not_supported", legal_basis="§", duty_kind_0="look_again", duty_text_0="长" * 900
            )
            zhao.fill_day("duty_due_on_0", soon)
            zhao.press("Look at it first")
            look("desk:move", "a promise of who says no")
            zhao.press("More lines for promises")
            zhao.fill(outcome="supported", duty_kind_4="payment", duty_text_4="x" * 300)
            zhao.fill_day("duty_due_on_4", soon)
            look("desk:move", "with more lines")
            zhao.looks_first()
            look("desk:move", "preview of promises")
            zhao.confirms("reply")
            for signer in ("qian-shouyi", "yuan-hui", "lei-zhensheng", "deng-ping"):
                journey.officer(signer).signs(number)
            zhao.opens(number)
            look("desk:case", "with promises")
            for deed in ("done", "later"):
                zhao.visit("desk:duty", number, 1, deed)
                zhao.go(zhao.page.locator("form.paper button[type=submit]"))
                look("desk:duty", deed)
            zhao.visit("desk:queue", "promises")
            zhao.reads(number)
            look("desk:queue", "promises")
        li_mei = journey.resident(bypass_csp=True)
        with examined(li_mei) as look:
            li_mei.follows(receipt)
            look("portal:case", "with promises")
            li_mei.visit("portal:duty", number, 2)
            li_mei.press("Say it")
            look("portal:duty", "with errors")
            li_mei.fill(answer="confirm")
            li_mei.press("Say it")
            li_mei.visit("portal:content", number)
            li_mei.go(li_mei.page.get_by_role("button", name=journey.say.move("accept_reply"), exact=True))
            look("portal:case", "ended, with a promise kept")
            li_mei.follow("Come back to this matter")
            li_mei.press("Send")
            look("portal:come-back", "with errors")
            li_mei.fill(text="字" * 500)
            li_mei.press("Send")
            look("portal:case", "come back to")
            made = li_mei.page.locator("section[aria-labelledby=links] a").first.get_attribute("href").split("/")[-2]
        registrar = journey.officer("luo-yiming", bypass_csp=True)
        with examined(registrar) as look:
            registrar.opens(made)
            look("desk:case", "that comes back")

    def test_what_protects_the_complainant(self, journey):
        receipt = journey.resident().files(name="李梅", where=True)
        number = receipt.number
        registrar = journey.officer("luo-yiming")
        registrar.moves(number, "accept")
        registrar.moves(number, "assign", to="zhao-min")
        journey.officer("zhao-min").opens(number)
        li_mei = journey.resident(bypass_csp=True)
        with examined(li_mei) as look:
            li_mei.follows(receipt)
            li_mei.follow("Say that you were put under pressure")
            li_mei.press("Send to the desk outside")
            look("portal:pressure", "with errors")
            li_mei.fill(text="字" * 300, who="x" * 100)
            li_mei.press("Send to the desk outside")
            look("portal:case", "with a report of pressure")
            made = li_mei.page.locator("section[aria-labelledby=links] a").first.get_attribute("href").split("/")[-2]
            li_mei.visit("portal:case", made)
            look("portal:case", "the report of pressure")
            li_mei.visit("portal:case", number)
            li_mei.go(li_mei.page.locator("section[aria-labelledby=looks] td a").first)
            li_mei.press("Ask")
            look("portal:look", "with errors")
            li_mei.fill(text="字" * 200)
            li_mei.press("Ask")
            look("portal:case", "with a question about a look")
            li_mei.follow("Ask that another officer deals with it")
            li_mei.press("Ask for another officer")
            look("portal:recusal", "with errors")
            li_mei.fill(text="字" * 200)
            li_mei.press("Ask for another officer")
            li_mei.follow("Say whom it is about")
            li_mei.press("Name them")
            look("portal:name", "with errors")
            li_mei.visit("portal:case", number)
            look("portal:case", "with another officer asked for")
            li_mei.follow("Withdraw this matter")
            look("portal:withdraw")
            li_mei.press("Ask to withdraw")
            look("portal:case", "with a withdrawal under way")
            li_mei.follow("Undo the withdrawal")
            look("portal:withdraw-undo")
        outside = journey.officer("hua-qin", bypass_csp=True)
        with examined(outside) as look:
            outside.visit("desk:queue", "asked")
            look("desk:queue", "asked")
            outside.go(outside.page.locator(f"a[href*='/desk/asked/{number}/']"))
            outside.go(outside.page.locator("form.paper button[type=submit]"))
            look("desk:ask", "with errors")
            outside.visit("desk:paper-withdrawal")
            look("desk:paper-withdrawal")
        zhao = journey.officer("zhao-min", bypass_csp=True)
        with examined(zhao) as look:
            zhao.visit("desk:step-aside", number)
            zhao.press("Step aside now")
            look("desk:step-aside", "with errors")
        shi_jing = journey.officer("shi-jing", bypass_csp=True)
        with examined(shi_jing) as look:
            shi_jing.visit("desk:name", made)
            shi_jing.press("Name them")
            look("desk:name", "with errors")

    def test_going_out(self, journey):
        visitor = journey.resident(bypass_csp=True)
        with examined(visitor) as look:
            visitor.visit("portal:invite", query="?area=wangchao")
            visitor.press("Send the invitation")
            look("portal:invite", "with errors")
            visitor.fill(part="evening", where="字" * 200, name="李梅", note="字" * 600)
            visitor.fill_day("wished_on", in_days(3))
            visitor.press("Send the invitation")
            look("portal:invite", "sent")
            number, code = visitor.page.locator(".code__digits").all_inner_texts()
            visitor.visit("portal:yours")
            visitor.fill(number=number, code="1")
            visitor.press("Open")
            look("portal:yours", "refused")
            visitor.fill(number=number, code=code)
            visitor.press("Open")
            look("portal:yours", "with an invitation")
            visitor.visit("portal:suggest", query="?area=wangchao")
            visitor.press("Send the suggestion")
            look("portal:suggest", "with errors")
            visitor.fill(text="字" * 900)
            visitor.press("Send the suggestion")
            look("portal:suggest", "sent")
            suggested, _code = visitor.page.locator(".code__digits").all_inner_texts()
            visitor.visit("portal:statistics")
            visitor.go(visitor.page.locator("main a[href*='/statistics/20']").first)
            look("portal:statistics-quarter")
        lin_hai = journey.officer("lin-hai", bypass_csp=True)
        with examined(lin_hai) as look:
            lin_hai.visit("desk:visit", number)
            lin_hai.press("Answer")
            look("desk:visit", "with errors")
            lin_hai.press("Open who invites and where to")
            look("desk:visit", "opened")
            lin_hai.visit("desk:suggestion", suggested)
            lin_hai.press("Answer")
            look("desk:suggestion", "with errors")
            lin_hai.visit("desk:going-out")
            lin_hai.unfolds()
            lin_hai.press("Plan it")
            look("desk:going-out", "with errors")
            lin_hai.fill(area="shaba", begins="9:00", ends="11:00", place_zh="村委会" * 20, place_en="Office " * 20)
            lin_hai.fill_day("day", in_days(9))
            lin_hai.press("Plan it")
            lin_hai.go(lin_hai.page.locator("a[href*='/desk/going-out/hours/']").first)
            look("desk:office-hour")
            lin_hai.visit("desk:photo")
            lin_hai.page.locator("[name=photo]").set_input_files(
                [{"name": "我.png", "mimeType": "image/png", "buffer": png()}]
            )
            lin_hai.press("Show this photo")
            look("desk:photo", "with a photo")
            lin_hai.visit("desk:rings")
            lin_hai.unfolds()
            lin_hai.press("Ring")
            look("desk:rings", "with errors")
            lin_hai.fill(area="wangchao", kind="call")
            lin_hai.press("Ring")
            look("desk:rings", "ringing")
            lin_hai.press("I see to it")
            look("desk:rings", "answered")
            lin_hai.visit("desk:office-hour", 1)
            lin_hai.press("Keep the suggestion")
            look("desk:office-hour", "with errors")
        with examined(visitor) as look:
            visitor.visit("portal:area", "wangchao")
            look("portal:area", "with a photo and office hours")
            visitor.visit("portal:area-poster", "wangchao")
            look("portal:area-poster", "with a photo")
        head = journey.officer("luo-yiming", bypass_csp=True)
        with examined(head) as look:
            for name in ("figures", "disputes"):
                head.visit(f"desk:{name}")
                look(f"desk:{name}")

    def test_a_complaint_about_staff(self, journey):
        conduct = {"complaint_class": "misconduct", "evidence_camera": "on", "evidence_words": "字" * 300}
        receipt = journey.resident().files(about_officer="qian-shouyi", name="李梅", conduct=conduct)
        number = receipt.number
        outside = journey.officer("shi-jing", bypass_csp=True)
        with examined(outside) as look:
            outside.opens(number)
            look("desk:case", "about staff")
            outside.visit("desk:set-class", number)
            outside.press("Set the class")
            look("desk:set-class", "with errors")
            outside.fill(complaint_class="misconduct", why="字" * 200)
            outside.press("Set the class")
            outside.go(outside.page.locator(f"a[href*='/desk/asked/{number}/']").first)
            look("desk:ask", "evidence")
            outside.fill(outcome="partly", text="字" * 200)
            outside.press("Answer")
            outside.visit("desk:put", number)
            outside.press("Put it to the officer")
            look("desk:put", "with errors")
            outside.fill(officer="qian-shouyi", text="字" * 300)
            outside.press("Put it to the officer")
            outside.visit("desk:let-back", number)
            outside.press("Propose it")
            look("desk:let-back", "with errors")
            outside.fill(why="字" * 100)
            outside.press("Propose it")
            look("desk:case", "about staff, with everything under way")
        li_mei = journey.resident(bypass_csp=True)
        with examined(li_mei) as look:
            li_mei.follows(receipt)
            look("portal:case", "about staff")
            li_mei.follow("I do not agree with the class")
            li_mei.press("Send")
            look("portal:doubt", "with errors")
        qian = journey.officer("qian-shouyi", bypass_csp=True)
        with examined(qian) as look:
            qian.visit("desk:put-to-me")
            look("desk:put-to-me", "with something put")
            qian.go(qian.page.locator(".move a.button").first)
            qian.press("Answer")
            look("desk:put-answer", "with errors")
        administrator = journey.officer("ji-ning", bypass_csp=True)
        with examined(administrator) as look:
            administrator.visit("office:desks")
            look("office:desks")
            administrator.visit("office:desks-of", "county-port")
            administrator.press("Propose it")
            look("office:desks-of", "with errors")
            administrator.fill(desk="supervision", officer="bao-zhen", why="x" * 100)
            administrator.press("Propose it")
            look("office:desk-proposal")

    def test_what_tells_who_somebody_is(self, journey):
        receipt = journey.resident().files(known="confidential", name="李梅")
        number = receipt.number
        registrar = journey.officer("luo-yiming", bypass_csp=True)
        registrar.moves(number, "accept")
        with examined(registrar) as look:
            registrar.visit("desk:reader-copy", number)
            look("desk:reader-copy")
            registrar.press("Look at the copy")
            look("desk:reader-copy", "as it will be read")
            registrar.press("Make this copy")
            registrar.visit("desk:original", number)
            look("desk:original")
        registrar.moves(number, "assign", to="zhao-min")
        zhao = journey.officer("zhao-min", bypass_csp=True)
        zhao.opens(number)
        zhao.unfolds()
        zhao.page.locator("form[action$='/identity/ask/'] select").select_option("protect")
        zhao.go(zhao.page.locator("form[action$='/identity/ask/'] button"))
        second = journey.officer("hua-qin", bypass_csp=True)
        with examined(second) as look:
            second.visit("desk:seconds")
            second.unfolds()
            look("desk:seconds")
            while (agree := second.page.locator("button[name=answer][value=agree]")).count():
                second.go(agree.first)
            look("desk:seconds", "agreed")
        zhao.opens(number)
        zhao.unfolds()
        with examined(zhao) as look:
            zhao.go(zhao.page.locator("form[action$='/identity/together/'] button"))
            look("desk:unseal-together")
        li_mei = journey.resident(bypass_csp=True)
        with examined(li_mei) as look:
            li_mei.follows(receipt)
            for name in ("helpers", "new-code"):
                li_mei.visit(f"portal:{name}", number)
                li_mei.unfolds()
                look(f"portal:{name}")
            li_mei.visit("portal:case", number)
            li_mei.fill(text="长" * 300)
            li_mei.go(li_mei.page.locator("form[action$='/message/'] button").last)
            li_mei.visit("portal:case", number)
            look("portal:case", "with a message that waits to be covered")
        with examined(registrar) as look:
            registrar.visit("desk:cover-message", number, 1)
            look("desk:cover-message")
            registrar.press("Look at the copy")
            look("desk:cover-message", "as it will be read")

    def test_a_table_taken_over(self, journey):
        officer = journey.officer("luo-yiming", bypass_csp=True)
        with examined(officer) as look:
            officer.visit("desk:take-over")
            look("desk:take-over")
            officer.press("See what would happen")
            look("desk:take-over", "with errors")
            officer.fill(system=f"12345 {journey.say.code}")  # both languages meet in one town
            officer.page.locator("input[type=file]").set_input_files(
                {"name": "table.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
            )
            officer.press("See what would happen")
            officer.unfolds()
            look("desk:take-over", "what would happen")
            officer.go(officer.page.locator("button[value=do]"))
            look("desk:take-over", "done")

    def test_the_monthly_report(self, journey):
        officer = journey.officer("xie-ning", bypass_csp=True)
        with examined(officer) as look:
            officer.visit("desk:report")
            look("desk:report")

    def test_what_the_office_keeps(self, journey):
        keeper = journey.officer("gu-changming", bypass_csp=True)
        with examined(keeper) as look:
            for name in OFFICE:
                keeper.visit(f"office:{name}")
                keeper.unfolds()
                look(f"office:{name}")
            for name in OF_A_PACK:
                keeper.visit(f"office:{name}", "version-1")
                keeper.unfolds()
                look(f"office:{name}")
            keeper.visit("office:trial", "version-1", query="?filed=2025-09-26&done=nothing~2025-10-09~~")
            keeper.unfolds()
            look("office:trial", "refused")
            keeper.visit("office:route", "court")
            keeper.fill(name_en="")
            keeper.press("Keep")
            look("office:route", "with errors")
            keeper.visit("office:area", "wangchao")
            keeper.unfolds()
            look("office:area", "with everything open")
            keeper.fill(**{"contact-telephone": "call me"})
            keeper.go(keeper.page.locator("form:has([name='contact-post']) button"))
            look("office:area", "with errors")
            keeper.visit("office:propose")
            keeper.fill(text="id = 1")
            keeper.press("Check it")
            look("office:propose", "with faults")
            keeper.visit("office:propose", query="?from=version-1")
            version = keeper.page.locator("textarea[name=text]").input_value()
            keeper.fill(text=version.replace('version = "', 'version = "next-', 1), why="shown to a test")
            keeper.press("Check it")
            look("office:propose", "sound")
            keeper.press("Propose it")
            look("office:proposal")
            keeper.visit("office:year", "CN", 2027)
            keeper.fill(source="x" * 200, holidays="2027-01-01 元旦 / New Year", why="shown to a test")
            keeper.press("Look what it changes")
            look("office:year")
            keeper.press("Propose it")
            look("office:year-proposal")
        second = journey.officer("ji-ning", bypass_csp=True)
        with examined(second) as look:
            second.visit("office:start")
            look("office:start", "with what waits")
            second.visit("office:procedures")
            second.go(second.page.locator("main a[href*='/proposals/']").first)
            look("office:proposal", "of somebody else")

    def test_the_second_step(self, journey):
        officer = journey.officer(SECOND_STEP[journey.say.code], bypass_csp=True)
        with examined(officer) as look:
            officer.visit("desk:app-codes")
            officer.unfolds()
            look("desk:app-codes")
            officer.press("Check and add")
            look("desk:app-codes", "with errors")
            secret = officer.page.locator("p.token").text_content().replace(" ", "")
            officer.fill(code=shown_by_app(secret))
            officer.press("Check and add")
            look("desk:recovery-codes", "made")
            officer.visit("desk:recovery-codes")
            look("desk:recovery-codes")
            officer.visit("desk:security")
            look("desk:security", "with an app")
            officer.go(officer.page.locator("main a[href*='/remove/']").first)
            look("desk:factor-remove")
            officer.press("Remove it")
            look("desk:factor-remove", "with errors")
            again = journey.resident(bypass_csp=True)
            again.page.goto(journey.town.url + reverse("desk:sign-in"))
            again.fill(username=SECOND_STEP[journey.say.code], password="every-complaint-gets-an-answer")
            again.press("Sign in")
        with examined(again) as look:
            again.unfolds()
            look("desk:second-step")
            again.press("Go on")
            look("desk:second-step", "with errors")
        keeper = journey.officer(ADMINISTRATORS[0], bypass_csp=True)
        with examined(keeper) as look:
            keeper.visit("office:lost-factors")
            keeper.press("Propose it")
            look("office:lost-factors", "with errors")
            keeper.fill(who=SECOND_STEP[journey.say.code], why="长" * 200)
            keeper.press("Propose it")
            look("office:lost-factor", "of one's own")
            address = keeper.page.url
        second = journey.officer(ADMINISTRATORS[1], bypass_csp=True)
        with examined(second) as look:
            second.visit("office:lost-factors")
            look("office:lost-factors", "with what waits")
            second.page.goto(address)
            look("office:lost-factor")
            second.press("Approve and show the code")
            look("office:lost-factor", "approved")

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
        "portal:duty", "portal:come-back", "portal:pressure", "portal:look", "portal:withdraw", "portal:withdraw-undo",
        "portal:recusal", "portal:name", "desk:step-aside", "desk:name",
        "desk:sign-in", "desk:queue", "desk:registered", "desk:slip", "desk:case", "desk:case-print", "desk:move",
        "desk:sign", "desk:return-draft", "desk:message", "desk:summary", "desk:complete", "desk:unseal", "desk:platform", "desk:service",
        "desk:duty", "desk:ask", "desk:paper-withdrawal",
        "desk:external", "desk:take-over", "desk:report", "desk:attachments", "desk:conversation",
        "desk:set-class", "desk:put", "desk:put-answer", "desk:let-back", "portal:doubt",
        "desk:reader-copy", "desk:original", "desk:cover-message",
        "desk:erasure",  # years after an end: tests/front/desk/test_erasing_in_a_browser.py
        "desk:seconds", "desk:unseal-together", "portal:helpers", "portal:new-code",
        "portal:ask", "portal:mediate", "portal:table", "portal:table-pressure", "portal:table-rating", "desk:table", "desk:dispute",
        "portal:statistics-quarter", "desk:going-out", "desk:office-hour", "desk:visit", "desk:suggestion",
        "desk:figures", "desk:disputes",
    }  # fmt: skip
    named |= {"desk:second-step", "desk:recovery-codes", "desk:factor-remove"}
    named |= {
        f"office:{name}"
        for name in (
            *OFFICE,
            "lost-factors",
            "lost-factor",
            *OF_A_PACK,
            "proposal",
            "year",
            "year-proposal",
            "route",
            "area",
            "desks",
            "desks-of",
            "desk-proposal",
        )
    }
    named |= {f"portal:{name}" for name in (*OF_AN_AREA, "area-card")}
    pages = {name for name in GATES if name.split(":")[0] in {"portal", "intake", "desk", "office"}}
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
@pytest.mark.parametrize("journey", [(language, 1280) for language in LANGUAGES], indirect=True, ids=LANGUAGES)
def test_pages_of_two_sides(journey):
    visitor = journey.resident(bypass_csp=True)
    with examined(visitor) as look:
        visitor.visit("portal:ask")
        look("portal:ask", "first")
        visitor.press("Continue")
        look("portal:ask", "with errors")
        first = ("abuse", "crime", "refused", "special_body", "status", "office")
        visitor.fill(**{f"not_{each}": "yes" for each in first})
        visitor.press("Continue")
        look("portal:ask", "elsewhere")
        visitor.press("Back to the questions")
        visitor.fill(**{f"not_{each}": "no" for each in first})
        visitor.press("Continue")
        look("portal:ask", "what")
        visitor.fill(kind="family", words="长" * 300, released="想谈谈。")
        visitor.press("Continue")
        look("portal:ask", "whom")
        visitor.fill(other_name="张伟", is_both="on")
        visitor.press("Continue")
        look("portal:ask", "reach")
        visitor.fill(name="李梅", phone="1")
        visitor.press("Continue")
        look("portal:ask", "check")
        visitor.press("Send")
        look("intake:receipt", "of a dispute")
        numbers, codes = re.findall(r"\d{4}-\d{4}-\d{2}", visitor.text), re.findall(r"(?:\d{4} ){4}\d{4}", visitor.text)
        visitor.follows(Receipt(numbers[0], codes[0], ""))
        look("portal:table", "of the asking side")
    keeper = journey.officer("luo-yiming", bypass_csp=True)
    with examined(keeper) as look:
        keeper.visit("desk:dispute")
        look("desk:dispute")
        keeper.press("Open it")
        look("desk:dispute", "with errors")
        keeper.visit("desk:table", numbers[0])
        keeper.unfolds()
        look("desk:table", "unfolded")
        keeper.page.locator("#urgency-colour_0").check()
        keeper.page.locator("#urgency-reason").fill("长" * 200)
        keeper.go(keeper.page.locator("form[action$='/table/urgency/'] button"))
        look("desk:table", "with what was said")
        keeper.unfolds()
        keeper.go(keeper.page.locator("form[action$='/table/invite/'] button"))
        look("desk:table", "slip")
        slip = keeper.page.locator("body").inner_text()
        keeper.visit("desk:table", numbers[0])
        keeper.unfolds()
        keeper.go(keeper.page.locator("form[action$='/table/reach/'] button"))
        look("desk:table", "how to reach a side")
    other = journey.resident(bypass_csp=True)
    with examined(other) as look:
        number, code = re.search(r"\d{4}-\d{4}-\d{2}", slip), re.search(r"(?:\d{4} ){4}\d{4}", slip)
        assert number is not None and code is not None
        other.follows(Receipt(number.group(), code.group(), ""))
        look("portal:table")
        other.visit("portal:table-pressure", number.group())
        look("portal:table-pressure")
        other.fill(text="有人逼我。")
        other.press("Send to the desk outside")
        look("portal:table-pressure", "sent")
        other.visit("portal:table", number.group())
        other.go(other.page.locator("form[action$='/do/no/'] button").first)
        look("portal:table", "over")
        other.visit("portal:table-rating", number.group())
        look("portal:table-rating")
        other.press("Rate")
        look("portal:table-rating", "with errors")
    complainant = journey.resident(bypass_csp=True)
    with examined(complainant) as look:
        receipt = complainant.files(name="李梅")
        complainant.follows(receipt)
        look("portal:case", "with the way to mediation")
        complainant.follow("Ask for mediation")
        look("portal:mediate")


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
    addresses += [reverse(f"portal:{name}", args=["wangchao"]) for name in OF_AN_AREA]
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
