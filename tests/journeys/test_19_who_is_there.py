"""From the poster on the wall to the officer of one's village, and to a complaint about that very officer."""

from __future__ import annotations

VILLAGE = {"zh": "码头社区", "en": "Quayside Community"}
STREET = {"zh": "港湾街道", "en": "Harbour Subdistrict"}


def test_one_finds_who_answers_and_complains_about_him_in_one_press(journey):
    say = journey.say
    li_mei = journey.resident()
    li_mei.visit("portal:start")
    li_mei.go(li_mei.page.get_by_role("link", name=say("Who is there for me")).first)
    li_mei.go(li_mei.page.get_by_role("link", name=say.of(STREET)).first)
    li_mei.go(li_mei.page.get_by_role("link", name=say.of(VILLAGE)).first)
    li_mei.says("To be reached now")
    li_mei.reads("0000-555-0112")
    li_mei.reads(say.officer("zhao-min"))
    li_mei.reads(say.of({"zh": "负责人", "en": "head who answers for it"}))

    li_mei.press("Complain about %(name)s", name=say.officer("qian-shouyi"))
    assert "qian" not in li_mei.page.url
    li_mei.fill(subject=li_mei.subject, description=li_mei.story)
    li_mei.press("Continue")
    li_mei.press("Continue")
    assert li_mei.value("about_officer") == "qian-shouyi"
    li_mei.press("Continue")
    li_mei.press("Continue")  # what it is that she complains of: she is not sure
    li_mei.fill(confidentiality="anonymous")
    li_mei.press("Continue")
    li_mei.reads(say.officer("qian-shouyi"))
    receipt = li_mei.sends()
    li_mei.says("Who cannot see it")
    journey.officer("qian-shouyi").finds_no_trace(receipt.number, li_mei.subject)


def test_the_office_names_somebody_and_the_page_says_so_at_once(journey):
    say = journey.say
    keeper = journey.officer("gu-changming")
    keeper.visit("office:areas")
    keeper.says("nobody answers for it yet")
    keeper.visit("office:area", "xinwei")
    keeper.unfolds()
    keeper.choose("contact-post", say.of({"zh": "镇人民调解委员会", "en": "Mediator"}))
    keeper.fill(**{"contact-capacity": "mediator", "contact-telephone": "0000-555-0154"})
    keeper.go(keeper.page.locator("form:has([name='contact-post']) button"))
    visitor = journey.resident()
    visitor.visit("portal:area", "xinwei")
    visitor.reads(say.officer("sun-he"))
    keeper.visit("office:area", "xinwei")
    keeper.go(keeper.page.locator("form:has([value='end-contact']) button").first)
    keeper.says("It is ended. What was so far stays in the history.")
    visitor.visit("portal:area-poster", "xinwei")
    for words in ("有事找谁", "Who is there for me"):
        visitor.reads(words)
