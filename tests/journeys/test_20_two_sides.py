"""Two neighbours and a boundary: asked for, invited, both say yes, a mediator chosen, up a level, and out by one press."""

from __future__ import annotations

import re

from tests.journeys.residents import CODE, NUMBER, Receipt

PACK = "cn-three-level-mediation"
WORDS = {"zh": "他家的墙挪了两尺，只说给调解员听。", "en": "Their wall moved two feet. Only for the mediator."}
RELEASED = {"zh": "想请人量一量界线。", "en": "I should like the boundary to be measured."}
ANSWERED = {"zh": "我愿意一起去量。", "en": "I am willing to measure it together."}
FIRST = ("abuse", "crime", "refused", "special_body", "status", "office")


def test_from_asking_to_the_next_level_and_out_again(journey):
    say = journey.say
    li_mei = journey.resident()
    li_mei.visit("portal:start")
    li_mei.go(li_mei.page.get_by_role("link", name=say("Ask for mediation")).first)
    li_mei.fill(**{f"not_{each}": "yes" if each == "abuse" else "no" for each in FIRST})
    li_mei.press("Continue")
    li_mei.says("Another way is right for this")
    li_mei.press("Back to the questions")
    li_mei.fill(not_abuse="no")
    li_mei.press("Continue")
    li_mei.fill(kind="land", words=say.of(WORDS), released=say.of(RELEASED))
    li_mei.choose("area", say.of({"zh": "港头镇", "en": "Gangtou"}))
    li_mei.press("Continue")
    li_mei.fill(other_name="张伟", other_phone="0000-555-0199")
    li_mei.press("Continue")
    li_mei.fill(name="李梅", phone="0000-555-0198")
    li_mei.press("Continue")
    li_mei.reads(say.of(RELEASED))
    li_mei.press("Send")
    receipt = li_mei.receipt()
    li_mei.says("What we do now")

    wu = journey.officer("luo-yiming")
    wu.visit("desk:table", receipt.number)
    wu.unfolds()
    wu.go(wu.page.locator("form[action$='/table/invite/'] button"))
    text = wu.text if wu.page.locator("main").count() else wu.page.locator("body").inner_text()
    number, code = NUMBER.search(text), CODE.search(text)
    assert number is not None and code is not None and number.group() != receipt.number
    for secret in (say.of(RELEASED), "李梅", "张伟"):
        assert secret not in text

    zhang_wei = journey.resident()
    zhang_wei.never_shows(receipt.number)
    zhang_wei.never_shows(say.of(WORDS))
    zhang_wei.follows(Receipt(number.group(), code.group(), ""))
    zhang_wei.reads(say.of(RELEASED))
    zhang_wei.says("Do you want mediation?")
    zhang_wei.press("Yes")
    zhang_wei.says("You said yes. It is on record; you may still leave at any time.")
    zhang_wei.fill(released=say.of(ANSWERED))
    zhang_wei.go(zhang_wei.page.locator("form[action$='/do/words/'] button"))

    wu.moves(receipt.number, "consent", procedure="cn-people-mediation")
    wu.visit("desk:table", receipt.number)
    wu.unfolds()
    wu.choose("post", say.officer("sun-he"))
    wu.page.locator("#offer-kind").select_option("peoples_mediator")
    wu.go(wu.page.locator("form[action$='/table/offer/'] button"))
    wu.unfolds()
    wu.go(wu.page.locator("form[action$='/table/tie/'] button"))

    li_mei.follows(receipt)
    li_mei.reads(say.of(ANSWERED))
    for side in (li_mei, zhang_wei):
        side.page.reload()
        side.reads(say.officer("sun-he"))
        side.press("Accept")
        side.says("You accept this mediator.")
    zhang_wei.says("Accepted by all sides.")

    wu.moves(receipt.number, "begin_simple", procedure=PACK, to="sun-he")
    for side in (li_mei, zhang_wei):
        side.page.reload()
        question = side.page.locator(".panel", has_text=say("Do you want to go to the next level?"))
        side.go(question.get_by_role("button", name=say("Yes"), exact=True))
    sun = journey.officer("sun-he")
    sun.visit("desk:table", receipt.number)
    sun.reads(say.of(RELEASED))
    sun.says("All sides agree:")
    sun.moves(receipt.number, "raise_to_town_simple", procedure=PACK, to="sun-he")

    zhang_wei.page.reload()
    zhang_wei.press("Leave the mediation")
    zhang_wei.says("The ways that are open")
    assert not re.search(receipt.number, zhang_wei.text)
    li_mei.page.reload()
    li_mei.reads(say.of({"zh": "有一方退出，调解结束。", "en": "A side left; the mediation is over."}))
