"""What tells who somebody is in her own words: shown before it is sent, moved where she ticks it, left where she does not."""

from __future__ import annotations

from tests.journeys.residents import CODE, NUMBER, Receipt

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


def test_a_daughter_acts_with_a_code_of_her_own(journey):
    """She files for her mother; the mother lets a neighbour in, takes the code back, and takes a new one herself."""
    daughter = journey.resident()
    daughter.begins()
    daughter.fill(subject=daughter.subject, description=daughter.story)
    for _question in ("what", "where", "whom"):
        daughter.press("Continue")
    daughter.fill(confidentiality="named")
    daughter.unfolds()
    daughter.fill(helper_who="relative", helper_label="妈妈让我来的", whereabouts="hospital", helper_code="on")
    daughter.press("Continue")
    daughter.press("Continue")
    receipt = daughter.sends()
    daughter.says("For you who help")
    numbers, codes = NUMBER.findall(daughter.text), CODE.findall(daughter.text)
    own = Receipt(next(each for each in numbers if each != receipt.number), codes[1], "")

    daughter.visit("portal:start")
    daughter.go(daughter.page.get_by_role("link", name=daughter.say("Follow yours")).first)
    daughter.fill(case_number=own.number, receipt_code=own.code)
    daughter.press("Open")
    daughter.reads(receipt.number)
    daughter.says("You act for somebody else")
    daughter.fill(text=MORE[daughter.say.code].replace("13912345678", "8"))
    daughter.press("Send message")

    mother = journey.resident()
    mother.follows(receipt)
    mother.says("Helper %(number)s, for you", number="1")
    mother.follow("Let somebody act for you")
    mother.reads("妈妈让我来的")
    mother.fill(who="neighbour", may="read")
    mother.press("Make the code")
    neighbour = journey.resident()
    theirs = Receipt(NUMBER.findall(mother.text)[-1], CODE.findall(mother.text)[-1], "")
    neighbour.visit("portal:track")
    neighbour.fill(case_number=theirs.number, receipt_code=theirs.code)
    neighbour.press("Open")
    neighbour.reads(receipt.number)
    mother.press("Take back the code of helper %(number)s", number="2")
    mother.says("over: the code opens nothing")
    neighbour.visit("portal:case", receipt.number)
    neighbour.says("Code")
    neighbour.reads_not(neighbour.subject)

    registrar = journey.officer("luo-yiming")
    registrar.opens(receipt.number)
    registrar.says("Helper %(number)s", number="1")
    registrar.says("In a hospital or another institution")
    registrar.reads_not("妈妈让我来的")

    mother.returns(receipt)
    mother.follow("Take a new code")
    code = CODE.findall(mother.text)[-1]
    mother.fill(last_digits=code[-4:])
    mother.press("I have written it down: let it hold")
    mother.says("The new code holds. The old one opens nothing any more, on no device.")
    mother.follows(Receipt(receipt.number, code, ""))
