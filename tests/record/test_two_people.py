"""Power needs two: a calendar year and a procedure are proposed by one person and switched on by another."""

from __future__ import annotations

import datetime

import pytest

from huiyin.record import clock
from huiyin.record.approvals import actions as approvals
from huiyin.record.cases import access
from huiyin.record.cases.models import RunningTerm
from huiyin.record.cases.recounting import recount_provisional
from huiyin.record.law import calendars, versions
from huiyin.record.law.models import ProcedureVersion
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import PROCEDURES, Office, complaint, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

NOTICE_2027 = """
country = "CN"
[[years]]
year = 2027
source = "An invented notice for this test"
working_days = 259
holidays = [ { from = 2027-01-01, to = 2027-01-05, zh = "元旦", en = "New Year" } ]
makeup = [2027-01-09]
"""


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


def test_the_one_who_proposed_cannot_approve(office: Office) -> None:
    proposal = calendars.propose_year(NOTICE_2027, why="notice of November", body_code="letters", by=office.wu.actor())
    with pytest.raises(Refusal) as refused:
        calendars.adopt_year(proposal, by=office.wu.actor())
    assert refused.value.code == "second_person_needed"
    assert calendars.adopt_year(proposal, by=office.he.actor()) == ("CN", 2027)
    with pytest.raises(Refusal) as again:
        calendars.adopt_year(proposal, by=office.he.actor())
    assert again.value.code == "repeated"
    assert calendars.calendar("CN").is_published(2027)


def test_a_known_year_settles_provisional_dates_and_tells_the_people(office: Office) -> None:
    start = datetime.datetime(2026, 12, 21, 2, tzinfo=datetime.UTC)
    with clock.story(start):
        filed = file_complaint(complaint(), key=None, digest="")
        row = RunningTerm.objects.get(term="XF-inform")
        assert row.is_provisional
        assert row.due_on == datetime.date(2027, 1, 5)
        proposal = calendars.propose_year(NOTICE_2027, why="notice", body_code="letters", by=office.wu.actor())
        calendars.adopt_year(proposal, by=office.he.actor())
        assert recount_provisional("CN", by=office.he.actor()) == 2
        assert recount_provisional("CN", by=office.he.actor()) == 0
        row.refresh_from_db()
        assert (row.due_on, row.first_due_on) == (datetime.date(2027, 1, 6), datetime.date(2027, 1, 5))
        holder = access.open_receipt(filed.case_number, filed.receipt_code or "", source="x")
        view = access.open_as_complainant(holder)
        assert not view.is_provisional
        assert any(entry.kind == "term_recounted" for entry in view.timeline)


def test_a_wrong_calendar_is_refused_with_its_line(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        calendars.propose_year(
            "country = 'CN'\n[[years]]\nyear = 'x'", why="w", body_code="letters", by=office.wu.actor()
        )
    assert refused.value.code == "calendar_wrong"
    assert ":" in str(refused.value.params["problem"])


def test_a_new_version_is_for_new_cases_and_old_ones_keep_theirs(office: Office) -> None:
    old = file_complaint(complaint(), key=None, digest="")
    text = (PROCEDURES / "cn-xinfang.toml").read_text("utf-8").replace('version = "', 'version = "next-', 1)
    proposal = versions.propose_version(text, why="new wording", body_code="letters", by=office.wu.actor())
    assert ProcedureVersion.objects.filter(procedure="cn-xinfang", is_current=True).get().text != text
    versions.switch_on(proposal, by=office.he.actor())
    new = file_complaint(complaint(), key=None, digest="")
    seen = {
        number: access.open_case(number, reader=office.wu).law_version for number in (old.case_number, new.case_number)
    }
    assert seen[new.case_number].startswith("next-")
    assert not seen[old.case_number].startswith("next-")


def test_a_broken_procedure_is_refused_and_the_running_one_stays(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        versions.propose_version("id = 'x'", why="w", body_code="letters", by=office.wu.actor())
    assert refused.value.code == "procedure_wrong"
    assert approvals.proposals(versions.KIND) == []
