"""Not content with the answer: another body looks again, and the matter is taken up once more."""

from __future__ import annotations

from tests.journeys.residents import NUMBER

ANSWER = {"zh-hans": "经查，未发现夜间施工。", "en": "No work at night was found."}
GROUNDS = {"zh-hans": "我有录像，他们没有来看。", "en": "I have a film of it; nobody came to see it."}
OPINION = {
    "zh-hans": "原答复没有查看录像，予以撤销，重新办理。",
    "en": "The answer did not look at the film. It is set aside.",
}
REVIEW = "cn-xinfang-review"


def test_a_review_is_three_clicks_away_and_changes_the_answer(journey):
    say = journey.say
    li_mei = journey.resident()
    receipt = li_mei.files(known="confidential", name="李梅")
    journey.answered(receipt.number, ANSWER[say.code], is_confidential=True)

    li_mei.follows(receipt)
    li_mei.reads(ANSWER[say.code])
    li_mei.follow_words(say.move("contest"))  # one
    li_mei.fill(grounds=GROUNDS[say.code])
    li_mei.press("Ask for the review now")  # two
    li_mei.says("A review was opened. Other people look at your matter again; you follow it with the same code.")
    li_mei.go(li_mei.page.get_by_role("link", name=say("Review")).first)
    found = NUMBER.search(li_mei.text)
    assert found and found.group() != receipt.number
    review = found.group()
    li_mei.reads(GROUNDS[say.code])

    chief = journey.officer("qian-shouyi")
    assert chief.visit("desk:case", review) == 404
    registrar = journey.officer("tian-hui")
    registrar.moves(review, "accept", procedure=REVIEW)
    registrar.moves(review, "assign", procedure=REVIEW, to="mu-chen")
    reviewer = journey.officer("mu-chen")
    reviewer.replies(review, OPINION[say.code], procedure=REVIEW)
    journey.officer("he-lang").signs(review)

    li_mei.returns(receipt)
    li_mei.reads(say.officer("zhao-min"))
    li_mei.follow_words(review)
    li_mei.reads(OPINION[say.code])
    li_mei.reads(say.outcome("supported", REVIEW))
    zhao = journey.officer("zhao-min")
    zhao.begins_move(receipt.number, "reply")
