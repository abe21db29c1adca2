"""Moving through real pages by what is written on them, and looking at every page on the way."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from tests.journeys.speech import Tongue
from tests.journeys.town import Town

# What holds on every page, asked in the page itself.
FACTS = """() => ({
  lang: document.documentElement.lang,
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  scripts: document.scripts.length,
  handlers: [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length,
  isDesk: document.body.classList.contains('desk') || location.pathname.startsWith('/desk/'),
  title: document.title,
})"""


class Walker:
    """Somebody in front of a browser."""

    def __init__(self, town: Town, say: Tongue, page: Page) -> None:
        self.town, self.say, self.page = town, say, page
        self.secrets: list[str] = []

    def never_shows(self, secret: str) -> None:
        """From here on no page may hold this, written in groups or not, seen or hidden."""
        self.secrets += [secret, secret.replace(" ", "")]

    def visit(self, name: str, *args: object, query: str = "") -> int:
        """Type an address; gives the status of the answer."""
        answer = self.page.goto(self.town.url + reverse(name, args=args) + query)
        self.look()
        return answer.status if answer else 0

    def look(self) -> None:
        """What must hold on each page that anybody comes to."""
        facts: dict[str, Any] = self.page.evaluate(FACTS)
        where = f"{self.page.url} ({facts['title']})"
        assert facts["lang"] == self.say.tag, f"{where} is in {facts['lang']!r}"
        assert facts["wide"] <= 0, f"{where} scrolls sideways by {facts['wide']} px"
        assert facts["handlers"] == 0, f"{where} holds script in attributes"
        assert facts["isDesk"] or facts["scripts"] == 0, f"{where} is a portal page with a script"
        if self.secrets:
            content = self.page.content()
            assert not [secret for secret in self.secrets if secret in content], f"{where} holds a code"

    def press(self, sentence: str, **places: object) -> None:
        """A button, by its words."""
        self.go(self.page.get_by_role("button", name=self.say(sentence, **places), exact=True))

    def follow(self, sentence: str, **places: object) -> None:
        """A link, by its words; the first where several say the same."""
        self.go(self.page.get_by_role("link", name=self.say(sentence, **places), exact=True).first)

    def follow_words(self, words: str) -> None:
        """A link that somebody else's words name: a move, a number."""
        self.go(self.page.get_by_role("link", name=words).first)

    def go(self, what: Locator) -> None:
        """Click, and be on the next page."""
        with self.page.expect_navigation(wait_until="load"):
            what.click()
        self.look()

    def fetches(self, link: Locator) -> bytes:
        """The file behind a link."""
        answer = self.page.request.get(self.town.url + str(link.get_attribute("href")))
        assert answer.status == 200, answer.url
        return answer.body()

    def fill(self, **answers: str) -> None:
        """Fields by their names: words are typed, one of a few is ticked, one of a list is chosen."""
        for name, value in answers.items():
            field = self.page.locator(f"[name='{name}']:not([type=hidden])")
            kind = field.first.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")
            if kind == "radio":
                self.page.locator(f"[name='{name}'][value='{value}']").check()
            elif kind == "checkbox":
                field.check()
            elif kind == "select":
                field.select_option(value)
            else:
                field.fill(value)

    def fill_day(self, name: str, day: Any) -> None:
        """A date in its three boxes."""
        for part in ("year", "month", "day"):
            self.page.locator(f"[name='{name}_{part}']").fill(str(getattr(day, part)))

    def choose(self, name: str, label: str) -> None:
        """One of a list, by a part of what it says."""
        field = self.page.locator(f"select[name='{name}']")
        option = field.locator("option", has_text=label).first
        field.select_option(option.get_attribute("value"))

    def unfolds(self) -> None:
        """Everything that can be opened on this page is open."""
        self.page.evaluate("for (const fold of document.querySelectorAll('details')) { fold.open = true; }")

    def value(self, name: str) -> str:
        """What stands in a field."""
        return self.page.locator(f"[name='{name}']:not([type=hidden])").first.input_value()

    def reads(self, words: str) -> None:
        """Whether these words stand on the page."""
        expect(self.page.locator("main")).to_contain_text(words)

    def reads_not(self, words: str) -> None:
        """Whether these words are nowhere on the page."""
        expect(self.page.locator("body")).not_to_contain_text(words)

    def says(self, sentence: str, **places: object) -> None:
        """Whether the page says a sentence of ours."""
        self.reads(self.say(sentence, **places))

    @property
    def text(self) -> str:
        """Everything to be read in the main part."""
        return self.page.locator("main").inner_text()
