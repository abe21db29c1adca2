"""I reported a crime and nothing happened: proof, decision, progress, review and the prosecutor, each with its day."""

from __future__ import annotations

import datetime

import pytest

from huiyin.rules.refusal import Refusal
from huiyin.rules.trial import Trial
from huiyin.rules.workdays import Calendar
from tests.rules.test_catalogue import PACKS

POLICE = PACKS["cn-police"]
FILED = datetime.date(2025, 6, 2)
MONDAY = datetime.date(2025, 6, 16)
LIMITS = [name for name in POLICE.terms if name.startswith("CR-")]


def on_the_way(calendar: Calendar, *moves: str) -> Trial:
    """A matter filed on 2 June 2025 that has come so far by 16 June."""
    trial = Trial.filed(POLICE, calendar, FILED)
    for move in moves:
        trial.move(move, on=MONDAY)
    return trial


@pytest.fixture
def calendar(china: Calendar) -> Calendar:
    return china


WAY = (
    (("take_up_report",), "CR-proof"),
    (("take_up_report", "give_report_proof"), "CR-filing"),
    (("take_up_report", "give_report_proof", "tell_case_opened"), "CR-progress"),
    (("take_up_report", "give_report_proof", "tell_no_case"), "XF-rev-ask"),
    (("take_up_report", "give_report_proof", "tell_no_case", "prosecutor_asks"), "CR-explain"),
    (("take_up_report", "give_report_proof", "tell_no_case", "prosecutor_decides"), "CR-open"),
)


@pytest.mark.parametrize(("moves", "clock"), WAY)
def test_every_station_has_its_clock(calendar: Calendar, moves: tuple[str, ...], clock: str) -> None:
    assert set(on_the_way(calendar, *moves).due()) == {clock}


def test_no_limit_that_nobody_read_is_quoted_as_law() -> None:
    assert len(LIMITS) == 5
    for name in LIMITS:
        term = POLICE.terms[name]
        assert (term.verified, term.quotable_article) == (False, "")
        assert term.source


def test_the_prosecutors_question_takes_nothing_from_the_time_for_a_review(calendar: Calendar) -> None:
    trial = on_the_way(calendar, "take_up_report", "give_report_proof", "tell_no_case", "prosecutor_asks")
    answered = MONDAY + datetime.timedelta(days=7)
    trial.move("explain_to_prosecutor", on=answered)
    assert trial.due()["XF-rev-ask"] == answered + datetime.timedelta(days=30)
    trial.move("contest", on=answered + datetime.timedelta(days=30))
    assert trial.state == "contested"


def test_who_was_told_no_can_contest_without_a_prosecutor(calendar: Calendar) -> None:
    trial = on_the_way(calendar, "take_up_report", "give_report_proof", "tell_no_case")
    with pytest.raises(Refusal, match="too_early"):
        trial.move("close", on=MONDAY)
    assert trial.move("contest", on=MONDAY).effects == ("open_review",)
