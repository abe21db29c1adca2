"""Nothing that somebody typed is lost: not by a slip, not by a wrong code, not by a colleague who was quicker."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

ODD = "  <script>alert(1)</script>\t\u202eغربي\u202c 👵🏽\u3000末尾 \n第二行"
CHECK_DIGITS = "Check the digits: the number has nine digits and a check mark, the code has twenty digits. Both stand on your receipt."
ANSWER = {"zh-hans": "这是写到一半的答复，很长，不能丢。", "en": "A long answer, half written, not to be lost."}


@pytest.mark.crossed
def test_a_filing_survives_every_slip(journey):
    li_mei = journey.resident()
    li_mei.begins()
    li_mei.fill(description=ODD)
    li_mei.press("Continue")
    li_mei.says("Write in a few words what it is about.")
    assert li_mei.value("description") == ODD
    li_mei.fill(subject="长" * 201)
    li_mei.press("Continue")
    assert li_mei.value("subject") == "长" * 201
    assert li_mei.value("description") == ODD
    li_mei.fill(subject="<b>x</b>", description="字" * 20_001)
    li_mei.press("Continue")
    assert len(li_mei.value("description")) == 20_001
    li_mei.fill(description=ODD)
    for _ in ("what", "where", "whom"):
        li_mei.press("Continue")
    li_mei.press("Continue")
    li_mei.says("Choose one of the three.")
    li_mei.fill(confidentiality="confidential")
    li_mei.press("Continue")
    li_mei.fill(name="李 <梅>", email="not an address")
    li_mei.press("Continue")
    li_mei.says("Write the address like name@example.org, or leave it empty.")
    assert li_mei.value("name") == "李 <梅>"
    assert li_mei.value("email") == "not an address"
    li_mei.press("Back")
    li_mei.press("Continue")
    assert li_mei.value("name") == "李 <梅>"
    li_mei.fill(email="")
    li_mei.press("Continue")
    li_mei.reads("<b>x</b>")
    receipt = li_mei.sends()

    li_mei.press("I have written it down: put the receipt away")
    li_mei.visit("portal:track")
    wrong = receipt.code[:-4] + f"{(int(receipt.code[-4:]) + 1) % 10_000:04d}"
    for number, code in ((receipt.number, wrong), ("1234-5678-99", receipt.code), ("abc", "1 2 3")):
        li_mei.fill(case_number=number, receipt_code=code)
        li_mei.press("Open")
        li_mei.says(CHECK_DIGITS)
        assert li_mei.value("case_number") == number
    li_mei.fill(case_number=receipt.number.replace("-", " "), receipt_code=receipt.code.replace(" ", "-"))
    li_mei.press("Open")
    li_mei.reads("<script>alert(1)</script>")
    li_mei.press("Send message")
    li_mei.says("Write your message first.")

    li_mei.page.context.clear_cookies(name="follow")
    li_mei.fill(text=ODD)
    li_mei.press("Send message")
    li_mei.says("What you wrote is still here")
    li_mei.fill(receipt_code=receipt.code)
    li_mei.press("Open and send")
    li_mei.says("Your message has arrived. It stands below, with the time.")
    assert li_mei.page.get_by_text("第二行").count() >= 2


@pytest.mark.crossed
def test_two_windows_and_a_stale_version_lose_no_answer(journey):
    say = journey.say
    li_mei = journey.resident()
    receipt = li_mei.files(name="李梅")
    one = journey.officer("luo-yiming")
    other = journey.officer("luo-yiming")
    one.begins_move(receipt.number, "decline")
    one.fill(reason="litigation", text=ANSWER[say.code], legal_basis="§ 1")
    other.moves(receipt.number, "accept")
    one.press("Look at it first")
    assert one.value("text") == ANSWER[say.code]
    assert one.value("legal_basis") == "§ 1"

    other.moves(receipt.number, "assign", to="zhao-min")
    first, second = journey.officer("zhao-min"), journey.officer("zhao-min")
    second.begins_move(receipt.number, "reply")
    second.fill(text=ANSWER[say.code], outcome="explained", legal_basis="§ 2")
    second.looks_first()
    first.moves(receipt.number, "assign", to="zhao-min")
    second.press("Send the draft on")
    assert second.value("text") == ANSWER[say.code]
    expect(second.page.locator("[name=outcome][value=explained]")).to_be_checked()
    second.fill(outcome="supported")
    second.looks_first()
    second.reads(ANSWER[say.code])
    second.confirms("reply")
    second.says("%(number)s: the draft went to its next station. The complainant sees where it waits.", number=receipt.number)  # fmt: skip
