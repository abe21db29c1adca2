"""A visit to the counter with a scratch card: the person alone knows the code."""

from __future__ import annotations

import re

import pytest

from tests.journeys.residents import CODE, NUMBER, Receipt

FIELDS = """() => new Set([...document.querySelectorAll('form.paper :is(input, select, textarea)')]
  .filter(field => field.checkVisibility()).map(field => field.name)).size"""
ANSWER = {"zh-hans": "路灯昨天修好了。", "en": "The lamp was mended yesterday."}
WORDS = {
    "zh-hans": ("路灯坏了", "我家门口的路灯坏了两个星期，晚上摔过一跤。", "门口路灯坏。"),
    "en": ("Street lamp is out", "The lamp at my door has been out for two weeks. I fell.", "Lamp at the door is out."),
}


def card_from_the_sheet(journey, folder) -> tuple[str, Receipt]:
    """Print a sheet of cards; the serial for the officer, the rest for the person."""
    sheet = folder / "cards.html"
    journey.town.command("cards", "1", "--to", str(sheet))
    values = re.findall(r"<dd[^>]*>(.*?)</dd>", sheet.read_text("utf-8"))
    serial, number, code, word = values[:4]
    assert NUMBER.fullmatch(number) and CODE.fullmatch(code)
    return serial, Receipt(number, code, word)


@pytest.mark.crossed
def test_registered_in_eight_fields_with_a_card_and_a_slip(journey, tmp_path):
    say = journey.say
    serial, card = card_from_the_sheet(journey, tmp_path)
    subject, words, summary = WORDS[say.code]
    registrar = journey.officer("he-lan")
    registrar.never_shows(card.code)
    registrar.visit("desk:register")
    assert registrar.page.evaluate(FIELDS) <= 8
    registrar.fill(channel="counter", subject=subject, description=words, officer_summary=summary)
    registrar.fill(confidentiality="named", name="陈奶奶", card=serial)
    registrar.press("Register")
    registrar.reads(card.number)
    registrar.reads(words)
    registrar.reads_not("陈奶奶")
    registrar.follow("Slip to stamp")
    registrar.reads(card.number)
    registrar.reads(say("Stamp of the office"))
    registrar.reads_not("陈奶奶")
    registrar.visit("desk:register")
    registrar.fill(channel="counter", subject=subject, description=words, confidentiality="named", card=serial)
    registrar.press("Register")
    assert registrar.value("subject") == subject
    assert registrar.value("card") == serial

    registrar.opens(card.number)
    registrar.moves(card.number, "accept")
    registrar.moves(card.number, "assign", to="dong-xue")
    handler = journey.officer("dong-xue")
    handler.never_shows(card.code)
    handler.replies(card.number, ANSWER[say.code])
    for signer in ("gu-changming", "wen-ruoyun", "tao-wenbin"):
        journey.officer(signer).signs(card.number)
    registrar.signs(card.number)

    granny = journey.resident()
    granny.follows(card)
    granny.reads(words)
    granny.reads(summary)
    granny.reads(ANSWER[say.code])
