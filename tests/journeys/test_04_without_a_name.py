"""Without a name, and a child alone: both write, are written to, and are answered."""

from __future__ import annotations

ANSWER = {
    "zh-hans": "夜间施工已经停了。以后再有，马上告诉我们。",
    "en": "The work at night has stopped. Tell us at once if it begins again.",
}
QUESTION = {"zh-hans": "是河的哪一边？", "en": "On which side of the river is it?"}
REPLY = {"zh-hans": "东边，桥的旁边。🏗️", "en": "The east side, next to the bridge. 🏗️"}
SUMMARY = {"zh-hans": "反映西岸工地噪音。", "en": "Complains of noise on the west bank."}
CORRECTION = {"zh-hans": "不是西岸，是东岸。", "en": "Not the west bank, the east bank."}


def test_an_anonymous_person_and_the_office_write_to_each_other(journey):
    say = journey.say
    somebody = journey.resident()
    receipt = somebody.files(known="anonymous")
    registrar = journey.officer("luo-yiming")
    registrar.opens(receipt.number)
    registrar.says("Anonymous. No name is kept; write a message instead, it reaches the complainant.")
    assert registrar.page.get_by_role("button", name=say("Show the name")).count() == 0
    registrar.follow("Write a message")
    registrar.fill(text=QUESTION[say.code])
    registrar.press("Send")

    somebody.follows(receipt)
    somebody.reads(QUESTION[say.code])
    assert somebody.page.get_by_role("link", name=say("Change how we can reach you")).count() == 0
    somebody.fill(text=REPLY[say.code])
    somebody.press("Send message")
    somebody.says("Your message has arrived. It stands below, with the time.")
    somebody.reads(REPLY[say.code])
    registrar.opens(receipt.number)
    registrar.reads(REPLY[say.code])

    journey.answered(receipt.number, ANSWER[say.code])
    somebody.returns(receipt)
    somebody.reads(ANSWER[say.code])


def test_a_child_files_alone_and_corrects_what_the_officer_understood(journey):
    say = journey.say
    child = journey.resident()
    receipt = child.files(name="小雨", is_minor="yes")
    registrar = journey.officer("luo-yiming")
    registrar.opens(receipt.number)
    registrar.says("under 18: answer in words a child understands")
    registrar.reads_not("小雨")
    registrar.follow("Change the summary")
    registrar.fill(text=SUMMARY[say.code])
    registrar.press("Keep")

    child.follows(receipt)
    child.reads(SUMMARY[say.code])
    child.follow("Correct our summary")
    child.fill(text=CORRECTION[say.code])
    child.press("Send correction")
    child.says("Your correction has arrived. It stands beside our summary.")

    registrar.opens(receipt.number)
    registrar.says("The complainant corrects the summary")
    registrar.reads(CORRECTION[say.code])
    registrar.reads(child.story.splitlines()[0])
    journey.answered(receipt.number, ANSWER[say.code])
    child.returns(receipt)
    child.reads(ANSWER[say.code])
    child.reads(say.state("replied"))
