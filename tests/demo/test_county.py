"""The invented county: exactly these counts on the desk, and what everybody may read of them.

Row 28 on its own data: whoever reads everything, on every day, learns no small number; and finds a leak where one is planted.

The attacker has both pages, every quarter, both files, the public list of suggestions, and all of it again on each of
some thirty days: monthly, on the day each quarter is published, and many days in a row.
"""

from __future__ import annotations

import copy
import datetime
import html
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client

from huiyin.demo import county_names
from huiyin.demo.county_ground import SHOWN
from huiyin.oversight.statistics import disputes, publishing
from huiyin.oversight.statistics.publishing import figures_of, settled_tables
from huiyin.record.bodies.models import Account, Area
from huiyin.record.cases.held.verifying import verify_cases
from huiyin.record.ledger.verify import verify_ledger
from huiyin.rules.counting import NARROWEST, rounded
from huiyin.rules.disclosure import ALL, Published, Shown, Withheld, bounds
from huiyin.rules.outreach import Quarter
from huiyin.stages.outreach.queries import towns_of_areas
from tests.demo.conftest import DAYS_IN_A_ROW, ZONE, Told
from tests.oversight import attack, public

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(databases=["default", "vault"]),
    pytest.mark.xdist_group("county"),  # told once, by one worker
]


SETTLED_MEANS = "each counted once on the day of its first agreement"
DESK = {  # figure: value, and how what it counts is said
    "Villages": ("62", "Villages of the county"),
    "Communities": ("7", "Communities of its streets"),
    "Disputes settled": ("207", SETTLED_MEANS),
    "Suggestions heard": ("159", "Made at office hours or sent in"),
    "Contact posters": ("142", "Posters and cards that hang today"),
}


def bare(page: str) -> str:
    text = re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(script|style).*?</\1>", "", page))
    return " ".join(html.unescape(text).split())


