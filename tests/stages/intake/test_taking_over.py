"""A table from a hotline becomes matters: each once, each with its name sealed, each row accounted for."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.record import clock
from huiyin.record.cases.lists import external
from huiyin.record.cases.lists.external import note_external
from huiyin.record.cases.models import Case
from huiyin.record.cases.opening import access
from huiyin.record.identity.models import SealedIdentity
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules.refusal import Refusal
from huiyin.rules.table import Line, Table, find_heading, recognised
from huiyin.stages.intake import taking_over
from huiyin.stages.intake.table_file import read_file
from huiyin.stages.intake.taking_over import Planned, Source, plan, take_over
from tests.cast import Office, make_office
from tests.stages.intake.tables import HEADING, WATER, csv, order

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
HOTLINE = Source("12345热线")


@pytest.fixture
def office(db: None) -> Office:
    return make_office(with_accounts=False)


def table(*rows: tuple[Any, ...]) -> Table:
    return find_heading(read_file(csv([HEADING, *rows])).lines)


def planned(office: Office, *rows: tuple[Any, ...], who: str = "wu", source: Source = HOTLINE) -> list[Planned]:
    read = table(*rows)
    return plan(read, recognised(read.heading), source, by=getattr(office, who))


def test_a_row_says_all_that_a_registration_needs(office: Office) -> None:
    (row,) = planned(office, WATER)
    assert (row.deed, row.number) == ("register", "2026030512345")
    assert row.filing is not None and row.reference is not None
    assert (row.filing.subject, row.filing.category, row.filing.area) == ("小区停水", "noise", "willow")
    assert (row.filing.channel, row.filing.confidentiality) == ("phone", "named")
    assert row.filing.received_on == datetime.date(2026, 3, 5)
    assert row.filing.identity is not None and row.filing.identity.name == "张三"
    assert row.reference.due_on == datetime.date(2026, 3, 12)
    assert row.notes == ()


def test_looking_writes_nothing(office: Office) -> None:
    planned(office, WATER, order("2"), order("2"), order(""))
    assert Case.scoped.count() == 0
    assert SealedIdentity.objects.using("vault").count() == 0


def test_done_it_is_a_matter_with_its_clock_from_the_day_it_came_in(office: Office) -> None:
    done = take_over(planned(office, WATER), HOTLINE, by=office.wu)
    number = done.registered[2]
    view = access.open_case(number, reader=office.wu)
    assert (view.subject, view.description) == ("小区停水", "南门小区三天没有水，物业不管。")
    assert (view.channel, view.received_on) == ("phone", datetime.date(2026, 3, 5))
    assert min(term.starts_on for term in view.terms) == datetime.date(2026, 3, 5)
    assert [(each.system, each.number) for each in view.external] == [("12345热线", "2026030512345")]
    assert view.has_contact
    assert [event.kind for event in events_of(ChainRef.body("letters"))][-1] == "table_taken_over"


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"number": ""}, "number", "empty"),
        ({"number": "13800138000"}, "number", "external_personal"),
        ({"received": "3/5/2026"}, "received_on", "date"),
        ({"received": "2999-01-01"}, "received_on", "date"),
        ({"received": "2098-01-01"}, "received_on", "date_in_future"),
        ({"due": "尽快"}, "due", "date"),
        ({"text": ""}, "description", "empty"),
    ],
)
def test_a_row_that_cannot_be_taken_says_which_cell_and_why(
    office: Office, changed: dict[str, str], field: str, code: str
) -> None:
    row, good = planned(office, order(**({"number": "1"} | changed)), order("2"))
    assert row.deed == "wrong" and good.deed == "register"
    assert [(problem.field, problem.code) for problem in row.problems] == [(field, code)]
    done = take_over([row, good], HOTLINE, by=office.wu)
    assert list(done.registered) == [3]


def test_everything_that_is_wrong_with_a_row_is_told_at_once(office: Office) -> None:
    (row,) = planned(office, order("", received="3/5/2026", due="尽快", text=" "))
    assert [problem.field for problem in row.problems] == ["number", "received_on", "due", "description"]


def test_what_is_odd_but_no_hindrance_is_told(office: Office) -> None:
    row, secret, nameless = planned(
        office,
        order("1", subject="", category="水务", area="别处", received="", text="第一句。\n第二句。"),
        order("2", secret="是"),
        order("3", name="", phone=""),
    )
    assert set(row.notes) == {"subject_from_text", "category_unknown", "area_unknown", "received_today"}
    assert row.filing is not None and row.filing.subject == "第一句。"
    assert secret.filing is not None and secret.filing.confidentiality == "confidential"
    assert nameless.filing is not None and nameless.filing.confidentiality == "anonymous"
    assert nameless.filing.identity is None


def test_the_same_number_is_registered_once_however_often_it_comes(office: Office) -> None:
    rows = (WATER, order("2026030512345", subject="再来一次"), order("２０２６０３０５１２３４５"), order("7"))
    assert [row.deed for row in planned(office, *rows)] == ["register", "twice", "twice", "register"]
    first = take_over(planned(office, *rows), HOTLINE, by=office.wu)
    again = planned(office, *rows)
    assert [row.deed for row in again] == ["there"] * 4
    assert again[0].case_number == first.registered[2]
    assert take_over(again, HOTLINE, by=office.wu).registered == {}
    assert Case.scoped.count() == 2
    assert [row.deed for row in planned(office, WATER, source=Source("国家平台"))] == ["register"]


def test_a_plan_made_before_somebody_elses_deed_doubles_nothing(office: Office) -> None:
    old = planned(office, WATER, order("7"))
    take_over(planned(office, WATER), HOTLINE, by=office.wu)
    done = take_over(old, HOTLINE, by=office.wu)
    assert list(done.registered) == [3]
    assert {row: problem.code for row, problem in done.failed.items()} == {2: "external_taken"}
    assert Case.scoped.count() == 2


def test_a_machine_that_dies_between_the_case_and_its_number_leaves_neither(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = planned(office, WATER, order("7"))

    def dies(*_args: object, **_more: object) -> None:
        raise SystemExit("killed")

    with monkeypatch.context() as patched:
        patched.setattr(external, "note_at_registration", dies)
        with pytest.raises(SystemExit):
            take_over(rows, HOTLINE, by=office.wu)
    assert Case.scoped.count() == 0
    done = take_over(planned(office, WATER, order("7")), HOTLINE, by=office.wu)
    assert len(done.registered) == Case.scoped.count() == 2


def test_one_press_works_a_while_and_the_next_goes_on(office: Office) -> None:
    rows = [order(str(number)) for number in range(5)]
    left = []
    while True:
        done = take_over(planned(office, *rows), HOTLINE, by=office.wu, seconds=0)
        left.append(done.left)
        if not done.left:
            break
    assert left == [4, 3, 2, 1, 0]
    assert Case.scoped.count() == 5


def test_what_names_staff_goes_to_the_desk_outside(office: Office) -> None:
    rows = planned(office, order("1", about="钱所长"), order("2", about="王某某"), order("3", about="港口派出所"))
    assert all("goes_outside" in row.notes for row in rows)
    done = take_over(rows, HOTLINE, by=office.wu)
    assert done.outside == {2, 3, 4}
    for number in done.registered.values():
        with pytest.raises(Refusal):
            access.open_case(number, reader=office.wu)
        assert access.open_case(number, reader=office.zheng).is_restricted
    view = access.open_case(done.registered[2], reader=office.zheng)
    assert view.about[0].name.en == "Qian Gang"


def test_channels_are_told_by_the_row_else_by_the_source(office: Office) -> None:
    read = find_heading(
        read_file(
            csv([("编号", "内容", "来源"), *((n, "水", n) for n in ("微信小程序", "来信", "群众来访", "天上"))])
        ).lines
    )
    rows = plan(read, recognised(read.heading), Source("平台", "web"), by=office.wu)
    assert [row.filing.channel for row in rows if row.filing] == ["web", "letter", "counter", "web"]


def test_without_a_needed_column_or_with_a_bad_source_it_is_refused(office: Office) -> None:
    read = table(WATER)
    mapping = recognised(read.heading)
    for changed, source, code in (
        ({"number": None}, HOTLINE, "input_missing"),
        ({}, Source(" "), "empty"),
        ({}, Source("12345", "smoke"), "unknown_choice"),
    ):
        given_mapping = {field: place for field, place in (mapping | changed).items() if place is not None}
        with pytest.raises(Refusal) as refused:
            plan(read, given_mapping, source, by=office.wu)
        assert refused.value.code == code
    with pytest.raises(Refusal):
        plan(read, mapping, HOTLINE, by=office.zhao)


def test_a_number_at_another_desk_is_left_out_without_telling_which_matter(office: Office) -> None:
    done = take_over(planned(office, WATER), HOTLINE, by=office.wu)
    note_external(done.registered[2], "12345热线", "8", by=office.wu)
    rows = planned(office, WATER, order("8"), who="wei")
    assert [(row.deed, row.case_number) for row in rows] == [("there", ""), ("there", "")]


CELLS = st.one_of(st.text(max_size=30), st.sampled_from([*map(str, WATER), "2026/3/5", "46086", "=1+1", "是"]))


@given(st.lists(st.tuples(*[CELLS] * len(HEADING)), max_size=6))
def test_any_cells_at_all_are_planned_or_refused_row_by_row(rows: list[tuple[str, ...]]) -> None:
    """Whatever stands in a table, each filled row gets exactly one answer, and what it promises can be done."""
    reading = taking_over._Reading(
        {name: place for place, name in enumerate(("number", "subject", "description", "received_on", "due", "name",
         "phone", "category", "area", "confidentiality", "about"))},
        HOTLINE, "letters", "Asia/Shanghai", clock.today("Asia/Shanghai"), {"噪音": "noise"}, {"柳村": "willow"},
        {"港口派出所": "harbour"},
    )  # fmt: skip
    read = Table(find_heading(read_file(csv([HEADING])).lines).heading, tuple(lines_of(rows)))
    for line in read.lines:
        row = reading.row(line)
        assert (row.deed == "wrong") == bool(row.problems)
        assert (row.deed == "register") == (row.reference is not None)


def lines_of(rows: list[tuple[str, ...]]) -> list[Any]:
    return [Line(number, cells) for number, cells in enumerate(rows, start=2)]
