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


SECURED = {"zh-hans": "录像已经拷贝封存。", "en": "The recording is copied and sealed."}
PUT = {
    "zh-hans": "有人说您在大厅推了人，请说明。",
    "en": "You are said to have pushed somebody in the hall. What do you say?",
}
ANSWERED = {"zh-hans": "我只是拦了一下。", "en": "I only held somebody back."}
MISCONDUCT = {
    "complaint_class": "misconduct",
    "evidence_camera": "on",
    "evidence_words": "大厅的摄像头 the hall camera",
}


def test_evidence_first_then_the_officer_is_heard_and_still_finds_no_trace_of_the_matter(journey):
    say = journey.say
    li_mei = journey.resident()
    receipt = li_mei.files(about_officer="qian-shouyi", name="李梅", conduct=MISCONDUCT)
    number = receipt.number
    li_mei.follows(receipt)
    li_mei.says("Fair to both")

    outside = journey.officer(OUTSIDE)
    outside.opens(number)
    outside.reads("大厅的摄像头 the hall camera")
    assert outside.visit("desk:put", number) == 404, "evidence comes first"
    outside.opens(number)
    outside.follow("Set the class")
    outside.fill(complaint_class="misconduct", why="推人 pushed")
    outside.press("Set the class")
    outside.go(outside.page.locator(f"a[href*='/desk/asked/{number}/']").first)
    outside.fill(outcome="secured", text=SECURED[say.code])
    outside.press("Answer")
    li_mei.returns(receipt)
    li_mei.reads(SECURED[say.code])
    qian = journey.officer("qian-shouyi")
    qian.visit("desk:put-to-me")
    qian.reads_not(PUT[say.code])
    qian.finds_no_trace(number, li_mei.subject)

    outside.opens(number)
    outside.follow("Put it to the officer")
    outside.fill(officer="qian-shouyi", text=PUT[say.code])
    outside.press("Put it to the officer")
    li_mei.returns(receipt)
    li_mei.reads(PUT[say.code])

    outside.moves(number, "accept")
    outside.moves(number, "assign", to="mei-zheng")
    mei = journey.officer("mei-zheng")
    mei.begins_move(number, "reply")
    mei.fill(text=ANSWER[say.code], outcome="supported", legal_basis="§")
    mei.looks_first()
    mei.says("What is said has not been put to everybody named. The desk outside puts it to them; it can be decided once they answered or let the day pass.")  # fmt: skip

    for leader in ("lei-zhensheng", "zhao-min"):
        other = journey.officer(leader)
        other.visit("desk:put-to-me")
        other.reads_not(PUT[say.code])
    qian.visit("desk:put-to-me")
    row = qian.page.locator(".move", has_text=PUT[say.code]).first
    qian.go(row.get_by_role("link", name=say("Answer"), exact=True))
    qian.reads(PUT[say.code])
    for words in (number, li_mei.subject, "李梅"):
        qian.reads_not(words)
    qian.fill(text=ANSWERED[say.code])
    qian.press("Answer")
    qian.finds_no_trace(number, li_mei.subject)
    li_mei.returns(receipt)
    li_mei.reads(ANSWERED[say.code])

    mei.replies(number, ANSWER[say.code])
    for signer in ("du-heng", "yuan-hui", "lei-zhensheng", "ye-xiaoman"):
        journey.officer(signer).signs(number)
    li_mei.follows(receipt)
    li_mei.reads(ANSWER[say.code])
    qian.finds_no_trace(number, li_mei.subject)


def test_staff_report_an_order_to_a_body_outside_and_the_own_body_finds_no_trace(journey):
    say = journey.say
    somebody = journey.resident()
    somebody.visit("portal:protection")
    somebody.follow("For staff: report an order without legal basis, or reprisal")
    somebody.choose("unit", say.of({"zh": "港湾派出所", "en": "Harbour station"}))
    somebody.fill(kind="order", description="叫我删掉登记簿里的一页。 I was told to take a page out of the register.")
    somebody.press("Send")
    somebody.says("We have received it")
    number = somebody.receipt().number
    for login in (*STATION, "lei-zhensheng", "mei-zheng"):
        journey.officer(login).finds_no_trace(number, "登记簿")
    outside = journey.officer(OUTSIDE)
    outside.opens(number)
    outside.reads("登记簿")
