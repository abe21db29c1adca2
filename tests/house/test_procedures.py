"""Every procedure file loads, ends, and asks for nothing that nobody carries out."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.config.effects import EFFECTS
from huiyin.record.cases.effects import ALWAYS
from huiyin.rules.catalogue import load_procedure
from huiyin.rules.procedure import Procedure
from huiyin.rules.workdays import load_calendar

PROCEDURES = Path(__file__).resolve().parents[2] / "procedures"
FILES = sorted(PROCEDURES.glob("*.toml"))
TEXTS = {file.stem: file.read_text(encoding="utf-8") for file in FILES}
CALENDARS = sorted((PROCEDURES / "workdays").glob("*.toml"))


def read(file: Path) -> Procedure:
    return load_procedure(TEXTS[file.stem], file=file.name, bases=TEXTS)


def test_there_is_law_to_go_by():
    assert {"cn-xinfang", "generic"} <= {file.stem for file in FILES}
    assert {"CN", "GB", "IN"} <= {file.stem for file in CALENDARS}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_procedure_loads_and_every_state_is_left_or_final(file):
    procedure = read(file)
    assert procedure.id == file.stem
    left = {state for move in procedure.moves.values() for state in move.from_states}
    assert [state.id for state in procedure.states.values() if not state.is_final and state.id not in left] == []


@pytest.mark.parametrize("file", CALENDARS, ids=lambda file: file.stem)
def test_a_calendar_loads_and_names_the_source_of_each_year(file):
    calendar = load_calendar(file.read_text(encoding="utf-8"), file=file.name)
    assert calendar.published
    assert calendar.published <= set(calendar.sources)


def test_every_effect_that_a_procedure_names_is_wired_and_no_wire_hangs_loose():
    named = {effect for file in FILES for move in read(file).moves.values() for effect in move.effects}
    assert named - set(EFFECTS) == set(), "write these into config/effects.py"
    named |= {effect for names in ALWAYS.values() for effect in names}
    assert set(EFFECTS) - named == set(), "no procedure asks for these"
