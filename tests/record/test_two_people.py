"""Power needs two: a calendar year and a procedure are proposed by one person and switched on by another."""

from __future__ import annotations

import datetime

import pytest

from huiyin.record import clock
from huiyin.record.approvals import actions as approvals
from huiyin.record.cases.days import recounting
from huiyin.record.cases.models import RunningTerm
from huiyin.record.cases.opening import access
from huiyin.record.law import calendars, versions
from huiyin.record.law.models import ProcedureVersion
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
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


LATER = datetime.timedelta(minutes=1)


def adopted(office: Office, text: str) -> None:
    proposal = calendars.propose_year(text, why="notice", body_code="letters", by=office.wu.actor())
    calendars.adopt_year(proposal, by=office.he.actor())


def test_a_known_year_settles_provisional_dates_and_tells_the_people(office: Office) -> None:
    start = datetime.datetime(2026, 12, 21, 2, tzinfo=datetime.UTC)
    with clock.story(start):
        filed = file_complaint(complaint(), key=None, digest="")
        row = RunningTerm.objects.get(term="XF-inform")
        assert row.is_provisional
        assert row.due_on == datetime.date(2027, 1, 5)
        assert recounting.effect_of(NOTICE_2027) == recounting.Effect(moved=2, looked_at=2, is_whole=True)
        adopted(office, NOTICE_2027)
        assert recounting.recount() == 2
        clock.set(start + LATER)
        assert recounting.recount() == 0
        row.refresh_from_db()
        assert (row.due_on, row.first_due_on) == (datetime.date(2027, 1, 6), datetime.date(2027, 1, 5))
        holder = access.open_receipt(filed.case_number, filed.receipt_code or "", source="x")
        view = access.open_as_complainant(holder)
        assert view.due_on == datetime.date(2027, 1, 6)
        assert [entry.kind for entry in view.timeline].count("term_recounted") == 2
        assert calendars.years("CN")[0].moved == 2


def test_a_year_is_done_with_when_every_running_date_has_followed_it(office: Office) -> None:
    start = datetime.datetime(2026, 12, 21, 2, tzinfo=datetime.UTC)
    with clock.story(start):
        for number in range(3):
            file_complaint(complaint(), key=None, digest=str(number))
        adopted(office, NOTICE_2027)
        clock.set(start + LATER)
        assert [recounting.recount(limit=4) for _ in range(3)] == [4, 2, 0]
        assert calendars.year_to_follow() is None
        assert set(RunningTerm.objects.filter(term="XF-inform").values_list("due_on", flat=True)) == {
            datetime.date(2027, 1, 6)
        }


def test_ones_own_time_to_act_never_gets_shorter(office: Office) -> None:
    """A correction takes a holiday away: the office's day comes nearer, the complainant's stands as it was told."""
    text = NOTICE_2027.replace("2027-01-05", "2027-01-03").replace("working_days = 259", "working_days = 261")
    start = datetime.datetime(2026, 12, 21, 2, tzinfo=datetime.UTC)
    with clock.story(start):
        file_complaint(complaint(), key=None, digest="")
        adopted(office, NOTICE_2027)
        clock.set(start + LATER)
        while recounting.recount():
            pass
        ours = RunningTerm.objects.get(term="XF-inform")
        assert ours.due_on == datetime.date(2027, 1, 6)
        RunningTerm.objects.create(
            case=ours.case, term="XF-rev-ask", owed_by="complainant", starts_on=datetime.date(2026, 12, 4),
            due_on=datetime.date(2027, 1, 6), first_due_on=datetime.date(2027, 1, 6),
        )  # fmt: skip
        adopted(office, text)
        clock.set(start + 2 * LATER)
        while recounting.recount():
            pass
        days = dict(RunningTerm.objects.filter(state="running").values_list("term", "due_on"))
        assert days["XF-inform"] == datetime.date(2027, 1, 5)
        assert days["XF-rev-ask"] == datetime.date(2027, 1, 6)


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


def test_what_is_proposed_can_be_rejected_with_a_reason_that_stays(office: Office) -> None:
    proposal = calendars.propose_year(NOTICE_2027, why="notice", body_code="letters", by=office.wu.actor())
    with pytest.raises(Refusal) as refused:
        calendars.reject_year(proposal, why=" ", by=office.he.actor())
    assert refused.value == Refusal("input_missing", field="why")
    calendars.reject_year(proposal, why="The notice says the 4th", by=office.he.actor())
    view = approvals.proposal(proposal, kind=calendars.KIND)
    assert (view.state, view.decided_why) == ("declined", "The notice says the 4th")
    event = events_of(ChainRef.body("letters"))[-1]
    assert (event.kind, event.details["why"]) == ("proposal_declined", "The notice says the 4th")
    assert not calendars.calendar("CN").is_published(2027)


def test_the_history_of_the_body_tells_what_was_switched_on(office: Office) -> None:
    text = (PROCEDURES / "generic.toml").read_text("utf-8").replace('version = "', 'version = "next-', 1)
    versions.switch_on(
        versions.propose_version(text, why="new", body_code="letters", by=office.wu.actor()), by=office.he.actor()
    )
    event = events_of(ChainRef.body("letters"))[-1]
    assert (event.kind, event.details["procedure"]) == ("procedure_switched_on", "generic")
    assert event.details["version"].startswith("next-")


def test_to_undo_is_to_propose_the_older_text_again(office: Office) -> None:
    old = (PROCEDURES / "generic.toml").read_text("utf-8")
    first = ProcedureVersion.objects.get(procedure="generic", is_current=True)
    with pytest.raises(Refusal, match="in_force_already"):
        versions.propose_version(old, why="again", body_code="letters", by=office.wu.actor())
    for text in (old.replace('version = "', 'version = "next-', 1), old):
        proposal = versions.propose_version(text, why="change", body_code="letters", by=office.wu.actor())
        versions.switch_on(proposal, by=office.he.actor())
    now = ProcedureVersion.objects.get(procedure="generic", is_current=True)
    assert now.pk == first.pk
    assert now.in_force_since and now.in_force_since > now.adopted_at


def test_two_texts_never_share_a_version(office: Office) -> None:
    text = (PROCEDURES / "generic.toml").read_text("utf-8").replace("一般投诉办理", "普通投诉办理")
    with pytest.raises(Refusal, match="version_taken"):
        versions.propose_version(text, why="shorter", body_code="letters", by=office.wu.actor())


def test_a_pack_whose_review_is_not_in_force_is_not_proposed(office: Office) -> None:
    text = (PROCEDURES / "generic.toml").read_text("utf-8").replace("generic-review", "iso-eu-review")
    text = text.replace('version = "', 'version = "next-', 1)
    with pytest.raises(Refusal) as refused:
        versions.propose_version(text, why="review", body_code="letters", by=office.wu.actor())
    assert "switch that one on first" in str(refused.value.params["problem"])
