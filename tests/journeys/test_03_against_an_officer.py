"""Against Chief Qian: neither he nor anybody of his station finds a trace of it, from filing to the end."""

from __future__ import annotations

ANSWER = {"zh-hans": "督察大队已经谈话并作出处理。", "en": "The inspection unit has dealt with it."}
STATION = ("qian-shouyi", "zhao-min", "zhou-kai", "deng-ping")
OUTSIDE = "shi-jing"


def test_those_named_find_no_trace_and_the_outside_desk_has_it(journey):
    say = journey.say
    li_mei = journey.resident()
    receipt = li_mei.files(about_officer="qian-shouyi", name="李梅")
    li_mei.says("Who cannot see it")
    li_mei.follow("Follow my matter")

    for login in STATION:
        journey.officer(login).finds_no_trace(receipt.number, li_mei.subject)
    stranger = journey.officer("luo-yiming")
    assert stranger.visit("desk:case", receipt.number) == 404

    outside = journey.officer(OUTSIDE)
    outside.visit("desk:queue", "new")
    outside.says("sealed")
    outside.reads_not(li_mei.subject)
    outside.follow_words(receipt.number)
    outside.unlocks()
    outside.reads(li_mei.subject)
    outside.reads(say.officer("qian-shouyi"))
    outside.moves(receipt.number, "accept")
    outside.moves(receipt.number, "assign", to="mei-zheng")
    journey.officer("mei-zheng").replies(receipt.number, ANSWER[say.code])
    for signer in ("du-heng", "yuan-hui", "lei-zhensheng", "ye-xiaoman"):
        journey.officer(signer).signs(receipt.number)

    journey.officer("qian-shouyi").finds_no_trace(receipt.number, li_mei.subject)
    li_mei.follows(receipt)
    li_mei.reads(ANSWER[say.code])
    li_mei.says("You named an officer or a unit. Those you named can neither find this matter, nor open it, nor count it, nor be given it.")  # fmt: skip
    looks = li_mei.page.get_by_role("table").last.inner_text()
    assert not [login for login in STATION if say.officer(login) in looks]
