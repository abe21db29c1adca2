"""A resident: files, keeps the receipt, follows the matter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.journeys.walking import Walker

NUMBER = re.compile(r"\b\d{4}-\d{4}-\d{2}\b")
CODE = re.compile(r"\b(?:\d{4} ){4}\d{4}\b")
SUBJECT = {"zh-hans": "夜间施工噪音", "en": "Building noise at night"}
STORY = {
    "zh-hans": "河边工地每天夜里施工到两点，孩子睡不着。\n希望夜里停下来。👵🏽",
    "en": "The site by the river works until two at night; the children cannot sleep.\nI want it to stop at night. 👵🏽",
}


@dataclass(frozen=True)
class Receipt:
    """What a resident writes down."""

    number: str
    code: str
    word: str


class Resident(Walker):
    """Files and follows."""

    @property
    def subject(self) -> str:
        """What it is about, in the resident's language."""
        return SUBJECT[self.say.code]

    @property
    def story(self) -> str:
        """What happened, in the resident's language."""
        return STORY[self.say.code]

    def begins(self) -> None:
        """From the start page to the first question."""
        self.visit("portal:start")
        self.go(self.page.get_by_role("link", name=self.say("File a complaint")).first)

    def answers(
        self,
        *,
        known: str = "named",
        about_officer: str = "",
        where: bool = False,
        conduct: dict[str, str] | None = None,
        **reach: str,
    ) -> None:
        """All questions up to the check page; ``reach`` goes to the last of them."""
        self.fill(subject=self.subject, description=self.story)
        self.press("Continue")
        if where:
            self.choose("category", self.say.of({"zh": "噪声扰民", "en": "Noise"}))
            self.choose("area", self.say.of({"zh": "码头社区", "en": "Quayside"}))
        self.press("Continue")
        if about_officer:
            self.choose("about_officer", self.say.officer(about_officer))
        self.press("Continue")
        if about_officer:
            self.fill(**(conduct or {}))
            self.press("Continue")
        self.fill(confidentiality=known)
        self.press("Continue")
        if known != "anonymous":
            self.fill(**reach)
            self.press("Continue")
        self.says("Check your answers")

    def sends(self) -> Receipt:
        """Send, and write number and code down."""
        self.press("Send")
        self.says("We have received it")
        return self.receipt()

    def files(
        self,
        *,
        known: str = "named",
        about_officer: str = "",
        where: bool = False,
        conduct: dict[str, str] | None = None,
        **reach: str,
    ) -> Receipt:
        """From the start page to the receipt."""
        self.begins()
        self.answers(known=known, about_officer=about_officer, where=where, conduct=conduct, **reach)
        return self.sends()

    def receipt(self) -> Receipt:
        """What the receipt page shows."""
        text = self.text
        number, code = NUMBER.search(text), CODE.search(text)
        assert number and code, text
        heading = self.page.get_by_role("heading", name=self.say("Status word for the telephone"))
        word = heading.locator("xpath=following::strong[1]").inner_text()
        return Receipt(number.group(), code.group(), word)

    def follows(self, receipt: Receipt) -> None:
        """Number and code open the matter."""
        self.visit("portal:start")
        self.go(self.page.get_by_role("link", name=self.say("Follow yours")).first)
        self.fill(case_number=receipt.number, receipt_code=receipt.code)
        self.press("Open")
        self.reads(receipt.number)

    def returns(self, receipt: Receipt) -> None:
        """Open the page of the matter again, within the half hour."""
        self.visit("portal:case", receipt.number)
        self.reads(receipt.number)
