"""An officer at the desk: opens, moves, signs, writes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Locator

from huiyin.demo.settling import PASSPHRASE
from huiyin.record.cases.lists.queues import QUEUES
from tests.journeys.speech import people
from tests.journeys.walking import Walker

LAW = {"zh-hans": "《信访工作条例》第三十二条", "en": "Regulations on Petitions, Article 32"}


class Officer(Walker):
    """Somebody signed in."""

    after_unlocking: Callable[[Walker], None] = staticmethod(lambda _walker: None)

    def visit(self, name: str, *args: object, query: str = "") -> int:
        """A sealed matter asks for the vault passphrase first, and then opens where one wanted to go."""
        status = super().visit(name, *args, query=query)
        if name != "desk:sealed" and reverse("desk:sealed") in self.page.url:
            self.unlocks()
            return 200
        return status

    def go(self, way: Locator) -> None:
        """The same where a link leads to a sealed matter."""
        super().go(way)
        if f"{reverse('desk:sealed')}?" in self.page.url:
            self.unlocks()

    def unlocks(self) -> None:
        """Type the vault passphrase."""
        self.says("Locked: unlock to read")
        self.fill(passphrase=PASSPHRASE)
        self.press("Unlock")
        self.after_unlocking(self)

    def opens(self, number: str) -> None:
        """The page of a matter."""
        assert self.visit("desk:case", number) == 200
        self.reads(number)

    def finds_no_trace(self, number: str, words: str) -> None:
        """Not in the day, not in any queue, not by search, not by its address."""
        self.visit("desk:day")
        self.reads_not(number)
        for queue in QUEUES:
            status, page = self.asks("desk:queue", queue)
            assert status == 200 and number not in page, queue
        self.visit("desk:search", query=f"?q={words}")
        self.reads_not(number)
        assert self.visit("desk:case", number) == 404
        barred = ("case-print", "platform", "draft-letter", "summary", "complete", "message", "sign")
        for there in (*((f"desk:{page}", number) for page in barred), ("desk:move", number, "accept")):
            assert self.asks(*there)[0] == 404, there

    def asks(self, name: str, *args: object) -> tuple[int, str]:
        """The same browser asks for a page without laying it out: status, and every byte of it."""
        answer = self.page.request.get(self.town.url + reverse(name, args=args))
        return answer.status, answer.text()

    def copies_for_readers(self, number: str) -> None:
        """A confidential matter leaves its desk with a copy in which what tells who wrote it can be covered."""
        self.visit("desk:reader-copy", number)
        self.press("Look at the copy")
        self.press("Make this copy")

    def begins_move(self, number: str, move: str, procedure: str = "cn-xinfang") -> None:
        """Open the matter and choose a move among those possible now."""
        self.opens(number)
        self.go(self.page.get_by_role("link", name=self.say.move(move, procedure), exact=True).first)

    def moves(self, number: str, move: str, *, procedure: str = "cn-xinfang", to: str = "", **given: str) -> None:
        """Fill in what the move asks for, look at what will be read, confirm."""
        self.begins_move(number, move, procedure)
        if to:
            self.choose("to", self.say.officer(to) if to in people() else to)
        self.fill(**given)
        if self.page.get_by_role("button", name=self.say("Look at it first"), exact=True).count():
            self.looks_first()
        self.says("What the complainant will read")
        self.confirms(move, procedure)

    def looks_first(self) -> None:
        """Tick every box for what no program can know, and go on to the preview.

        By the keyboard: after a change of width the browser still moves to the field that had the focus, and a click is lost.
        """
        for box in self.page.locator("#confirm input[type=checkbox]").all():
            if not box.is_checked():
                box.press("Space")
        self.press("Look at it first")

    def confirms(self, move: str, procedure: str = "cn-xinfang") -> None:
        """The button under the preview: the deed, or the draft on its way."""
        send_on = self.page.get_by_role("button", name=self.say("Send the draft on"), exact=True)
        if send_on.count():
            self.go(send_on)
        else:
            self.press("%(move)s: do it", move=self.say.move(move, procedure))

    def replies(self, number: str, text: str, *, outcome: str = "supported", procedure: str = "cn-xinfang") -> None:
        """Write the answer; it becomes a draft."""
        self.moves(number, "reply", procedure=procedure, text=text, outcome=outcome, legal_basis=LAW[self.say.code])
        self.says("%(number)s: the draft went to its next station. The complainant sees where it waits.", number=number)

    def letter_ahead(self) -> bytes:
        """The letter that the step before me would send, as the button on the open page fetches it."""
        form = self.page.locator("form:has(input[name=seen])")
        typed = form.locator("input[type=hidden]").evaluate_all("all => all.map(each => [each.name, each.value])")
        button = form.get_by_role("button", name=self.say("Open as PDF"), exact=True)
        address = self.town.url + str(button.get_attribute("formaction"))
        answer = self.page.request.post(address, form=dict(typed))
        assert answer.status == 200
        assert hashlib.sha256(answer.body()).hexdigest() == dict(typed)["seen"]
        return answer.body()

    def signs(self, number: str) -> None:
        """From the queue of what waits for a signature, read the draft and sign it."""
        self.visit("desk:queue", "sign")
        self.follow_words(number)
        self.follow("Read and sign")
        self.says("What the complainant will read")
        button = self.page.get_by_role("button", name=self.say("Sign and send on"), exact=True)
        if not button.count():
            button = self.page.get_by_role("button", name=self.say("Sign and deliver"), exact=True)
        self.go(button)
        assert self.page.url.endswith(reverse("desk:day"))
