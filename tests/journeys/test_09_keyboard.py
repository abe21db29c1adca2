"""With the keyboard alone: a complaint is filed and followed, a desk is worked."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.journeys.residents import CODE, NUMBER

# What has the focus, by the words a screen reader would say, and whether its focus can be seen.
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const label = e.labels?.[0]?.innerText ?? e.getAttribute('aria-label') ?? e.innerText ?? '';
  const style = getComputedStyle(e), next = e.nextElementSibling ? getComputedStyle(e.nextElementSibling, '::before') : style;
  const seen = [style, next].some(s => s.outlineStyle !== 'none' || s.boxShadow !== 'none');
  return { words: label.trim(), name: e.name ?? '', value: e.value ?? '', seen };
}"""
MOST = 90  # presses of Tab until somebody gives up


class Keys:
    """Two hands on a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, words: str = "", *, name: str = "", value: str = "") -> None:
        """Tab on until the focus is on what says these words, or on the field of this name."""
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            focused = self.page.evaluate(FOCUSED)
            if focused is None:
                continue
            assert focused["seen"], f"the focus on {focused['words'] or focused['name']!r} cannot be seen"
            if (words and focused["words"].startswith(words)) or (name and focused["name"] == name):
                return
        raise AssertionError(f"no way to {words or name!r} with the Tab key")

    def write(self, words: str) -> None:
        """Type into what has the focus."""
        self.page.keyboard.type(words)

    def press(self, key: str) -> None:
        """One key, on the same page."""
        self.page.keyboard.press(key)

    def goes(self, key: str = "Enter") -> None:
        """One key that leads to another page."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press(key)


def test_filed_and_followed_without_a_mouse(journey):
    say = journey.say
    li_mei = journey.resident()
    li_mei.visit("portal:start")
    keys = Keys(li_mei.page)
    keys.press("Tab")
    assert li_mei.page.evaluate(FOCUSED)["words"] == say("Skip to the content")
    keys.to(say("File a complaint"))
    keys.goes()
    keys.to(name="subject")
    keys.write(li_mei.subject)
    keys.to(name="description")
    keys.write(li_mei.story)
    keys.to(say("Continue"))
    keys.goes()
    keys.to(name="area")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.to(say("Continue"))
    keys.goes("Space")
    keys.to(name="about_words")
    keys.goes()  # Enter in a field goes on, never back and never to another language
    keys.to(name="confidentiality")
    keys.press("Space")
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    keys.goes()
    keys.to(name="name")
    keys.write("李梅")
    keys.to(name="is_minor")
    keys.press("Space")
    keys.to(say("Continue"))
    keys.goes()
    li_mei.look()
    li_mei.reads(li_mei.subject)
    keys.to(say("Send"))
    keys.goes()
    text = li_mei.text
    number, code = NUMBER.search(text), CODE.search(text)
    assert number and code
    keys.to(say("Why this date: %(name)s", name="").rstrip())
    keys.press("Enter")
    expect(li_mei.page.get_by_role("table").first).to_be_visible()

    li_mei.visit("portal:track")
    keys.to(name="case_number")
    keys.write(number.group())
    keys.to(name="receipt_code")
    keys.write(code.group())
    keys.goes()
    li_mei.look()
    li_mei.reads(number.group())
    keys.to(name="text")
    keys.write(li_mei.subject)
    keys.to(say("Send message"))
    keys.goes()
    li_mei.says("Your message has arrived. It stands below, with the time.")
    keys.to(say("Sign off on every device"))
    keys.goes()
    assert li_mei.page.url == journey.town.url + reverse("portal:start")


@pytest.mark.crossed
def test_the_desk_answers_to_single_keys(journey):
    say = journey.say
    li_mei = journey.resident()
    receipt = li_mei.files(name="李梅")
    officer = journey.officer("luo-yiming")
    officer.visit("desk:queue", "new")
    keys, page = Keys(officer.page), officer.page
    keys.press("j")
    first = page.evaluate("document.activeElement.innerText")
    keys.press("j")
    assert page.evaluate("document.activeElement.innerText") != first
    keys.press("k")
    assert page.evaluate("document.activeElement.innerText") == first
    for _ in range(60):
        if page.evaluate("document.activeElement.innerText") == receipt.number:
            break
        keys.press("j")
    keys.goes()
    officer.look()
    officer.reads(receipt.number)
    keys.goes("a")
    assert reverse("desk:move", args=[receipt.number, "accept"]) in page.url
    keys.press("Tab")
    for guard in ("pending_elsewhere", "recusal"):
        keys.to(name=f"confirm_{guard}")
        keys.press("Space")
    keys.to(say("Look at it first"))
    keys.goes()
    keys.to(say("%(move)s: do it", move=say.move("accept")))
    keys.goes()
    officer.reads(say.state("accepted"))
    officer.moves(receipt.number, "assign", to="fan-zhiyuan")

    handler = journey.officer("fan-zhiyuan")
    handler.opens(receipt.number)
    keys = Keys(handler.page)
    keys.goes("r")
    assert reverse("desk:move", args=[receipt.number, "reply"]) in handler.page.url
    keys.to(name="text")
    keys.write("j k a r ? /")
    assert handler.value("text") == "j k a r ? /"
    handler.visit("desk:day")
    keys.press("/")
    assert handler.page.evaluate("document.activeElement.name") == "q"
    keys.write(receipt.number)
    keys.goes()
    handler.reads(receipt.number)
    handler.page.evaluate("document.activeElement.blur()")
    keys.goes("?")
    assert handler.page.url.endswith(reverse("desk:keys"))
    officer.visit("desk:day")
    Keys(officer.page).goes("n")
    assert officer.page.url.endswith(reverse("desk:register"))
