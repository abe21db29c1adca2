"""The end of a shift, and a chief on leave: the matter goes on, and the resident sees with whom."""

from __future__ import annotations

import datetime

import pytest

ANSWER = {"zh-hans": "已经去看过，停了。", "en": "We went there; it has stopped."}
WHY = {"zh-hans": "夜班结束", "en": "End of the night shift"}
LEAVE = {"zh-hans": "年假", "en": "Leave"}


@pytest.mark.crossed
def test_a_shift_is_handed_over_and_a_stand_in_signs(journey):
    say = journey.say
    li_mei = journey.resident()
    receipt = li_mei.files(name="李梅")
    registrar = journey.officer("luo-yiming")
    registrar.moves(receipt.number, "accept")
    registrar.moves(receipt.number, "assign", to="zhao-min")

    zhao = journey.officer("zhao-min")
    zhao.visit("desk:hand-over")
    zhao.press("Hand over")
    zhao.says("Tick at least one matter.")
    zhao.page.get_by_role("checkbox", name=receipt.number).check()
    zhao.choose("to", say.officer("zhou-kai"))
    zhao.fill(why=WHY[say.code])
    zhao.press("Hand over")
    zhao.says("handed over")
    assert zhao.visit("desk:case", receipt.number) == 404
    li_mei.follows(receipt)
    li_mei.reads(say.officer("zhou-kai"))

    chief = journey.officer("qian-shouyi")
    chief.visit("desk:stand-ins")
    chief.choose("officer", say.officer("shen-yue"))
    chief.page.locator("select[name=post]").select_option("harbour-chief")
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
    chief.fill_day("from_on", today)
    chief.fill_day("until_on", today + datetime.timedelta(days=2))
    chief.fill(why=LEAVE[say.code])
    chief.press("Set")
    chief.reads(say.officer("shen-yue"))
    try:
        journey.officer("zhou-kai").replies(receipt.number, ANSWER[say.code])
        li_mei.returns(receipt)
        li_mei.reads(say.officer("shen-yue"))
        journey.officer("shen-yue").signs(receipt.number)
    finally:
        chief.visit("desk:stand-ins")
        chief.go(chief.page.get_by_role("button", name=say("End now")).first)
    chief.says("The stand-in has ended.")
    for signer in ("yuan-hui", "lei-zhensheng", "deng-ping"):
        journey.officer(signer).signs(receipt.number)
    li_mei.returns(receipt)
    li_mei.reads(ANSWER[say.code])
