"""The number of a matter elsewhere: noted once, told to the complainant, found by those who may open it."""

from __future__ import annotations

import datetime

import pytest

from huiyin.record.cases.lists import queries, search
from huiyin.record.cases.lists.external import note_external, registered_as, remove_external
from huiyin.record.cases.opening import access
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, against_qian, complaint, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
ORDER = "2026030512345"
WANTED = datetime.date(2026, 3, 12)


@pytest.fixture
def office(db: None) -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def matter(office: Office) -> str:
    return file_complaint(complaint(), key=None, digest="external").case_number


def test_it_is_noted_with_its_day_and_moves_no_clock(office: Office, matter: str) -> None:
    before = access.open_case(matter, reader=office.wu)
    note_external(matter, " 12345热线", "２０２６０３０５ 12345", WANTED, by=office.wu)
    view = access.open_case(matter, reader=office.wu)
    assert [(each.system, each.number, each.due_on) for each in view.external] == [("12345热线", ORDER, WANTED)]
    assert (view.due_on, view.terms) == (before.due_on, before.terms)
    assert "12345热线" in view.timeline[0].sentence.en
    assert events_of(ChainRef.case(matter))[-2].kind == "external_noted"


def test_noted_again_only_its_day_changes(office: Office, matter: str) -> None:
    note_external(matter, "12345", ORDER, by=office.wu)
    events = len(events_of(ChainRef.case(matter)))
    note_external(matter, "12345", ORDER, by=office.wu)
    assert len(events_of(ChainRef.case(matter))) == events
    note_external(matter, "12345", ORDER, WANTED, by=office.wu)
    view = access.open_case(matter, reader=office.wu)
    assert [each.due_on for each in view.external] == [WANTED]


def test_a_number_belongs_to_one_matter(office: Office, matter: str) -> None:
    other = file_complaint(complaint(subject="另一件"), key=None, digest="other").case_number
    note_external(matter, "12345", ORDER, by=office.wu)
    with pytest.raises(Refusal) as refused:
        note_external(other, "12345", ORDER, by=office.wu)
    assert refused.value.code == "external_taken"
    note_external(other, "国家平台", ORDER, by=office.wu)
    assert access.open_case(other, reader=office.wu).external[0].system == "国家平台"


def test_who_may_not_open_the_matter_notes_nothing(office: Office, matter: str) -> None:
    for stranger in (office.feng, office.zhao):
        with pytest.raises(Refusal) as refused:
            note_external(matter, "12345", ORDER, by=stranger)
        assert refused.value.code == "not_found"
    assert access.open_case(matter, reader=office.wu).external == ()


def test_a_mistake_is_taken_out_and_stays_in_the_ledger(office: Office, matter: str) -> None:
    note_external(matter, "12345", ORDER, by=office.wu)
    remove_external(matter, "12345", ORDER, by=office.wu)
    assert access.open_case(matter, reader=office.wu).external == ()
    kinds = [event.kind for event in events_of(ChainRef.case(matter))]
    assert "external_noted" in kinds and "external_removed" in kinds
    with pytest.raises(Refusal):
        remove_external(matter, "12345", ORDER, by=office.wu)


def test_the_exact_number_finds_the_matter_and_a_part_of_it_nothing(office: Office, matter: str) -> None:
    note_external(matter, "12345", ORDER, by=office.wu)
    assert [row.number for row in search.search(f" {ORDER[:8]} {ORDER[8:]}", reader=office.wu).items] == [matter]
    with pytest.raises(Refusal) as refused:
        search.search(ORDER[:-1], reader=office.wu)
    assert refused.value.code == "search_number"
    with pytest.raises(Refusal):
        search.search(ORDER, reader=office.feng)


def test_a_telephone_number_finds_nothing_even_where_one_was_written(office: Office, matter: str) -> None:
    with pytest.raises(Refusal) as refused:
        note_external(matter, "12345", "13800138000", by=office.wu)
    assert refused.value.code == "external_personal"
    with pytest.raises(Refusal):
        search.search("13800138000", reader=office.wu)


def test_whom_a_matter_names_finds_it_by_no_number(office: Office) -> None:
    number = file_complaint(against_qian(), key=None, digest="qian").case_number
    note_external(number, "12345", ORDER, by=office.zheng)
    for barred in (office.qian, office.zhao):
        with pytest.raises(Refusal) as refused:
            search.search(ORDER, reader=barred)
        assert refused.value.code == "search_number"
        assert registered_as("12345", [ORDER], barred) == {ORDER: ""}
    # to a registrar of another desk it looks the same
    assert registered_as("12345", [ORDER], office.jiang) == {ORDER: ""}
    assert registered_as("12345", [ORDER], office.zheng) == {ORDER: number}


def test_the_day_list_shows_the_nearest_day_set_elsewhere(office: Office, matter: str) -> None:
    note_external(matter, "12345", ORDER, WANTED + datetime.timedelta(days=3), by=office.wu)
    note_external(matter, "平台", "P-1", WANTED, by=office.wu)
    rows = queries.queue("mine", reader=office.wu).items
    assert queries.external_dues(rows) == {matter: ("平台", WANTED)}
