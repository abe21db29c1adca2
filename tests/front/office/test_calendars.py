"""A year typed from its notice: each wrong line named, its effect counted beforehand, adopted by a second person."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from huiyin.record import clock
from huiyin.record.approvals.models import Proposal
from huiyin.record.cases.models import RunningTerm
from huiyin.record.law import calendars
from huiyin.stages.intake.actions import file_complaint
from tests.cast import complaint
from tests.front.office.test_procedures import words

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

YEAR = "/desk/office/calendars/CN/2027/"
TYPED = {
    "source": "An invented notice",
    "holidays": "1月1日（周五）至5日（周二） 元旦 / New Year\n2027-02-05 to 2027-02-12 春节 / Spring Festival",
    "makeup": "1月9日（周六）上班",
    "why": "the notice came",
}


def test_every_line_that_cannot_be_read_is_named_and_stays(xu: Client) -> None:
    typed = TYPED | {"holidays": "soon\n2026-01-01 元旦 / New Year\n2027-01-01 元旦", "makeup": "2027-01-04"}
    answer = xu.post(YEAR, typed | {"step": "propose"})
    assert answer.status_code == 422
    said = words(answer)
    for part in ("Line 1: no day can be read in “soon”", "Line 2: “2026-01-01 元旦 / New Year” does not lie in this year",
                 "Line 3: write the name in both languages", "Line 1: “2027-01-04” names a day that is no Saturday"):  # fmt: skip
        assert part in said
    assert "2026-01-01 元旦 / New Year" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_year_needs_its_notice_and_a_proposal_its_reason(xu: Client) -> None:
    assert xu.post(YEAR, TYPED | {"source": " ", "step": "check"}).status_code == 422
    assert xu.post(YEAR, TYPED | {"why": "", "step": "propose"}).status_code == 422
    assert not Proposal.objects.exists()


def test_two_people_enter_a_year_and_the_dates_follow(xu: Client, guan: Client) -> None:
    with clock.story(datetime.datetime(2026, 12, 21, 2, tzinfo=datetime.UTC)):
        file_complaint(complaint(), key=None, digest="")
        assert "2027: dates that reach into it are provisional." in words(xu.get("/desk/office/calendars/"))
        looked = xu.post(YEAR, TYPED | {"step": "check"})
        assert "2 of 2 running dates that touch this year move." in words(looked)
        assert RunningTerm.objects.get(term="XF-inform").due_on == datetime.date(2027, 1, 5)
        there = xu.post(YEAR, TYPED | {"step": "propose"})["Location"]
        assert xu.post(there, {"step": "adopt"}).status_code == 409
        assert "You proposed this." in words(xu.get(there))
        answer = guan.post(there, {"step": "adopt"}, follow=True)
        assert "2 running dates are counted again already" in words(answer)
        assert "2027 253 An invented notice" in words(answer)
        row = RunningTerm.objects.get(term="XF-inform")
        assert (row.due_on, row.is_provisional) == (datetime.date(2027, 1, 6), False)


def test_a_known_year_is_corrected_from_what_stands_there(xu: Client, guan: Client) -> None:
    page = xu.get("/desk/office/calendars/CN/2025/").content.decode()
    assert "2025-10-01 to 2025-10-08  国庆节、中秋节 / National Day and Mid-Autumn Festival" in page
    there = calendars.calendar("CN")
    typed = {
        "source": there.sources[2025],
        "holidays": "2025-12-31 增放 / One day more",
        "makeup": "",
        "why": "typhoon",
    }
    looked = words(xu.post("/desk/office/calendars/CN/2025/", typed | {"step": "check"}))
    assert "Off from now on Wednesday 31 December 2025" in looked
    assert "No longer off Wednesday 1 January 2025" in looked


def test_a_rejected_year_changes_nothing(xu: Client, guan: Client) -> None:
    there = xu.post(YEAR, TYPED | {"step": "propose"})["Location"]
    assert guan.post(there, {"step": "reject", "why": ""}).status_code == 422
    assert guan.post(there, {"step": "reject", "why": "Line 2 is wrong"}).status_code == 302
    assert "Line 2 is wrong" in words(xu.get(there))
    assert not calendars.calendar("CN").is_published(2027)
