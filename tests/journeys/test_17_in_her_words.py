"""What tells who somebody is in her own words: shown before it is sent, moved where she ticks it, left where she does not."""

from __future__ import annotations

PHONE = "13812345678"
TOLD = {"zh-hans": f"请打{PHONE}找我。夜里太吵。", "en": f"Ring me on {PHONE}. It is too loud at night."}
GAP = {"zh-hans": "［电话已移到封存部分］", "en": "[phone moved to the sealed part]"}
MORE = {"zh-hans": "白天打13912345678", "en": "By day on 13912345678, please"}


SECRET = {"zh-hans": "三组唯一养蜂的", "en": "the only beekeeper of group 3"}
WRITTEN = {"zh-hans": "我是三组唯一养蜂的。夜里太吵。", "en": "I am the only beekeeper of group 3. It is too loud."}
MARK = {"zh-hans": "［已隐去］", "en": "[covered]"}


def test_a_confidential_matter_goes_on_as_a_copy(journey):
    li_mei = journey.resident()
    li_mei.begins()
    li_mei.fill(subject=li_mei.subject, description=WRITTEN[li_mei.say.code])
    for _question in ("what", "where", "whom"):
        li_mei.press("Continue")
    li_mei.fill(confidentiality="confidential")
    for _question in ("known", "reach"):
        li_mei.press("Continue")
    receipt = li_mei.sends()

    registrar = journey.officer("luo-yiming")
    registrar.moves(receipt.number, "accept")
    registrar.opens(receipt.number)
    registrar.follow("Make the copy for readers")
    registrar.fill(passages=SECRET[li_mei.say.code])
    registrar.press("Look at the copy")
    registrar.says("This is what they will read")
    registrar.press("Make this copy")
    registrar.moves(receipt.number, "assign", to="zhao-min")

    handler = journey.officer("zhao-min")
    handler.never_shows(SECRET[li_mei.say.code])
    handler.opens(receipt.number)
    handler.reads(MARK[li_mei.say.code])
    assert handler.visit("desk:original", receipt.number) == 404

    registrar.opens(receipt.number)
    registrar.follow("Open the original")
    registrar.reads(SECRET[li_mei.say.code])
    li_mei.follows(receipt)
    li_mei.unfolds()
    li_mei.reads(WRITTEN[li_mei.say.code])
    li_mei.reads(MARK[li_mei.say.code])
    li_mei.says("your own words, before anything was covered")


def test_a_number_in_her_words_goes_where_her_name_is(journey):
    li_mei = journey.resident()
    li_mei.begins()
    li_mei.fill(subject=li_mei.subject, description=TOLD[li_mei.say.code])
    for _question in ("what", "where", "whom"):
        li_mei.press("Continue")
    li_mei.fill(confidentiality="named")
    li_mei.press("Continue")
    li_mei.fill(name="李梅")
    li_mei.press("Continue")
    li_mei.says("We found something in your text that may tell who you are")
    li_mei.says("It looks like a telephone number")
    box = li_mei.page.locator("[name=move]")
    assert not box.is_checked()
    box.check()
    receipt = li_mei.sends()

    registrar = journey.officer("luo-yiming")
    registrar.opens(receipt.number)
    registrar.reads(GAP[li_mei.say.code])
    registrar.reads_not(PHONE)

    li_mei.follows(receipt)
    li_mei.fill(text=MORE[li_mei.say.code])
    li_mei.press("Send message")
    li_mei.says("We found something in your text that may tell who you are")
    li_mei.press("Send message")
    li_mei.says("Your message has arrived. It stands below, with the time.")
    li_mei.reads(MORE[li_mei.say.code])
