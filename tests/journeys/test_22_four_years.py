"""Four years of a boundary: heard at office hours in April, village, town and an elder, the line on the photo, signed,
confirmed, and three months later it holds. Both sides, the mediators, and the leader, who reads a line of the register.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from huiyin.record import clock
from huiyin.record.bodies import ground_keeping
from huiyin.record.cases.codes.receipts import make_cards
from huiyin.record.cases.rounds.tick import act_on_terms
from huiyin.rules.procedure import Words
from huiyin.stages.mediation import later
from tests.cast import LONG_AGO
from tests.journeys.office import WAYS, Office
from tests.journeys.officers import Officer
from tests.journeys.residents import CODE, NUMBER, Resident
from tests.journeys.test_21_at_the_table import draws_line, signed_in
from tests.journeys.town import Town
from tests.mediating import make_table_office

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]
ZONE = "Asia/Shanghai"
PACK = "cn-three-level-mediation"
TEXT = {
    "zh-hans": {
        "place": "柳村村委会", "words": "四年前他把界石挪了两步，我一直睡不好。", "released": "想请人把两家的界线量清楚。",
        "stone": "把界石放回老树东边三步。", "wall": "拆掉越界的墙。", "facts": "四年前界石移动过，两家都认。", "line": "从界石到老树",
        "agreed": "达成书面协议",
    },
    "en": {
        "place": "Willow village office", "words": "Four years ago he moved the stone two steps; I have not slept well since.",
        "released": "I should like the boundary between us to be measured.", "stone": "Put the stone back, three steps east of the tree.",
        "wall": "Take down the wall beyond the line.", "facts": "The stone was moved four years ago; both say so.",
        "line": "From the stone to the old tree", "agreed": "agreed in writing",
    },
}  # fmt: skip


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]}-{way[1]}")
def village(
    request: pytest.FixtureRequest, browser: Browser, live_server: Any, settings: Any, tmp_path: Path
) -> Iterator[Office]:
    """The office with mediation in force; Registrar Wu answers for Willow village. It is the tenth of April."""
    settings.HUIYIN_STORY_FILE = tmp_path / "story-days"
    made = make_table_office()
    ground_keeping.name_contact(
        "willow", "wu-post", capacity="contact_officer", telephone="0000-555-0112", hours=Words("", ""), languages=["cmn"],
        from_on=LONG_AGO, body_code="letters", by=made.xu.actor(),
    )  # fmt: skip
    today = clock.today(ZONE)
    april = datetime.date(today.year + 1, 4, 10)
    clock.let_days_pass((april - today).days)
    journey = Office(browser, Town(live_server.url, tmp_path, {}), request.param[0], request.param[1], {})
    yield journey
    for context in journey.contexts:
        context.close()
    assert journey.elsewhere == [], "requests left the house"


def test_heard_in_april_signed_in_may_and_it_holds_in_august(village: Office) -> None:
    journey, text, (card, number, code) = village, TEXT[village.say.code], make_cards(1)[0]
    resident = journey.resident()
    april = clock.today(ZONE)
    wu = journey.officer("wu")
    plan(wu, april + datetime.timedelta(days=2), text["place"])
    resident.visit("portal:area", "willow")
    resident.reads(text["place"])
    days_pass(journey, 3)

    wu = journey.officer("wu")
    hear(wu, card, text)
    zhang_number, zhang_code = slip(wu, number)
    li_mei, zhang_wei = signed_in(journey, number, code), signed_in(journey, zhang_number, zhang_code)
    zhang_wei.reads(text["released"])
    for secret in (number, text["words"], "李梅"):
        zhang_wei.never_shows(secret)
    wu.moves(number, "consent", procedure="cn-people-mediation")
    offered(wu, number, "lan-post", "peoples_mediator", accepted_by=(li_mei, zhang_wei))
    wu.moves(number, "begin_simple", procedure=PACK, to=named(journey, "孙兰", "Sun Lan"))
    lan = journey.officer("lan")
    lan.opens(number)
    lan.reads(text["words"])

    days_pass(journey, 9)  # the week of the village is over; the town is offered, and an elder comes along
    wu = journey.officer("wu")
    li_mei, zhang_wei = signed_in(journey, number, code), signed_in(journey, zhang_number, zhang_code)
    offered(wu, number, "ma-post", "elder", accepted_by=(li_mei, zhang_wei))
    for side in (li_mei, zhang_wei):
        says_yes(side, "Do you want to go to the next level?")
    journey.officer("lan").moves(
        number, "raise_to_town_ordinary", procedure=PACK, to=named(journey, "马老", "Elder Ma")
    )

    ma = journey.officer("ma", bypass_csp=True)
    draw_up(ma, number, text)
    for side, own in ((li_mei, number), (zhang_wei, zhang_number)):
        side.visit("room:agreement", own)
        side.reads(text["line"])
        side.fill(has_read="on")
        side.press("Sign")
    ma.visit("room:desk-agreement", number)
    ma.press("Sign as the mediator and make the agreement")
    ma.says("The joint application, drafted")
    for side in (li_mei, zhang_wei):
        side.visit("portal:table", number if side is li_mei else zhang_number)
        says_yes(side, "Do you want to ask the court, together, to confirm it?")
    ma.moves(number, "ask_confirmation", procedure="cn-people-mediation")

    days_pass(journey, 92)
    act_on_terms()
    assert later.ask_all() == 1
    for own, secret in ((number, code), (zhang_number, zhang_code)):
        side = signed_in(journey, own, secret)
        side.visit("room:afterwards", own)
        side.fill(holds="yes", content="yes")
        side.press("Send")
        reads_the_letter_and_rates(side, own)
        assert own == number or number not in side.text
    leader = journey.officer("he")
    leader.visit("desk:figures")
    leader.visit("desk:disputes")
    leader.reads(text["agreed"])
    for secret in ("李梅", "张伟", text["words"], text["stone"]):
        leader.reads_not(secret)


def reads_the_letter_and_rates(side: Resident, own: str) -> None:
    """Each side opens the agreement from its own page, and says how it was."""
    side.visit("portal:table", own)
    assert side.fetches(side.page.locator("main a[href*='/letter/?letter=']").first).startswith(b"%PDF")
    side.follow("Rate")
    side.fill(solved="yes")
    side.press("Rate")
    side.says("Your rating is kept. No officer sees it for your matter.")


def days_pass(journey: Office, days: int) -> None:
    """So many days later: whoever was signed in has gone home."""
    clock.let_days_pass(days)
    act_on_terms()
    journey.signed_in.clear()


def named(journey: Office, zh: str, en: str) -> str:
    """A mediator in the language of the journey."""
    return en if journey.say.code == "en" else zh


def plan(wu: Officer, day: datetime.date, place: str) -> None:
    """An office hour, planned where residents read it."""
    wu.visit("desk:going-out")
    wu.unfolds()
    wu.fill(area="willow", begins="9:00", ends="11:00", place_zh=place, place_en=place)
    wu.fill_day("day", day)
    wu.press("Plan it")


def hear(wu: Officer, card: str, text: dict[str, str]) -> None:
    """Two neighbours came; both said yes to the officer, one of them took a card."""
    wu.visit("desk:going-out")
    wu.go(wu.page.locator("main a[href*='/going-out/hours/']").first)
    wu.fill(came="7")
    wu.press("Keep")
    wu.follow("It is a dispute: open it, with consent")
    wu.fill(
        channel="counter", kind="land", area="willow", words=text["words"], released=text["released"], name="李梅",
        other_name="张伟", other_address="柳村七组", consent_1="in_person", consent_2="in_person", card=card,
    )  # fmt: skip
    wu.press("Open it")
    wu.says("Opened. Next, invite the other side.")


def slip(wu: Officer, number: str) -> tuple[str, str]:
    """Number and code of the other side, as the slip says them once."""
    wu.visit("desk:table", number)
    wu.unfolds()
    wu.go(wu.page.locator("form[action$='/table/invite/'] button"))
    text = wu.page.locator("body").inner_text()
    own, code = NUMBER.search(text), CODE.search(text)
    assert own is not None and code is not None
    return own.group(), code.group()


def offered(wu: Officer, number: str, post: str, kind: str, *, accepted_by: tuple[Resident, ...]) -> None:
    """A mediator on the list, without a tie, whom both sides accept."""
    wu.visit("desk:table", number)
    wu.unfolds()
    wu.page.locator("form[action$='/table/offer/'] select[name=post]").select_option(post)
    wu.page.locator("#offer-kind").select_option(kind)
    wu.go(wu.page.locator("form[action$='/table/offer/'] button"))
    wu.unfolds()
    wu.page.locator("form[action$='/table/tie/'] select[name=post]").select_option(post)
    wu.go(wu.page.locator("form[action$='/table/tie/'] button"))
    for side in accepted_by:
        side.page.reload()
        side.press("Accept")


def says_yes(side: Resident, question: str) -> None:
    """Yes to one question of the table."""
    side.page.reload()
    asked = side.page.locator(".panel", has_text=side.say(question))
    side.go(asked.get_by_role("button", name=side.say("Yes"), exact=True))


def draw_up(ma: Officer, number: str, text: dict[str, str]) -> None:
    """The agreement with its duties, the line on the photo, read out."""
    ma.visit("room:desk-agreement", number)
    ma.fill(
        facts=text["facts"], issues=text["released"], responsibility=text["facts"], manner=text["wall"],
        text_1=text["stone"], side_1="2",
    )  # fmt: skip
    ma.fill_day("due_on_1", clock.today(ZONE) + datetime.timedelta(days=30))
    ma.press("Keep it")
    draws_line(ma, number, text["line"])
    ma.visit("room:desk-agreement", number)
    ma.press("It was read out to all")
