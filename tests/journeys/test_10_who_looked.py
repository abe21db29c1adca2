"""Who looked: every look stands on the complainant's page at once; a token made on the desk works and leaves a trace."""

from __future__ import annotations

import json
import re

import pytest


def looks(resident) -> str:
    """The table of looks."""
    heading = resident.page.get_by_role("heading", name=resident.say("Who looked"), exact=True)
    return str(heading.locator("xpath=following::table[1]").inner_text())


@pytest.mark.crossed
def test_both_looks_of_an_officer_are_seen_within_seconds(journey):
    say = journey.say
    li_mei = journey.resident()
    receipt = li_mei.files(name="李梅", phone="000-0000-0001")
    registrar = journey.officer("luo-yiming")
    registrar.moves(receipt.number, "accept")
    registrar.moves(receipt.number, "assign", to="zhao-min")
    li_mei.follows(receipt)
    assert say.officer("zhao-min") not in looks(li_mei)

    zhao = journey.officer("zhao-min")
    zhao.opens(receipt.number)
    zhao.reads_not("李梅")
    zhao.reads_not("000-0000-0001")
    li_mei.returns(receipt)
    assert looks(li_mei).count(say.officer("zhao-min")) == 1
    zhao.page.get_by_text(say("Unseal with a reason"), exact=True).click()
    zhao.press("Show the name")
    zhao.page.locator("select[name=reason]").select_option("ask_back")
    zhao.press("Show the name")
    zhao.reads("李梅")
    zhao.reads("000-0000-0001")
    li_mei.returns(receipt)
    seen = looks(li_mei)
    assert say("your name and how to reach you") in seen
    assert say("to ask you something") in seen
    assert say.officer("zhao-min") in seen
    assert "PA-2107" in seen


def test_a_token_made_on_the_desk_works_on_the_api_until_it_is_ended(journey):
    say = journey.say
    zhao = journey.officer("zhao-min")
    zhao.visit("desk:tokens")
    zhao.fill(label=f"export {say.code}", days="31")
    zhao.press("Make a token")
    assert zhao.value("label") == f"export {say.code}"
    zhao.fill(days="1")
    zhao.press("Make a token")
    token = re.search(r"\bhy_[\w-]{20,}", zhao.text)
    assert token
    headers = {"Authorization": f"Bearer {token.group()}"}
    address = journey.town.url + "/api/v1/desk/cases?queue=mine"
    program = journey.page().request
    answer = program.get(address, headers=headers)
    assert answer.status == 200
    assert "items" in json.loads(answer.body())
    zhao.visit("desk:tokens")
    zhao.reads_not(token.group())
    zhao.go(zhao.page.get_by_role("button", name=re.compile(f"{say('End now')}.*export {say.code}")))
    assert program.get(address, headers=headers).status == 401
