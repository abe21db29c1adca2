"""A mediator's whole session on a phone whose line breaks, and a side's offer over the same line: nothing lost, nothing twice."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Route, expect

from huiyin.record import clock
from huiyin.record.cases.held.checking import verify_everything
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.stages.mediation import meetings, seats, talks
from huiyin.stages.mediation.meetings import Meeting
from huiyin.stages.mediation.models import Agreement, Attendance, Fact, Offer, PrivateNote, Session
from tests.journeys.conftest import ON_POSTGRES
from tests.journeys.office import Office
from tests.journeys.officers import Officer
from tests.journeys.test_21_at_the_table import signed_in
from tests.journeys.town import Town
from tests.journeys.walking import Walker
from tests.mediating import Table, begun, make_table_office, table

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]
PHONES = (("zh-hans", 320),) if ON_POSTGRES else (("zh-hans", 320), ("en", 320))
OFFLINE = "There is no network. Nothing was sent; what you typed is held here. Send it again when the network is back."
BACK = "The network is back. What you typed was not sent yet: send it now."
UNSURE = "We could not see that this arrived. It stands here as you typed it: send it again, it counts once."
KEPT = "This was typed earlier, kept on this device and not sent yet."
ARRIVED = "It arrived. Nothing of it is held on this device any more."


@pytest.fixture(params=PHONES, ids=lambda way: f"{way[0]}-{way[1]}")
def phone(
    request: pytest.FixtureRequest, browser: Browser, live_server: Any, settings: Any, tmp_path: Path
) -> Iterator[tuple[Office, Table]]:
    """A dispute with a session that both sides are due to come to, and a phone."""
    settings.HUIYIN_STORY_FILE = tmp_path / "story-days"
    office = make_table_office()
    at = begun(table(), office)
    starts = clock.now() + datetime.timedelta(days=2)
    meetings.propose(at.number, Meeting((starts,), "on_site", "村委会"), by=office.lan)
    for holder, number in ((at.asker, at.number), (at.other, at.other_number)):
        meetings.say_times(holder, number, 1, {1: "yes"})
    meetings.fix(at.number, 1, 1, by=office.lan)
    clock.let_days_pass(2)
    journey = Office(browser, Town(live_server.url, tmp_path, {}), request.param[0], request.param[1], {})
    yield journey, at
    for context in journey.contexts:
        context.close()
    assert journey.elsewhere == [], "requests left the house"


def holds() -> None:
    """The history, with all that was sent in it."""
    while sequence_pending():
        pass
    assert verify_everything() == []


def clicks(walker: Walker, sentence: str) -> None:
    """A button, without waiting for a page that may never come."""
    walker.page.get_by_role("button", name=walker.say(sentence), exact=True).click(no_wait_after=True)


def says(mediator: Officer, sentence: str) -> None:
    expect(mediator.page.locator("[data-draft-says]:visible")).to_have_text(mediator.say(sentence))


def offline_then_back(mediator: Officer, button: str, held: dict[str, str], address: tuple[object, ...]) -> None:
    """Sent without a network; the page is loaded again with one; sent again."""
    context = mediator.page.context
    context.set_offline(True)
    clicks(mediator, button)
    says(mediator, OFFLINE)
    assert {name: mediator.value(name) for name in held} == held
    context.set_offline(False)
    says(mediator, BACK)
    mediator.visit(*address)  # type: ignore[arg-type]
    says(mediator, UNSURE)
    assert {name: mediator.value(name) for name in held} == held, "kept over a reload"
    mediator.press(button)


def breaks(walker: Walker, button: str, *, reaches: bool) -> None:
    """The line breaks while it is being sent: before it reaches the office, or after, when the answer is lost."""

    def on_the_way(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        if reaches:
            route.fetch(max_redirects=0)
        route.abort("connectionreset")

    walker.page.route("**/*", on_the_way)
    with pytest.raises(Error, match="ERR_CONNECTION_RESET"), walker.page.expect_navigation():
        clicks(walker, button)
    walker.page.unroute("**/*")


def lost(mediator: Officer, button: str, address: tuple[object, ...], *, reaches: bool) -> None:
    """It breaks, and the page is loaded again."""
    breaks(mediator, button, reaches=reaches)
    mediator.visit(*address)  # type: ignore[arg-type]


def test_a_whole_session_on_a_phone_whose_line_breaks(phone: tuple[Office, Table]) -> None:
    journey, at = phone
    mediator = journey.officer("lan")
    here: tuple[object, ...] = ("room:desk-session", at.number, 1)

    # Typed, and the page loaded again before anything was sent: kept where the box is ticked, and only there.
    mediator.visit(*here)  # type: ignore[arg-type]
    mediator.fill(record="到现场量了")
    mediator.visit(*here)  # type: ignore[arg-type]
    assert mediator.value("record") == ""
    mediator.page.locator("[data-draft-keep]").check()
    for box in mediator.page.locator("input[name=came]").all():
        box.check()
    mediator.fill(record="到现场量了界线。")
    mediator.visit(*here)  # type: ignore[arg-type]
    says(mediator, KEPT)
    assert mediator.value("record") == "到现场量了界线。"
    assert all(box.is_checked() for box in mediator.page.locator("input[name=came]").all())

    # The answer to the record is lost after it arrived: it was held, once.
    lost(mediator, "Keep the record", here, reaches=True)
    mediator.reads("到现场量了界线。")
    assert Session.objects.get().state == "held"
    assert sorted(Attendance.objects.filter(came=True, beside="").values_list("side", flat=True)) == [1, 2]

    notes: tuple[object, ...] = ("room:desk-notes", at.number)
    mediator.visit(*notes)  # type: ignore[arg-type]
    mediator.fill(text="一方只想要回那棵树。")
    offline_then_back(mediator, "Keep the note", {"text": "一方只想要回那棵树。"}, notes)
    says(mediator, ARRIVED)
    assert PrivateNote.objects.count() == 1
    assert mediator.value("text") == ""
    mediator.visit(*notes)  # type: ignore[arg-type]
    assert mediator.value("text") == "" and not mediator.page.locator("[data-draft-says]:visible").count()

    talk: tuple[object, ...] = ("room:desk-talk", at.number)
    mediator.visit(*talk)  # type: ignore[arg-type]
    mediator.fill(text="界石在老树东边三步。")
    lost(mediator, "Put it on the joint page", talk, reaches=True)
    says(mediator, UNSURE)
    assert mediator.value("text") == "界石在老树东边三步。"
    mediator.press("Put it on the joint page")
    says(mediator, ARRIVED)
    assert Fact.objects.count() == 1, "it had arrived the first time, and counts once"

    paper: tuple[object, ...] = ("room:desk-agreement", at.number)
    mediator.visit(*paper)  # type: ignore[arg-type]
    told = {
        "facts": "四年前界石移动过。",
        "issues": "界石在哪里。",
        "responsibility": "双方各半。",
        "manner": "放回原处。",
        "text_1": "把界石放回原处",
    }
    mediator.fill(**told, side_1="2")
    mediator.fill_day("due_on_1", clock.today("Asia/Shanghai") + datetime.timedelta(days=30))
    lost(mediator, "Keep it", paper, reaches=False)
    says(mediator, UNSURE)
    assert Agreement.objects.count() == 0
    offline_then_back(mediator, "Keep it", told, paper)
    assert Agreement.objects.count() == 1
    assert Agreement.objects.get().facts == told["facts"]
    assert [each for each in mediator.page.evaluate("Object.keys(sessionStorage)") if each.startswith("table ")] == []
    holds()


def test_a_side_sends_an_offer_over_a_line_that_breaks(phone: tuple[Office, Table]) -> None:
    """Pages of the portal have no script: the browser sends the same form again, and it counts once."""
    journey, at = phone
    side = signed_in(journey, at.other_number, at.other_code)
    for count, reaches in enumerate((True, False), start=1):
        side.visit("room:talk", at.other_number)
        side.reads(side.say("If the line breaks while you send, load the page again: what arrives twice counts once."))
        side.page.locator("#id_text").fill(f"我让出半尺 {count}。")

        breaks(side, "Let the others read it", reaches=reaches)
        assert Offer.objects.count() == (count if reaches else count - 1)
        side.page.context.set_offline(True)
        with pytest.raises(Error):
            side.page.reload()
        side.page.context.set_offline(False)
        side.page.reload()
        side.look()
        side.reads(f"我让出半尺 {count}。")
        assert Offer.objects.count() == count, "exactly one"
    assert sorted(each.text for each in talks.offers_of(seats.of_side(at.asker, at.number))) == [
        "我让出半尺 1。",
        "我让出半尺 2。",
    ]
    holds()
