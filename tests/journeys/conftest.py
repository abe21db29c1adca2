"""A town with a server, browsers of both widths in both languages, and people who walk through its pages."""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.journeys.officers import Officer
from tests.journeys.residents import Resident
from tests.journeys.speech import Tongue
from tests.journeys.town import ROOT, Town, running_town
from tests.journeys.walking import Walker
from tests.record.entry.other_house import CLIENT, SECRET, OtherHouse, open_house

PICTURES = ROOT / "artifacts" / "journeys"
LOCALES = {"zh-hans": "zh-CN", "en": "en-GB"}
HEIGHT = 900
PASSWORD = "every-complaint-gets-an-answer"  # the demo's, for everybody
PATIENCE = 15_000  # milliseconds for a page, on a machine that is busy


@pytest.fixture(scope="session")
def other_house() -> Iterator[OtherHouse]:
    """A service elsewhere that knows the town's officers."""
    with open_house() as house:
        yield house


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory, other_house: OtherHouse) -> Iterator[Town]:
    """The one town of this worker."""
    name = os.environ.get("PYTEST_XDIST_WORKER", "main")
    signing_in = {
        "HUIYIN_OIDC_ISSUER": other_house.address,
        "HUIYIN_OIDC_CLIENT_ID": CLIENT,
        "HUIYIN_OIDC_CLIENT_SECRET": SECRET,
    }
    with running_town(tmp_path_factory.mktemp("town") / "home", name, **signing_in) as open_town:
        yield open_town


class Journey:
    """One test's browsers, its language and width, and who walks in it."""

    def __init__(self, browser: Browser, town: Town, language: str, width: int, signed_in: dict[str, Any]) -> None:
        self.browser, self.town, self.width = browser, town, width
        self.say = Tongue(language)
        self.contexts: list[BrowserContext] = []
        self.elsewhere: list[str] = []
        self.signed_in = signed_in

    def page(self, *, state: Any = None, locale: str = "", **options: Any) -> Page:
        """A browser of its own: nothing is shared with the others but the server."""
        context = self.browser.new_context(
            viewport={"width": self.width, "height": HEIGHT},
            locale=LOCALES[locale or self.say.code],
            storage_state=state,
            **options,
        )
        context.set_default_timeout(PATIENCE)
        context.on("request", self._note)
        self.contexts.append(context)
        return context.new_page()

    def _note(self, request: Request) -> None:
        if not request.url.startswith((self.town.url + "/", "data:", "about:")):
            self.elsewhere.append(request.url)

    def resident(self, **options: Any) -> Resident:
        """Somebody who has a complaint, on a device of their own."""
        return Resident(self.town, self.say, self.page(**options))

    def officer(self, login: str, **options: Any) -> Officer:
        """An officer, signed in; the sign-in page is walked through once for each."""
        officer = Officer(self.town, self.say, self.page(state=self.signed_in.get(login), **options))
        language = {"name": "language", "value": self.say.code, "url": self.town.url}
        officer.page.context.add_cookies([language])  # type: ignore[list-item]
        officer.after_unlocking = lambda walker: self.keep(login, walker)
        if login not in self.signed_in:
            sign_in(officer, login)
            self.keep(login, officer)
        return officer

    def keep(self, login: str, walker: Walker) -> None:
        """What this browser keeps, the next one of the same officer begins with: nobody signs in or unlocks again and again."""
        self.signed_in[login] = walker.page.context.storage_state()

    def answered(self, number: str, text: str, *, is_confidential: bool = False) -> None:
        """The whole way of an answer: accepted, given to Officer Zhao, written, signed by four."""
        registrar = self.officer("luo-yiming")
        registrar.moves(number, "accept")
        if is_confidential:
            registrar.copies_for_readers(number)
        registrar.moves(number, "assign", to="zhao-min")
        self.officer("zhao-min").replies(number, text)
        for signer in ("qian-shouyi", "yuan-hui", "lei-zhensheng", "deng-ping"):
            self.officer(signer).signs(number)

    def take_pictures(self, name: str) -> None:
        """Every page that is open, as it was when the test failed."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        pages = [page for context in self.contexts for page in context.pages]
        for count, page in enumerate(pages, start=1):
            page.screenshot(path=PICTURES / f"{name}-{count}.png", full_page=True)


def sign_in(officer: Walker, login: str) -> None:
    """The sign-in page."""
    officer.visit("desk:sign-in")
    officer.fill(username=login, password=PASSWORD)
    officer.press("Sign in")


@pytest.fixture(scope="session")
def signed_in() -> dict[str, Any]:
    """What the browsers of signed-in officers keep, by login."""
    return {}


ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
# A page looks the same on both engines: on the second one way is walked, for what is kept behind the pages.
WAYS = (("zh-hans", 320),) if ON_POSTGRES else (("zh-hans", 320), ("en", 1280))
CROSSED = (("en", 320),) if ON_POSTGRES else (("zh-hans", 1280), ("en", 320))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Both languages and both widths: Chinese on a narrow screen and English on a wide one; ``crossed``, the reverse."""
    given = any("journey" in str(mark.args[:1]) for mark in metafunc.definition.iter_markers("parametrize"))
    if "journey" in metafunc.fixturenames and not given:
        ways = CROSSED if metafunc.definition.get_closest_marker("crossed") else WAYS
        metafunc.parametrize("journey", ways, indirect=True, ids=lambda way: f"{way[0]}-{way[1]}")


@pytest.fixture
def journey(
    request: pytest.FixtureRequest, browser: Browser, town: Town, signed_in: dict[str, Any]
) -> Iterator[Journey]:
    """One language at one width; pictures of every open page are kept when it fails."""
    language, width = request.param
    under_way = Journey(browser, town, language, width, signed_in)
    yield under_way
    if getattr(request.node, "has_failed", False):
        under_way.take_pictures(re.sub(r"[^\w-]+", "-", request.node.name))
    for context in under_way.contexts:
        context.close()
    assert under_way.elsewhere == [], "requests left the house"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember a failure, for the pictures."""
    report = yield
    if report.when == "call" and report.failed:
        item.has_failed = True  # type: ignore[attr-defined]
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder runs in a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
