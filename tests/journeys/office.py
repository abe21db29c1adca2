"""The small office of the cast, served in this process with a clock that can be moved on: for ways that take months."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from huiyin.record import clock, remembered
from huiyin.record.bodies.models import Body, Unit
from huiyin.record.cases.rounds.tick import act_on_terms
from huiyin.record.cases.who.grants import grant_desk
from tests.cast import PASSWORD, PEOPLE, add_officer, make_office
from tests.journeys import officers
from tests.journeys.conftest import WAYS, Journey
from tests.journeys.officers import Officer as AtTheDesk
from tests.journeys.town import Town

# People above the two bodies of the cast, so that every way can be walked to its end.
ABOVE = {
    "gao": ("高远", "Gao Yuan", "province-desk", "登记员", "Registrar", ["registrar"]),
    "bai": ("白复", "Bai Fu", "province-desk", "复核员", "Reviewer", ["reviewer", "unit_head", "body_head", "lawyer"]),
    "lu": ("卢督", "Lu Du", "city-letters-desk", "督查员", "Supervisor", ["supervisor"]),
}


def build(*packs: str) -> None:
    """The cast, and who sits above it; without a choice every pack is in force."""
    make_office(procedures=packs or None)
    province = Body.objects.create(code="province-police", name_zh="省公安厅", name_en="Provincial police")
    Body.objects.filter(code="city-police").update(superior=province)
    Unit.objects.create(
        code="province-desk", name_zh="复核处", name_en="Recheck division", body=province, is_intake=True
    )
    for code, (zh, en, unit, title_zh, title_en, roles) in ABOVE.items():
        add_officer(code, (zh, en), unit, (title_zh, title_en), roles)
    grant_desk("sun-post", "city-police-desk", why="reviews at this desk")
    remembered.forget()


class Office(Journey):
    """Journeys in the cast's office; days pass when the test says so."""

    def name(self, login: str) -> str:
        """The duty name of somebody of the cast, in the language of the journey."""
        zh, en, *_rest = (PEOPLE | ABOVE)[login]
        return en if self.say.code == "en" else zh

    def after(self, days: int) -> None:
        """So many days later, with what the clock does alone done."""
        clock.let_days_pass(days)
        act_on_terms()

    def officer(self, login: str, **options: Any) -> AtTheDesk:
        """An officer of the cast, signed in once."""
        if login not in self.signed_in:
            officer = AtTheDesk(self.town, self.say, self.page(**options))
            officer.page.context.add_cookies([{"name": "language", "value": self.say.code, "url": self.town.url}])
            officer.visit("desk:sign-in")
            officer.fill(username=login, password=PASSWORD)
            officer.press("Sign in")
            self.signed_in[login] = officer
        officer = self.signed_in[login]
        assert isinstance(officer, officers.Officer)
        return officer

    def signs(self, number: str, *logins: str) -> None:
        """Every station signs, in order."""
        for login in logins:
            self.officer(login).signs(number)


def opened(
    browser: Browser, live_server: Any, settings: Any, tmp_path: Path, way: tuple[str, int]
) -> Iterator[Callable[..., Office]]:
    """A way to open the office with the packs that a test needs; ``default`` is the law of what is filed."""
    settings.HUIYIN_STORY_FILE = tmp_path / "story-days"
    made: list[Office] = []

    def make(default: str, *packs: str) -> Office:
        settings.HUIYIN_PROCEDURE = default
        build(*packs)
        town = Town(live_server.url, tmp_path, {})
        made.append(Office(browser, town, way[0], way[1], {}))
        return made[-1]

    yield make
    for office in made:
        for context in office.contexts:
            context.close()
        assert office.elsewhere == [], "requests left the house"


__all__ = ["WAYS", "Office", "opened"]
