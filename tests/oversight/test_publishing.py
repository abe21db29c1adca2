"""Our figures: exact where the office acted, withheld where a number is small; and what an attacker makes of all of it."""

from __future__ import annotations

import csv
import datetime
import io
import random
from collections import Counter
from typing import Any

import pytest
from django.test import Client

from huiyin.oversight.statistics import disputes, publishing
from huiyin.oversight.statistics.disputes import Settled
from huiyin.oversight.statistics.models import Release
from huiyin.record import clock
from huiyin.record.cases.given import Given
from huiyin.record.ledger.models import Event
from huiyin.rules.disclosure import ALL, Published, Shown, Withheld
from huiyin.rules.outreach import Quarter, quarter_of
from huiyin.stages.outreach import actions as outreach
from tests.cast import Office, make_move
from tests.mediating import begun, both_say, make_table_office, table
from tests.rules.attacker import Attacker, hidden_widths

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
TOWNS, KINDS, LEVELS = ("reed", "willow", "stone"), ("land", "debt", "wages"), ("village", "town", "county")
WORDS = {"fewer_than_ten": Withheld.FEW, "withheld": Withheld.WITH_IT}


@pytest.fixture
def office(db: None) -> Office:
    return make_table_office()


def settle(office: Office, **changes: object) -> str:
    at = begun(table(**changes), office)
    both_say(at, "agree")
    make_move(at.number, "agree_in_writing", by=office.lan, given=Given(text="各退一尺。"))
    return at.number


def english(client: Client, address: str) -> str:
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200, address
    return answer.content.decode()


def invented(seed: int, quarters: int = 3) -> list[Settled]:
    """Settled disputes of some quarters: many in one town, few in others, hardly any at the county."""
    draw, found = random.Random(seed), []
    for number in range(quarters):
        first = Quarter(2025, 1 + number).first
        for town in TOWNS:
            for kind in KINDS:
                for _ in range(draw.choice((0, 1, 3, 11, 14, 30))):
                    level = draw.choices(LEVELS, (20, 8, 1))[0]
                    found.append(Settled(first + datetime.timedelta(draw.randrange(80)), town, kind, level, False))
    return found


def test_a_settled_dispute_counts_once_on_the_day_of_its_agreement_and_in_no_complaint_figure(office: Office) -> None:
    number = settle(office)
    begun(table(), office)
    make_move(number, "record_performed", by=office.lan)
    today = clock.today("Asia/Shanghai")
    assert disputes.settled() == [Settled(today, "county", "land", "village", False)]
    assert publishing.totals()["disputes_settled"] == 1
    told = publishing.figures_of(quarter_of(today), disputes.settled(), "Asia/Shanghai")
    assert told["acts"]["complaints"]["answered"] == told["acts"]["complaints"]["accepted"] == 0


def test_a_quarter_is_published_once_ten_days_after_it_is_over_and_bound_into_the_history(
    office: Office, client: Client
) -> None:
    settle(office)
    slip = outreach.new_slip()
    outreach.suggest(slip, "willow", "修长凳", language="zh-hans")
    here = quarter_of(clock.today("Asia/Shanghai"))
    assert publishing.publish_quarters() == 0
    over = datetime.datetime.combine(here.last, datetime.time(4), datetime.UTC)
    with clock.story(over + datetime.timedelta(days=9)):
        assert publishing.publish_quarters() == 0
    with clock.story(over + datetime.timedelta(days=12)):
        assert publishing.publish_quarters() == 1
        assert publishing.publish_quarters() == 0
        outreach.withdraw(slip.number, slip.code, source="here")
    row = Release.objects.get()
    assert row.figures["acts"]["disputes_settled"] == row.figures["acts"]["suggestions"] == 1
    assert row.sha256 in (Event.objects.get(kind="figures_published").private or "")
    page = english(client, "/statistics/")
    assert here.name in page and "fewer than ten" not in page  # one of one: the total says it, the line is not shown
    assert "Too few to be broken down" in page
    assert "Mediations that reached an agreement" in page
    assert "Complaints accepted" in english(client, f"/statistics/{here.name}/")
    assert client.get("/statistics/1999-Q1/").status_code == 404
    assert client.get("/statistics/data.pdf").status_code == 404


def as_published(told: dict[str, Any]) -> Published:
    """A table of the open data, as its reader has it."""
    cells: dict[Any, Shown] = {
        (each["row"] or ALL, each["column"] or ALL): WORDS.get(each["shown"], each["shown"]) for each in told["cells"]
    }
    return Published(told["total"], cells)


