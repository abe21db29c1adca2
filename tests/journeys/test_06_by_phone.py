"""A telephone call: registered at once, completed later, told by number and status word and nothing else."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.residents import NUMBER

WORDS = {
    "zh-hans": ("垃圾没人收", "小区垃圾一个星期没收了，臭得很。", "昨天也没来。"),
    "en": ("Rubbish is not collected", "Nobody has collected the rubbish for a week.", "Nobody came yesterday either."),
}
ANSWER = {"zh-hans": "已经安排每天清运。", "en": "It is collected every day from now on."}


@pytest.mark.crossed
def test_a_call_is_registered_completed_later_and_told_by_status_word(journey):
    say = journey.say
    subject, words, more = WORDS[say.code]
    registrar = journey.officer("he-lan")
    registrar.visit("desk:register")
    registrar.fill(channel="phone", subject=subject, description=words, confidentiality="named")
    registrar.fill(name="周师傅", phone="000-0000-0077")
    registrar.press("Register")
    number = NUMBER.search(registrar.text)
    assert number
    number = number.group()
    label = registrar.page.locator("dt", has_text=say("Status word"))
    word = label.locator("xpath=following-sibling::dd[1]").inner_text()

    registrar.opens(number)
    registrar.follow("Complete the registration")
    registrar.choose("category", say.of({"zh": "环境卫生", "en": "Environment"}))
    registrar.fill(description=more)
    registrar.press("Keep")
    registrar.says("The registration is completed.")
    registrar.reads(words)
    registrar.reads(more)

    journey.answered(number, ANSWER[say.code])
    colleague = journey.officer("ning-xi")
    colleague.visit("desk:enquiry")
    colleague.fill(number=number, word="wrong word")
    colleague.press("Look it up")
    colleague.says("Check the number and the status word. Both stand on the receipt or the slip.")
    assert colleague.value("number") == number
    colleague.fill(word=word)
    colleague.press("Look it up")
    told = colleague.page.locator("main")
    expect(told).to_contain_text(say.state("replied"))
    for secret in (subject, words, more, ANSWER[say.code], "周师傅"):
        colleague.reads_not(secret)
