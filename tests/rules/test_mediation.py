"""What a mediation promises is proved of the packs, and each planted fault is caught by name, with its line and path."""

from __future__ import annotations

import pytest

from huiyin.rules.catalogue import ProcedureError, load_procedure
from huiyin.rules.paths import Paths
from huiyin.rules.procedure import Procedure
from huiyin.rules.trial import Trial
from tests.rules.conftest import calendar_of
from tests.rules.test_catalogue import PACKS, TEXTS, in_chinese, line_of

MEDIATIONS = {name: pack for name, pack in PACKS.items() if pack.kind == "mediation"}
ONE, THREE = "cn-people-mediation", "cn-three-level-mediation"
STRAIGHT_UP = """
[moves.jump]
name = { zh = "直接到县", en = "Straight to the county" }
from = ["village"]
to = "county"
roles = ["mediator"]
starts = ["ML-simple"]
meets = ["ML-ordinary", "ML-complex"]
guards = ["all_agree"]
told = { zh = "到县", en = "To the county" }
help = { zh = "到县", en = "To the county" }

"""
CONSENTING = 'guards = ["exclusions_asked", "all_agree", "safe"]\narticle = "17"'

# pack, what is taken out, what is put in, the line it must name, words of the fault
FAULTS: list[tuple[str, str, str, str, str]] = [
    (ONE, CONSENTING, 'guards = ["exclusions_asked", "safe"]\narticle = "17"', "[moves.consent]",
     "I16: 'consent' begins without the consent of all: applied -consent-> consented"),
    (ONE, 'guards = ["all_agree", "read_aloud", "all_signed"]', 'guards = ["read_aloud", "all_signed"]',
     "[moves.agree_in_writing]", "'agree_in_writing' settles without the consent of all"),
    (ONE, 'starts = ["PM-term"]\nguards = ["all_agree"]', 'starts = ["PM-term"]', 'starts = ["PM-term"]\ntold',
     "I2: 'go_on' starts the clock of 'PM-term' again"),
    (ONE, 'roles = ["complainant", "other_party"]\nmeets = ["ask_all", "choose", "PM-term"]',
     'roles = ["complainant"]\nmeets = ["ask_all", "choose", "PM-term"]', "[states.consented]",
     "in state 'consented' the other_party cannot simply leave: applied -consent-> consented"),
    (ONE, 'from = ["applied", "consented", "in_session"]\nto = "ended_on_request"',
     'from = ["applied", "consented"]\nto = "ended_on_request"', "[states.in_session]", "the complainant cannot simply leave"),
    (ONE, 'meets = ["ask_all", "choose", "PM-term"]\narticle = "23"',
     'requires = ["reason"]\nmeets = ["ask_all", "choose", "PM-term"]\narticle = "23"', "[states.consented]",
     "the complainant cannot simply leave"),
    (ONE, 'starts = ["PM-term"]\nmeets = ["choose"]', 'ends = ["choose"]', "[states.in_session]",
     "no office owes anything by a day"),
    (ONE, 'starts = ["PM-confirm", "PM-return"]\nmeets = ["PM-term"]\noutcome = "settled"\nmakes = "mediation_agreement"',
     'starts = ["PM-confirm"]\nmeets = ["PM-term"]\noutcome = "settled"\nmakes = "mediation_agreement"',
     "[states.agreed]", "no office owes anything by a day"),
    (ONE, 'makes = "oral_agreement"\ncontents = ["parties", "dispute", "terms_agreed", "rights_kept"]',
     'makes = "oral_agreement"\ncontents = ["parties", "dispute", "terms_agreed"]', "[moves.agree_orally]",
     "the agreement of 'agree_orally' must hold: rights_kept"),
    (ONE, "写明各方、主要事实和责任", "写明各方承诺息诉罢访、主要事实和责任", "[moves.agree_in_writing]",
     "nobody is asked to give up a right"),
    (ONE, 'en = "The agreement was kept." }\nhelp', 'en = "The sides waive every complaint." }\nhelp', "[moves.record_performed]",
     "nobody is asked to give up a right"),
    (ONE, 'told = { zh = "有一方退出，调解结束。"', 'outcome = "settled"\ntold = { zh = "有一方退出，调解结束。"',
     'outcome = "settled"\ntold', "'leave' carries no outcome"),
    (ONE, 'makes = "end_notice"\ncontents = ["route"]\narticle = "26"', 'makes = "end_notice"\narticle = "26"',
     "[moves.end_no_agreement]", "does not say which ways are open"),
    (ONE, 'route = "protection"', 'route = "counselling"', 'route = "counselling"', "unknown route 'counselling'"),
    (ONE, 'routes = ["court", "protection"]', 'routes = ["elders"]', 'routes = ["elders"]', "unknown route 'elders'"),
    (ONE, 'kind = "mediation"\n', "", "[exclusions.abuse]", "belongs to a mediation alone"),
    (THREE, 'guards = ["all_agree", "chosen", "ties_told", "no_power"]', 'guards = ["chosen", "ties_told", "no_power"]',
     "[moves.raise_to_town_simple]", "'raise_to_town_simple' goes up without the consent of all"),
    (THREE, "[moves.go_on_village]", STRAIGHT_UP + "[moves.go_on_village]", "[levels.village]",
     "I16: from level 'village' one gets to 'county': levels lead up, one by one"),
    (THREE, 'state = "county"', 'state = "agreed"', 'state = "agreed"', "is no state of mediation"),
    (THREE, 'state = "county"', 'state = "county"\noffers_next = true', "offers_next = true\n\n# -", "no level above the last"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("pack", "right", "wrong", "at", "words"),
    FAULTS, ids=[fault[4][:50] for fault in FAULTS],
)  # fmt: skip
def test_a_planted_fault_is_caught_by_name(pack: str, right: str, wrong: str, at: str, words: str) -> None:
    assert right in TEXTS[pack], "the pack was rewritten: write this fault anew"
    broken = TEXTS[pack].replace(right, wrong, 1)
    with pytest.raises(ProcedureError) as found:
        load_procedure(broken, file=f"{pack}.toml", bases=TEXTS)
    named = [problem for problem in found.value.problems if words in problem]
    assert named, found.value.problems
    assert f":{line_of(broken, at)}: " in named[0], (named, line_of(broken, at))
    assert all(in_chinese(fault) for fault in found.value.faults)


def test_a_mediation_may_not_stop_a_clock_or_reach_into_another_matter() -> None:
    stop = '[[terms.PM-term.stops]]\nid = "x"\nname = { zh = "停", en = "Stop" }\n\n[[vectors]]'
    text = TEXTS[ONE].replace("[[vectors]]", stop, 1)
    text = text.replace('roles = ["registrar", "mediator"]\nrequires = ["to"]\naccepts = ["text"]\nassigns',
                        'roles = ["registrar", "mediator"]\nrequires = ["to"]\naccepts = ["text"]\nsuspends = ["PM-term"]\narticle = "23"\nassigns', 1)  # fmt: skip
    with pytest.raises(ProcedureError, match="a mediation stops no clock"):
        load_procedure(text, file=f"{ONE}.toml")


@pytest.mark.parametrize("pack", MEDIATIONS.values(), ids=MEDIATIONS)
def test_what_the_law_says_is_in_the_packs_and_what_nobody_checked_is_marked(pack: Procedure) -> None:
    assert {name for name, term in pack.terms.items() if term.verified} == {"PM-confirm"}
    assert (pack.terms["PM-confirm"].length, pack.terms["PM-confirm"].unit) == (30, "calendar_days")
    assert {name for name, move in pack.moves.items() if move.verified} == {
        "refuse", "record_refusal", "consent", "leave", "agree_in_writing", "agree_orally", "ask_confirmation",
    }  # fmt: skip
    assert {"abuse", "crime", "refused", "special_body", "status", "office"} == set(pack.exclusions)
    assert {"land", "resource", "family", "neighbours", "wages", "demolition", "consumer", "medical", "traffic", "debt",
            "other"} == set(pack.disputes)  # fmt: skip


def test_thirty_days_or_one_week_half_a_month_and_two_months() -> None:
    assert (PACKS[ONE].terms["PM-term"].length, PACKS[ONE].terms["PM-term"].unit) == (30, "calendar_days")
    three = PACKS[THREE].terms
    assert [(three[name].length, three[name].unit) for name in ("ML-simple", "ML-ordinary", "ML-complex")] == [
        (1, "weeks"), (15, "calendar_days"), (2, "months"),
    ]  # fmt: skip
    assert [(level.id, level.offers_next) for level in PACKS[THREE].levels.values()] == [
        ("village", True), ("town", True), ("county", False),
    ]  # fmt: skip


@pytest.mark.parametrize("pack", MEDIATIONS.values(), ids=MEDIATIONS)
def test_on_every_path_each_side_leaves_with_one_step_and_owes_nothing(pack: Procedure) -> None:
    """Walk to every point, let each side leave from there: it is over, and no clock of an office runs on."""
    paths = Paths(pack)
    assert paths.is_whole
    leaving = pack.moves["leave"]
    for point in paths.came_by:
        if pack.states[point.state].stage not in {"intake", "mediation"}:
            continue
        (edge,) = [edge for edge in paths.edges if edge.start == point and edge.move == leaving]
        assert pack.states[edge.end.state].is_final
        assert not [name for name in edge.end.running if pack.terms[name].is_duty]
    assert not leaving.requires and not leaving.guards and set(leaving.roles) == {"complainant", "other_party"}


@pytest.mark.parametrize("pack", MEDIATIONS.values(), ids=MEDIATIONS)
def test_a_made_up_dispute_can_be_settled_and_each_end_is_reached(pack: Procedure) -> None:
    ends = {point.state for point in Paths(pack).came_by if pack.states[point.state].is_final}
    assert ends == {state.id for state in pack.states.values() if state.is_final}
    trial = Trial.filed(pack, calendar_of("CN"), pack.vectors[0].filed)
    assert set(trial.clocks) == {"ask_all"}
