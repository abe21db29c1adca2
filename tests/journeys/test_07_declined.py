"""Declined: with a reason, the law and a way to go on, and the resident may ask for a review of that too."""

from __future__ import annotations

from tests.journeys.residents import NUMBER
from tests.journeys.speech import pack

LAW = {"zh-hans": "《信访工作条例》第三十一条", "en": "Regulations on Petitions, Article 31"}
LETTER = {"zh-hans": "您和建设公司的赔偿争议要由法院判决。", "en": "Your dispute over damages is for the court."}
GROUNDS = {"zh-hans": "我没有要赔偿，我要安静。", "en": "I did not ask for money, I asked for quiet."}
OPINION = {
    "zh-hans": "争议确实属于法院。噪音部分请另行提出，我们会马上办。",
    "en": "The dispute is for the court. Please file the noise apart; we act on it at once.",
}
REVIEWER = {"zh-hans": "康宁之（复查员）", "en": "Kang Ningzhi (Reviewer)"}
REVIEW = "cn-xinfang-review"


def test_declined_with_a_route_and_contested(journey):
    say = journey.say
    li_mei = journey.resident()
    receipt = li_mei.files(name="李梅")
    registrar = journey.officer("luo-yiming")
    given = {"reason": "litigation", "route": "court", "legal_basis": LAW[say.code]}
    registrar.begins_move(receipt.number, "decline")
    registrar.fill(**given)
    registrar.press("Look at it first")
    assert registrar.page.get_by_role("heading", level=1).inner_text().count(say.move("decline"))
    assert registrar.page.locator("[name=route][value=court]").is_checked()
    registrar.moves(receipt.number, "decline", text=LETTER[say.code], **given)

    li_mei.follows(receipt)
    route, reason = pack("cn-xinfang")["routes"]["court"], pack("cn-xinfang")["reasons"]["litigation"]
    li_mei.reads(LETTER[say.code])
    li_mei.reads(say.of(reason["name"]))
    li_mei.reads(say.of(route["name"]))
    li_mei.reads(say.of(route["text"]))
    li_mei.reads(LAW[say.code])

    li_mei.follow_words(say.move("contest"))
    li_mei.press("Ask for the review now")
    li_mei.says("Write in one sentence what you do not agree with.")
    li_mei.fill(grounds=GROUNDS[say.code])
    li_mei.press("Ask for the review now")
    li_mei.go(li_mei.page.get_by_role("link", name=say("Review")).first)
    found = NUMBER.search(li_mei.text)
    assert found and found.group() != receipt.number
    li_mei.returns(receipt)
    li_mei.reads(say.of(pack("cn-xinfang")["states"]["contested"]["told"]))
    reviewer = journey.officer("kang-ning")
    reviewer.moves(found.group(), "accept", procedure=REVIEW)
    reviewer.moves(found.group(), "assign", procedure=REVIEW, to=REVIEWER[say.code])
    reviewer.replies(found.group(), OPINION[say.code], outcome="not_supported", procedure=REVIEW)
    journey.officer("jing-he").signs(found.group())
    li_mei.returns(receipt)
    li_mei.reads(say.of(pack("cn-xinfang")["states"]["review_ended"]["told"]))
    li_mei.follow_words(found.group())
    li_mei.reads(OPINION[say.code])
    li_mei.reads(say.move("contest", REVIEW))
