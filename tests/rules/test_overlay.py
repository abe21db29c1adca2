"""Overlays change key by key, are pinned whole, never go in a circle, and a mistake names the file it stands in."""

from __future__ import annotations

import tomllib

import pytest

from huiyin.rules.catalogue import ProcedureError, load_procedure
from huiyin.rules.overlay import written_out
from huiyin.rules.procedure import Procedure
from huiyin.rules.toml_text import toml_text
from tests.rules.test_catalogue import PACKS, TEXTS

OWN = """inherits = "generic"
id = "own"
version = "1"
name = { zh = "本县", en = "Our county" }
remove = ["vectors"]

[terms.decide]
length = 10
"""


def problems(text: str, bases: dict[str, str] = TEXTS) -> str:
    with pytest.raises(ProcedureError) as found:
        load_procedure(text, file="own.toml", bases=bases)
    return "\n".join(found.value.problems)


def test_an_overlay_changes_what_it_names_and_nothing_else() -> None:
    own, base = load_procedure(OWN, bases=TEXTS), PACKS["generic"]
    assert own.inherits == "generic"
    assert own.terms["decide"].length == 10
    assert own.terms["decide"].extension == base.terms["decide"].extension
    assert own.moves == base.moves
    assert own.states == base.states
    assert list(own.terms) == list(base.terms)


def test_entries_are_added_replaced_and_removed() -> None:
    more = OWN.replace(
        '"vectors"',
        '"vectors", "moves.extend", "reasons.complex", "terms.decide.extension", "notices.extension_notice"',
    )
    more += '\n[reasons.new]\nname = { zh = "新", en = "New" }\n'
    own = load_procedure(more, bases=TEXTS)
    assert "extend" not in own.moves
    assert own.terms["decide"].extension is None
    assert list(own.reasons) == ["other_body", "legal_procedure", "already_handled", "new"]


@pytest.mark.parametrize("name", [name for name, pack in PACKS.items() if pack.inherits])
def test_an_overlay_is_pinned_as_the_whole_text_it_comes_to(name: str) -> None:
    whole = written_out(TEXTS[name], bases=TEXTS)
    pinned = load_procedure(whole, is_pinned=True)
    assert pinned == PACKS[name]
    assert pinned.sha256 == PACKS[name].sha256
    assert "inherits" not in tomllib.loads(whole)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_written_out_says_the_same(name: str) -> None:
    data = tomllib.loads(TEXTS[name])
    assert tomllib.loads(toml_text(data)) == data


def test_a_text_that_inherits_nothing_stays_as_it_was_typed() -> None:
    assert written_out(TEXTS["generic"], bases=TEXTS) == TEXTS["generic"]


def test_a_mistake_of_the_overlay_names_the_overlay_and_one_of_the_base_the_base() -> None:
    assert problems(OWN + 'unit = "wd"\n').startswith("own.toml:9: unknown unit 'wd'")
    broken = TEXTS | {"generic": TEXTS["generic"].replace('stage = "intake"', 'stage = "start"')}
    assert problems(OWN, broken).startswith("generic.toml:")
    gone = problems(OWN.replace('"vectors"', '"vectors", "terms.ask_review"'))
    assert "generic.toml:" in gone
    assert "unknown term 'ask_review'" in gone


def test_what_is_not_there_cannot_be_inherited_or_removed() -> None:
    assert problems(OWN.replace('"generic"', '"nowhere"')) == "own.toml:1: unknown procedure 'nowhere' to inherit"
    assert problems(OWN.replace('"vectors"', '"moves.fly"')) == "own.toml:5: there is no 'moves.fly' to remove"


@pytest.mark.parametrize("length", [1, 2, 3])
def test_overlays_that_go_in_a_circle_are_refused(length: int) -> None:
    names = [f"p{number}" for number in range(length)]
    ring = {name: f'id = "{name}"\ninherits = "{names[(number + 1) % length]}"\n' for number, name in enumerate(names)}
    found = problems(ring["p0"], ring)
    assert "the overlays go in a circle: p0 -> " in found
    assert found.endswith("-> p0")
    assert ".toml:2: " in found


def test_an_overlay_over_an_overlay_stands_on_both() -> None:
    mid: Procedure = load_procedure(
        OWN.replace('"generic"', '"iso-eu"').replace("length = 10", "length = 9"), bases=TEXTS
    )
    assert mid.terms["decide"].length == 9
    assert mid.calendar == "GB"
    assert "update" in mid.terms