def desk(account: str) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(Account.objects.get(username=account))
    answer = client.get("/desk/figures/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_desk_shows_exactly_its_counts_each_with_what_it_counts(told: Told) -> None:
    page = desk("head")
    rows = re.findall(
        r'(?s)<tr><th scope="row">(.*?)</th><td><strong>([^<]*)</strong></td><td[^>]*>(.*?)</td></tr>', page
    )
    shown = {bare(name): (value, html.unescape(said)) for name, value, said in rows}
    for name, (value, said) in DESK.items():
        assert shown[name][0] == value and said in shown[name][1], name
    assert "County centre 8" in bare(page) and "by the level on which the sides agreed" in bare(page)
    assert re.search(r"\d+ of 69 villages and communities", bare(page))
    assert [*verify_ledger(), *verify_cases(lambda _what, _count: None)] == []


def test_everybody_reads_the_totals_and_fewer_than_ten_at_the_centre(told: Told) -> None:
    newest = told.readings[-1]
    assert newest.totals_shown | {"Disputes settled": "207", "Suggestions heard": "159", "Contact posters": "142"} == (
        newest.totals_shown
    )
    assert SETTLED_MEANS in newest.definitions["Disputes settled"]
    assert "Made at office hours or sent in" in newest.definitions["Suggestions heard"]
    for quarter in told.quarters:
        _total, levels = newest.tables_shown[quarter.name, "Disputes settled, by level"]
        assert levels["County centre", ""] == "fewer_than_ten"
    public_page = bare(Client().get("/statistics/", headers={"accept-language": "en"}).content.decode())
    assert "County centre fewer than ten" in public_page
    assert re.search(r"Coverage in \d{4}-Q\d, so far: \d+ of 69", public_page)


def test_no_name_is_given_twice_and_the_start_screen_names_who_is_there() -> None:
    villages, people = list(county_names.villages()), list(county_names.people())
    assert (
        len({each.zh for each in villages}) == len(villages) >= sum(count for _c, _n, count in county_names.TOWNS) == 62
    )
    assert len({each.zh for each in people}) == len(people) >= 57
    assert {role for _login, role in SHOWN} >= {"mediator", "registrar", "administrator", "body_head"}


def town_of() -> Callable[[str], str]:
    towns = towns_of_areas()
    return attack.of_towns({row.name_en: towns[row.pk] for row in Area.objects.all()})


def test_whoever_reads_everything_on_every_day_learns_no_small_number(told: Told) -> None:
    assert len(told.readings) >= 12 + len(told.quarters) + DAYS_IN_A_ROW
    newest = told.readings[-1].data
    assert [each["quarter"] for each in newest["quarters"]][: len(told.quarters)] == [
        each.name for each in told.quarters
    ]
    found = attack.spans(told.readings, "disputes_settled", ZONE)
    assert min(len(attack.in_quarter(found, each)) for each in told.quarters) >= 3, "each month by itself"
    assert len(attack.in_quarter(found, told.quarters[0])) > DAYS_IN_A_ROW
    attacked = 0
    for quarter in newest["quarters"]:
        cells = [*attack.settled(quarter, attack.in_quarter(found, quarter["quarter"])), *attack.came(quarter)]
        attacked += len(cells)
        assert attack.narrowed(cells, NARROWEST) == []
    assert attacked >= 10, "there was something to find out"


def test_what_was_published_once_is_never_said_otherwise_later(told: Told) -> None:
    """The difference between two publications is a whole quarter, never a part of one."""
    first: dict[str, Any] = {}
    for reading in told.readings:
        for quarter in reading.data["quarters"]:
            assert first.setdefault(quarter["quarter"], quarter) == quarter
            assert (
                Quarter(int(quarter["quarter"][:4]), int(quarter["quarter"][-1])).last
                < reading.at.astimezone(ZONE).date()
            )
    for name in ("disputes_settled", "suggestions"):
        totals = [reading.data["totals"][name] for reading in told.readings]
        assert totals == sorted(totals) and totals[0] < 10


def test_the_public_list_of_suggestions_tells_of_those_on_it_alone(told: Told) -> None:
    towns = sorted({key for each in told.readings[-1].data["quarters"] for key in each["suggestions_answered_by_town"]})
    assert len(towns) == 7
    for reading in told.readings:
        waiting = reading.data["totals"]["suggestions"] - reading.data["totals"]["suggestions_answered"]
        cells = attack.unanswered([reading], town_of(), towns)
        assert {(cell.low, cell.high) for cell in cells} == {(0, waiting)}, "no more than the county's own total says"


def careless(counts: Mapping[Any, int]) -> Published:
    """As somebody would do it who has heard of small cells alone: those are left out, the rest is rounded."""
    truth = {place if isinstance(place, tuple) else (ALL, place): count for place, count in counts.items()}
    shown: dict[Any, Shown] = {
        place: Withheld.FEW if 0 < count < 10 else rounded(count) for place, count in truth.items() if count
    }
    return Published(sum(truth.values()), shown)


def test_a_careless_table_is_found_out(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: only the small cells themselves are left out, and the rest is rounded."""
    leaked = 0
    for quarter in told.quarters:
        own = [each for each in disputes.settled() if quarter.first <= each.on <= quarter.last]
        with monkeypatch.context() as planted:
            planted.setattr(publishing, "published_line", careless)
            leaky = attack.settled(figures_of(quarter, own, str(ZONE)), [])
        for cell in attack.narrowed(leaky, NARROWEST):
            dimension = cell.table.removeprefix("settled_by_")
            truth = sum(getattr(each, dimension) == cell.place[1] for each in own)
            assert cell.low <= truth <= cell.high < 10, "what it believes is true"
            leaked += 1
    assert leaked, "it learned a small number that the careful tables keep"


def test_a_breakdown_that_runs_is_found_out(told: Told) -> None:
    """Planted: the same breakdown after every span instead of once; each by itself is careful, together they are not."""
    found = attack.spans(told.readings, "disputes_settled", ZONE)
    own = [each for each in disputes.settled() if told.quarters[0].first <= each.on <= told.quarters[0].last]
    ends = [span.after.astimezone(ZONE).date() for span in found if span.quarter == told.quarters[0].name][1:]
    running = [settled_tables(each for each in own if each.on < day) for day in ends]
    lines = [next((t for t in tables if t["name"] == "settled_by_kind" and t["cells"]), None) for tables in running]
    seen: dict[str, list[tuple[int, int | None]]] = {}
    for line in filter(None, lines):
        for cell in line["cells"]:
            limits = bounds(attack.WORDS.get(cell["shown"], cell["shown"]))
            seen.setdefault(cell["column"], []).append(limits)
    turned = [
        key for key, each in seen.items() if any(low < 10 for low, _ in each) and any(low >= 10 for low, _ in each)
    ]
    assert turned, "a number that grows over ten says on which day it did"


def test_visits_among_those_who_came_would_be_found_out(told: Told) -> None:
    """Planted: in one town no office hour was held, so whoever is counted there invited the office home."""
    quarter = copy.deepcopy(told.readings[-1].data["quarters"][0])
    town = next(iter(quarter["office_hours_by_town"]))
    quarter["acts"]["visits"] = 2
    del quarter["office_hours_by_town"][town]
    quarter["came_by_town"][town] = {"shown": "fewer_than_ten"}
    leaky = {cell.place[1]: cell for cell in attack.came(quarter, with_visits=True) if cell.table == "visits"}
    assert (leaky[town].low, leaky[town].high) == (1, 2)
    told_now = told.readings[-1].data["quarters"]
    assert all(each["came_by_town"].keys() <= each["office_hours_by_town"].keys() for each in told_now)


def test_a_number_without_a_rule_is_found_on_the_page(told: Told) -> None:
    page = '<main><li>Villages: <strong>62</strong> <span class="is-quiet">counted</span></li><p>3 visits in Reed</p></main>'
    assert public._left(page, {"Villages": ("62", "counted")}) == ["3"]


def test_nothing_is_read_between_two_quarters_at_once(told: Told) -> None:
    """What the attack stands on: readings at every turn of a quarter, so that no difference mixes two."""
    first = told.quarters[-1].first
    days = {reading.at.astimezone(ZONE).date() for reading in told.readings}
    assert {each.first for each in told.quarters} <= days and first in days
    assert told.readings[0].at.astimezone(ZONE) == datetime.datetime.combine(first, datetime.time(), ZONE)