@pytest.mark.parametrize("seed", range(6))
def test_an_attacker_with_every_published_table_learns_no_small_number(
    office: Office, client: Client, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Row 28: everything on the page and in its data, of all quarters; every withheld number stays five wide."""
    truth = invented(seed)
    monkeypatch.setattr(disputes, "settled", lambda: truth)
    assert publishing.publish_quarters() >= 3
    data = client.get("/statistics/data.json").json()
    assert data["totals"]["disputes_settled"] == len(truth)
    attacked = 0
    for told in data["quarters"]:
        own = [each for each in truth if quarter_of(each.on).name == told["quarter"]]
        unknown = sorted({(each.town, each.kind, each.level) for each in own})
        tables = [each for each in told["tables"] if each["name"].startswith("settled") and each["cells"]]
        attacker = Attacker(unknown)
        known = []
        for each in tables:
            read, cells = as_published(each), _cells(each, unknown)
            attacker.reads(read, cells)
            known.append((read, cells))
        for read, cells in known:
            widths = hidden_widths(attacker, read, cells)
            attacked += len(widths)
            assert all(width >= 5 for width in widths.values()), (told["quarter"], widths)
            assert all(not 0 < value < 10 for value in read.cells.values() if isinstance(value, int))
    assert attacked > 0


def _cells(told: dict[str, Any], unknown: list[tuple[str, str, str]]) -> dict[Any, set[tuple[str, str, str]]]:
    """Which unknown counts lie in each inner place of a table."""
    at = {"settled_by_town": 0, "settled_by_kind": 1, "settled_by_level": 2}.get(told["name"])
    found: dict[Any, set[tuple[str, str, str]]] = {}
    for each in told["cells"]:
        if at is not None:
            found[ALL, each["column"]] = {cell for cell in unknown if cell[at] == each["column"]}
        elif each["row"] and each["column"]:
            found[each["row"], each["column"]] = {cell for cell in unknown if cell[:2] == (each["row"], each["column"])}
    return found


def test_what_was_withheld_is_not_in_the_files_either(
    office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    truth = [each for each in invented(1) if each.level != "county"]
    few = [Settled(Quarter(2025, 1).first, "reed", "land", "county", None) for _ in range(7)]
    monkeypatch.setattr(disputes, "settled", lambda: truth + few)
    publishing.publish_quarters()
    page = english(client, "/statistics/2025-Q1/")
    assert "fewer than ten" in page and "County centre" in page
    rows = list(csv.DictReader(io.StringIO(client.get("/statistics/data.csv").content.decode("utf-8-sig"))))
    line = [row for row in rows if row["quarter"] == "2025-Q1" and row["column"] == "county"]
    assert [(row["value"], row["why_not_shown"]) for row in line] == [("", "fewer_than_ten")]
    small = {row["value"] for row in rows if row["figure"].startswith("settled")} & {str(n) for n in range(1, 10)}
    assert not small


def test_the_desk_counts_exactly_and_opens_what_one_may_read(office: Office) -> None:
    numbers = [settle(office), settle(office, kind="debt")]
    begun(table(kind="debt"), office, to="ma-post")
    lan, wu, zhao = (signed_in(office, name) for name in ("lan", "wu", "zhao"))
    assert zhao.get("/desk/figures/").status_code == 404
    assert zhao.get("/desk/figures/disputes/").status_code == 404
    total, counted = disputes.counted(office.wu)
    assert (total, counted["kind"]) == (3, Counter(debt=2, land=1))
    assert counted["result"] == Counter({"agreed_in_writing": 2, "": 1})
    page = wu.get("/desk/figures/").content.decode()
    assert "/desk/figures/disputes/?kind=debt" in page
    own = lan.get("/desk/figures/disputes/").content.decode()
    assert all(number in own for number in numbers)
    assert numbers[0] not in lan.get("/desk/figures/disputes/?kind=debt").content.decode()
    assert lan.get("/desk/figures/disputes/?as=pdf").status_code == 404
    assert lan.get("/desk/figures/disputes/?kind=x&before=y").status_code == 404


def test_the_register_taken_along_is_written_down_first_and_holds_nobodys_words(office: Office) -> None:
    number = settle(office)
    answer = signed_in(office, "lan").get("/desk/figures/disputes/?as=csv")
    text = answer.content.decode("utf-8-sig")
    assert number in text and "张伟" not in text and "李梅" not in text and "地界" not in text
    assert Event.objects.filter(kind="register_taken_along").count() == 1


def signed_in(office: Office, name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(office.account(name))
    return client
