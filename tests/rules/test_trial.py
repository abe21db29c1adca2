"""A made-up case told scene by scene: dates as the clocks give them, refusals with nothing changed."""

from __future__ import annotations

from datetime import date

from huiyin.rules.catalogue import load_procedure
from huiyin.rules.procedure import VectorStep
from huiyin.rules.trial import told
from huiyin.rules.vectors import tried
from tests.rules.conftest import calendar_of
from tests.rules.test_catalogue import TEXTS

GENERIC = load_procedure(TEXTS["generic"])
FRIDAY = date(2025, 9, 26)


def test_every_worked_example_is_told_as_it_is_tried() -> None:
    for name, text in TEXTS.items():
        procedure = load_procedure(text, file=name, bases=TEXTS)
        calendar = calendar_of(procedure.calendar)
        for vector in procedure.vectors:
            scenes = told(procedure, calendar, vector.filed, vector.steps)
            trial, refused = tried(procedure, calendar, vector)
            assert {clock.term.id: clock.due.on for clock in scenes[-1].clocks} == dict(trial.due())
            assert scenes[-1].state == trial.state
            assert (scenes[-1].refusal.code if scenes[-1].refusal else "") == refused.split(" ")[0]


def test_a_refused_deed_is_the_last_scene_and_changes_nothing() -> None:
    deeds = (VectorStep("reply", date(2025, 9, 28)), VectorStep("accept", date(2025, 9, 29)))
    filed, refused = told(GENERIC, calendar_of("CN"), FRIDAY, deeds)
    assert refused.refusal is not None and refused.refusal.code == "not_allowed_now"
    assert (refused.state, refused.clocks) == (filed.state, filed.clocks)


def test_what_was_missed_by_the_day_of_a_deed_is_shown() -> None:
    late = told(GENERIC, calendar_of("CN"), FRIDAY, (VectorStep("assign", date(2025, 10, 13)),))
    assert [clock.term.id for clock in late[-1].missed] == ["triage"]
    assert told(GENERIC, calendar_of("CN"), FRIDAY, (VectorStep("assign", date(2025, 10, 10)),))[-1].missed == ()
