"""The invented county: exactly these counts on the desk, and what everybody may read of them."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from django.test import Client

from huiyin.demo import county, county_names
from huiyin.demo.county_ground import SHOWN
from huiyin.record.bodies.models import Account, Area
from huiyin.record.cases.verifying import verify_cases
from huiyin.record.files import typesetting
from huiyin.record.ledger.verify import verify_ledger

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "vault"])]


@pytest.fixture
def told(db: None, tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The county, without setting its letters in print."""
    settings.HUIYIN_HOME = str(tmp_path)  # type: ignore[attr-defined]
    monkeypatch.setattr(typesetting, "render", lambda *_args, **_more: b"%PDF-1.7 invented")
    county.load(lambda _sentence: None)


def words(client: Client, address: str) -> str:
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200, address
    bare = re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(script|style).*?</\1>", "", answer.content.decode()))
    return " ".join(html.unescape(bare).split())


def test_the_county_shows_exactly_its_counts_and_hides_the_small_one(told: None, client: Client) -> None:
    assert Area.objects.filter(kind="village").count() == 62
    assert Area.objects.filter(kind="community").count() == 7
    public = words(client, "/statistics/")
    for figure in ("Disputes settled: 207", "Suggestions heard: 159", "Contact posters: 142"):
        assert figure in public
    assert "County centre fewer than ten" in public
    assert "each counted once on the day of its first agreement" in public
    assert re.search(r"Coverage in \d{4}-Q\d, so far: \d+ of 69", public)
    desk = Client(headers={"accept-language": "en"})
    desk.force_login(Account.objects.get(username="head"))
    exact = words(desk, "/desk/figures/")
    for figure in ("Disputes settled 207", "Suggestions heard 159", "Contact posters 142", "County centre 8"):
        assert figure in exact
    assert [*verify_ledger(), *verify_cases(lambda _what, _count: None)] == []
    for told_quarter in client.get("/statistics/data.json").json()["quarters"]:
        shown = {cell["shown"] for table in told_quarter["tables"] for cell in table["cells"] or ()}
        assert not shown & set(range(1, 10)), told_quarter["quarter"]


def test_no_name_is_given_twice_and_the_start_screen_names_who_is_there() -> None:
    villages, people = list(county_names.villages()), list(county_names.people())
    assert (
        len({each.zh for each in villages}) == len(villages) >= sum(count for _c, _n, count in county_names.TOWNS) == 62
    )
    assert len({each.zh for each in people}) == len(people) >= 57
    assert {role for _login, role in SHOWN} >= {"mediator", "registrar", "administrator", "body_head"}
