"""A resident files, an officer answers, four people sign, the resident agrees: closed."""

from __future__ import annotations

from playwright.sync_api import expect

ANSWER = {
    "zh-hans": "经查，工地夜间施工没有许可。已责令每晚十点后停工，并罚款。\n若再有施工，请打港湾派出所电话。",
    "en": "The site had no permit for night work. It must stop at ten every night and was fined.\nIf it goes on, call the Harbour station.",
}


def test_filed_answered_by_four_signatures_rated_and_closed(journey):
    say = journey.say
    li_mei = journey.resident(locale="en" if say.code == "zh-hans" else "zh-hans")
    li_mei.page.goto(journey.town.url)
    with li_mei.page.expect_navigation(wait_until="load"):
        li_mei.page.get_by_role("link", name="English" if say.code == "en" else "中文", exact=True).click()
    receipt = li_mei.files(where=True, name="李梅 Li Mei", phone="000-0000-0001", safe_times="18:00")
    li_mei.page.get_by_text(say("Why this date: %(name)s", name="").rstrip()).first.click()
    expect(li_mei.page.get_by_role("table").first).to_be_visible()
    before = li_mei.text
    li_mei.page.reload()
    assert li_mei.receipt() == receipt
    assert li_mei.page.locator("main").inner_text() in before or li_mei.receipt().number in before

    another_phone = journey.resident()
    another_phone.follows(receipt)
    another_phone.reads(another_phone.story.splitlines()[0])

    registrar = journey.officer("luo-yiming")
    registrar.visit("desk:queue", "new")
    registrar.follow_words(receipt.number)
    registrar.reads(li_mei.subject)
    registrar.begins_move(receipt.number, "accept")
    registrar.looks_first()
    registrar.says("The letter that will go out")
    notice = registrar.letter_ahead()
    registrar.confirms("accept")
    registrar.moves(receipt.number, "assign", to="zhao-min")
    li_mei.follows(receipt)
    li_mei.reads(say.officer("zhao-min"))
    assert li_mei.fetches(li_mei.page.locator("a[href*='?letter=']").first) == notice

    journey.officer("zhao-min").replies(receipt.number, ANSWER[say.code])
    for signer in ("qian-shouyi", "yuan-hui", "lei-zhensheng", "deng-ping"):
        li_mei.returns(receipt)
        li_mei.says("A draft of the answer is on its way")
        li_mei.reads(say.officer(signer))
        li_mei.reads_not(ANSWER[say.code].splitlines()[0])
        journey.officer(signer).signs(receipt.number)

    li_mei.returns(receipt)
    for line in ANSWER[say.code].splitlines():
        li_mei.reads(line)
    assert li_mei.fetches(li_mei.page.locator("a[href*='/letter/']").last).startswith(b"%PDF-")
    li_mei.follow("Rate the answer")
    li_mei.fill(solved="yes", score="5", comment="👍")
    li_mei.press("Rate")
    li_mei.says("Your rating is kept. No officer sees it for your matter.")
    zhao = journey.officer("zhao-min")
    zhao.opens(receipt.number)
    zhao.reads_not("👍")

    li_mei.follow_words(say.move("accept_reply"))
    li_mei.go(li_mei.page.get_by_role("button", name=say.move("accept_reply"), exact=True))
    li_mei.says("You agreed with the answer.")
    li_mei.reads(say.of({"zh": "您的事项已经办结", "en": "Your matter is closed"}))
