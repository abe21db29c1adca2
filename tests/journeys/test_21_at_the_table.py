"""A boundary quarrel at the table: a time that suits both, a session, the line on the photo, signed, and asked after."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser

from huiyin.record import clock
from huiyin.record.bodies.gates import GATES
from huiyin.stages.mediation import later
from tests.front.test_table_pages import SHEETS
from tests.journeys.office import WAYS, Office
from tests.journeys.officers import Officer
from tests.journeys.residents import Resident
from tests.journeys.test_12_every_page import examined
from tests.journeys.town import Town
from tests.mediating import Table, begun, make_table_office, table

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]
NO_PAGES = {"room:calendar", "room:picture", "room:desk-picture"}
TEXT = {
    "zh-hans": {
        "place": "村委会", "note": "一方其实只想要回那棵树。", "offer": "我让出半尺，他把树留下。", "counter": "半尺可以，修墙的钱各半。",
        "fact": "界石在老树东边三步。", "record": "各方到现场量了界线。", "facts": "四年前界石移动过。", "what": "把界石放回原处。",
        "line": "从界石到老树", "part": "只放了一半。", "bar": "双方保证不再上访。",
    },
    "en": {
        "place": "Village office", "note": "All that side wants is the tree.", "offer": "I give half a foot, the tree stays.",
        "counter": "Half a foot, and each pays half the wall.", "fact": "The stone is three steps east of the tree.",
        "record": "All measured the boundary on the spot.", "facts": "The stone was moved four years ago.", "what": "Put the stone back.",
        "line": "From the stone to the old tree", "part": "Only half of it.", "bar": "Both promise not to sue.",
    },
}  # fmt: skip


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]}-{way[1]}")
def room(
    request: pytest.FixtureRequest, browser: Browser, live_server: Any, settings: Any, tmp_path: Path
) -> Iterator[tuple[Office, Table]]:
    settings.HUIYIN_STORY_FILE = tmp_path / "story-days"
    office = make_table_office()
    at = begun(table(), office)
    journey = Office(browser, Town(live_server.url, tmp_path, {}), request.param[0], request.param[1], {})
    yield journey, at
    for context in journey.contexts:
        context.close()
    assert journey.elsewhere == [], "requests left the house"


def photo() -> bytes:
    made = BytesIO()
    Image.new("RGB", (800, 500), "olive").save(made, "JPEG")
    return made.getvalue()


def signed_in(journey: Office, number: str, code: str) -> Resident:
    side = journey.resident(bypass_csp=True)
    side.visit("portal:track")
    side.fill(case_number=number, receipt_code=code)
    side.press("Open")
    return side


def draws_line(mediator: Officer, number: str, words: str) -> None:
    """A photo with the line marked on it."""
    mediator.visit("room:desk-line", number)
    stone: Any = [{"name": "stone.jpg", "mimeType": "image/jpeg", "buffer": photo()}]
    mediator.page.locator("[name=attached]").set_input_files(stone)
    mediator.press("Keep picture and line")
    picture = mediator.page.locator("svg[data-marked]")
    for across, down in ((20, 20), (150, 90)):
        picture.click(position={"x": across, "y": down})
    assert len(mediator.value("drawn").split()) == 2, "tapped; the same points can be typed"
    mediator.fill(words=words)
    mediator.press("Keep picture and line")


def test_from_a_session_to_an_agreement_that_is_asked_after(room: tuple[Office, Table]) -> None:
    journey, at = room
    text = TEXT[journey.say.code]
    mediator = journey.officer("lan", bypass_csp=True)
    asker, other = signed_in(journey, at.number, at.asker_code), signed_in(journey, at.other_number, at.other_code)
    with examined(mediator) as look, examined(other) as seen:
        mediator.visit("room:desk", at.number)
        look("room:desk")
        mediator.visit("room:desk-sessions", at.number)
        mediator.press("Ask which time suits")
        look("room:desk-sessions", "with errors")
        when = clock.now() + datetime.timedelta(days=3)
        mediator.fill(
            with_side="0",
            how="on_site",
            place=text["place"],
            time_1=when.strftime("%Y-%m-%dT09:30"),
            time_2=when.strftime("%Y-%m-%dT14:00"),
        )
        mediator.press("Ask which time suits")
        for side, number in ((asker, at.number), (other, at.other_number)):
            side.visit("room:sessions", number)
            side.reads(text["place"])
            side.fill(time_1="no" if side is other else "yes", time_2="yes")
            side.press("Say which suit")
        seen("room:sessions", "asked")
        mediator.visit("room:desk-session", at.number, 1)
        look("room:desk-session", "answered")
        mediator.press("Fix this time")
        other.visit("room:sessions", at.other_number)
        assert b"BEGIN:VEVENT" in other.fetches(other.page.locator("a[href$='.ics']"))

        mediator.visit("room:desk-notes", at.number)
        mediator.fill(text=text["note"])
        mediator.press("Keep the note")
        mediator.reads(text["note"])
        look("room:desk-notes")
        other.visit("room:notes", at.other_number)
        other.reads_not(text["note"])
        seen("room:notes")

        asker.visit("room:talk", at.number)
        asker.page.locator("#id_text").fill(text["offer"])
        asker.press("Let the others read it")
        other.visit("room:talk", at.other_number)
        other.reads(text["offer"])
        other.page.locator("select[name=answers]").select_option("1")
        other.page.locator("#id_text").fill(text["counter"])
        other.press("Let the others read it")
        seen("room:talk")
        asker.visit("room:talk", at.number)
        asker.press("Take it")
        mediator.visit("room:desk-talk", at.number)
        mediator.fill(text=text["fact"])
        mediator.press("Put it on the joint page")
        look("room:desk-talk")
        for side, number in ((asker, at.number), (other, at.other_number)):
            side.visit("room:talk", number)
            side.press("It is so")
        other.says("All say so")

        mediator.visit("room:desk-session", at.number, 1)
        mediator.fill(record=text["record"])
        for box in mediator.page.locator("input[name=came]").all():
            box.check()
        mediator.press("Keep the record")
        other.visit("room:sessions", at.other_number)
        other.reads(text["record"])

        mediator.visit("room:desk-agreement", at.number)
        mediator.fill(
            facts=text["facts"],
            issues=text["facts"],
            responsibility=text["what"],
            manner=text["bar"],
            text_1=text["what"],
            side_1="2",
        )
        mediator.fill_day("due_on_1", clock.today("Asia/Shanghai") + datetime.timedelta(days=30))
        mediator.press("Keep it")
        assert mediator.value("facts") == text["facts"], "refused with what is wrong, and nothing is lost"
        look("room:desk-agreement", "refused")
        mediator.fill(manner=text["what"])
        mediator.press("Keep it")
        draws_line(mediator, at.number, text["line"])
        look("room:desk-line")
        mediator.visit("room:desk-agreement", at.number)
        mediator.press("It was read out to all")
        for side, number in ((asker, at.number), (other, at.other_number)):
            side.visit("room:agreement", number)
            side.reads(text["line"])
            side.fill(has_read="on")
            side.press("Sign")
        seen("room:agreement", "signed")
        mediator.visit("room:desk-agreement", at.number)
        mediator.press("Sign as the mediator and make the agreement")
        mediator.says("The joint application, drafted")
        look("room:desk-agreement", "made")
        mediator.visit("room:desk-notes", at.number)
        mediator.reads_not(text["note"])

        other.visit("room:help", at.other_number)
        other.fill(kind="legal_aid")
        other.press("Ask for it")
        seen("room:help")
        for name in ("rights", "agreement", "confirmation", "aid"):
            other.visit("room:sheet", at.other_number, name)
            seen("room:sheet", name)
        for name in SHEETS:
            mediator.visit("room:desk-sheet", at.number, name)
            look("room:desk-sheet", name)
        mediator.visit("room:desk-kit", at.number)
        look("room:desk-kit")
        other.visit("room:calculators")
        seen("room:calculators")

    clock.let_days_pass(85)
    assert later.ask_all() == 1
    journey.signed_in.clear()
    clerk = journey.officer("wu", bypass_csp=True)
    asker, other = signed_in(journey, at.number, at.asker_code), signed_in(journey, at.other_number, at.other_code)
    with examined(clerk) as look, examined(other) as seen:
        clerk.visit("room:desk-afterwards", at.number)
        clerk.fill(side="1", channel="call", holds="yes")
        clerk.press("Write it down")
        look("room:desk-afterwards")
        other.visit("room:afterwards", at.other_number)
        seen("room:afterwards")
        other.fill(news=text["part"])
        other.press("It is not kept: mediate again")
        other.says("It is noted that the agreement is not kept. You said yes to mediating again; the others are asked.")


def test_every_page_of_the_table_is_walked_above() -> None:
    source = Path(__file__).read_text("utf-8")
    pages = {name for name in GATES if name.startswith("room:")} - NO_PAGES
    assert [name for name in sorted(pages) if f'"{name}"' not in source] == []
