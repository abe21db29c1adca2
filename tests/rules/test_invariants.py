"""Faults planted in a sound procedure: each is caught by name, with file, line and the path that shows it."""

from __future__ import annotations

import pytest

from huiyin.rules.catalogue import ProcedureError, load_procedure
from huiyin.rules.guards import CHECKS
from huiyin.rules.procedure import Procedure
from tests.rules.test_catalogue import PACKS, TEXTS, in_chinese, line_of

PARK = """
[states.parked]
name = { zh = "搁置", en = "Parked" }
stage = "handling"
told = { zh = "搁置", en = "Parked" }

[moves.park]
name = { zh = "搁置", en = "Park" }
from = ["accepted"]
to = "parked"
roles = ["handler"]
told = { zh = "搁置", en = "Parked" }
help = { zh = "搁置", en = "Park" }

[moves.give_up]
name = { zh = "放弃", en = "Give up" }
from = ["parked"]
to = "closed"
roles = ["complainant"]
told = { zh = "放弃", en = "Given up" }
help = { zh = "放弃", en = "Give up" }
"""
MERGE = """
[moves.merge]
name = { zh = "并案", en = "Merge" }
from = ["accepted"]
to = "closed"
roles = ["registrar"]
told = { zh = "并案", en = "Merged" }
help = { zh = "并案", en = "Merge" }
"""
MEDIATION = """
[states.mediating]
name = { zh = "调解中", en = "In mediation" }
stage = "mediation"
told = { zh = "调解", en = "Mediation" }

[terms.session]
name = { zh = "调解", en = "Mediate" }
length = 20
unit = "calendar_days"
count_from = "next_day"
roll = "none"
owed_by = "mediator"
basis = "target"
verified = false

[[terms.decide.stops]]
id = "mediation"
name = { zh = "调解", en = "Mediation" }

[guards.all_agree]
name = { zh = "各方同意", en = "Every side agrees" }
check = "consent_of_all"

[moves.mediate]
name = { zh = "调解", en = "Mediate" }
from = ["accepted"]
to = "mediating"
roles = ["handler"]
starts = ["session"]
suspends = ["decide"]
guards = ["all_agree"]
told = { zh = "调解", en = "Mediation" }
help = { zh = "调解", en = "Mediate" }

[moves.leave]
name = { zh = "离开调解", en = "Leave" }
from = ["mediating"]
to = "accepted"
roles = ["complainant", "other_party", "mediator"]
ends = ["session"]
resumes = ["decide"]
told = { zh = "离开", en = "Left" }
help = { zh = "离开", en = "Leave" }
"""
RETALIATION = TEXTS["generic"][TEXTS["generic"].index("[retaliation]") : TEXTS["generic"].index("[states.registered]")]

# name of the promise, pack, what is taken out, what is put in, the line it must name, words of the fault
FAULTS: list[tuple[str, str, str, str, str, str]] = [
    ("I1", "generic", 'starts = ["decide"]\n', 'ends = ["decide"]\n', "[states.accepted]",
     "no office owes anything by a day: registered -accept-> accepted"),
    ("I1", "generic", "[reasons.complex]", PARK + "[reasons.complex]", "[states.parked]",
     "no answer and no reasoned refusal can be reached: registered -accept-> accepted -park-> parked"),
    ("I1", "generic-review", 'basis = "target"', 'on_miss = []\nbasis = "target"', "on_miss = []",
     "nothing happens by itself when 'review' is missed"),
    ("I2", "generic", 'assigns = true\n', 'assigns = true\nstarts = ["decide"]\n', 'starts = ["decide"]\ntold',
     "starts the clock of 'decide' again: registered -accept-> accepted -assign-> accepted"),
    ("I2", "generic", "times = 1", "times = 3", "times = 3", "3 times"),
    ("I2", "generic", 'requires = ["days", "reason", "text"]', 'requires = ["reason", "text"]', 'extends = "decide"',
     "must ask for 'days'"),
    ("I4", "generic", 'assigns = true\n', 'assigns = true\nends = ["triage"]\n', "[moves.assign]",
     "stops triage without an article"),
    ("I5", "generic", 'starts = ["ask_review"]\nmeets = ["triage"]', 'meets = ["triage"]', "[moves.decline]",
     "no review can be asked for: -decline-> declined"),
    ("I5", "generic", 'from = ["replied", "declined", "closed"]', 'from = ["replied", "declined"]', "[states.closed]",
     "the matter can end as 'closed'"),
    ("I5", "generic", '"opinion", "outcome", "review_route", "window"]', '"opinion", "outcome"]', "[moves.reply]",
     "must hold: review_route"),
    ("I10", "generic", "[reasons.complex]",
     '[guards.known]\nname = { zh = "实名", en = "Named" }\ncheck = "named"\n\n[reasons.complex]', 'check = "named"',
     "depends on whether the complainant gave a name"),
    ("I10", "generic", 'requires = ["reason"]', 'requires = ["reason", "legal_basis"]',
     'requires = ["reason", "legal_basis"]', "more than words"),
    ("I11", "generic", RETALIATION, "", "[states.registered]", "where retaliation is reported"),
    ("I12", "generic-review", 'basis = "target"',
     'on_miss = [{ after = 5, unit = "working_days", act = "close" }]\nbasis = "target"', "on_miss = [{",
     "by the clock alone 'close' is not done"),
    ("I12", "generic", 'roles = ["registrar", "handler"]\nonly_after', 'roles = ["system"]\nonly_after',
     'roles = ["system"]', "'close' must be made by a human"),
    ("I13", "generic", "[reasons.complex]", MERGE + "[reasons.complex]", "[moves.merge]",
     "ends the matter without an answer of its own: registered -accept-> accepted -merge-> closed"),
    ("I16", "generic", "[reasons.complex]", MEDIATION.replace('resumes = ["decide"]\n', "") + "[reasons.complex]",
     "[moves.leave]",
     "the clock of decide still stands: registered -accept-> accepted -mediate-> mediating -leave-> accepted"),
    ("I16", "generic", "[reasons.complex]",
     MEDIATION.replace('guards = ["all_agree"]\n', "") + "[reasons.complex]", "[moves.mediate]",
     "without the consent of all: registered -accept-> accepted -mediate-> mediating"),
    ("I16", "generic", "[reasons.complex]",
     MEDIATION.replace('"complainant", "other_party", "mediator"', '"complainant", "mediator"') + "[reasons.complex]",
     "[states.mediating]", "the other_party has no way back"),
    ("decides twice", "generic-review", 'roles = ["reviewer"]\nrequires = ["text", "outcome"]',
     'roles = ["reviewer", "handler"]\nrequires = ["text", "outcome"]', 'roles = ["reviewer", "handler"]',
     "not by reviewer, handler"),
    ("decides twice", "cn-xinfang", 'role = "lawyer"', 'role = "body_head"', "[[moves.reply.sign_off]]",
     "one role signs two steps of 'reply'"),
    ("bad article", "cn-xinfang", 'article = "22"', 'article = "about 22"', 'article = "about 22"', "'about 22'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "pack", "right", "wrong", "at", "words"), FAULTS, ids=[f"{each[0]} {each[5][:40]}" for each in FAULTS]
)
def test_a_planted_fault_is_caught_by_name(name: str, pack: str, right: str, wrong: str, at: str, words: str) -> None:
    assert right in TEXTS[pack]
    broken = TEXTS[pack].replace(right, wrong, 1)
    with pytest.raises(ProcedureError) as found:
        load_procedure(broken, file=f"{pack}.toml")
    named = [problem for problem in found.value.problems if f": {name}" in problem and words in problem]
    assert named, found.value.problems
    assert named[0].startswith(f"{pack}.toml:{line_of(broken, at)}: ")
    assert all(in_chinese(fault) for fault in found.value.faults)


def test_a_sound_mediation_is_let_through() -> None:
    text = TEXTS["generic"].replace("[reasons.complex]", MEDIATION + "[reasons.complex]")
    assert "mediating" in load_procedure(text).states


def test_a_pinned_text_is_not_asked_for_what_was_demanded_later() -> None:
    old = TEXTS["generic"].replace(RETALIATION, "")
    assert load_procedure(old, is_pinned=True).retaliation is None


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_every_check_a_pack_asks_for_is_known_and_every_route_can_be_found(pack: Procedure) -> None:
    assert {guard.check for guard in pack.guards.values() if guard.check} <= set(CHECKS)
    for route in pack.routes.values():
        assert route.text is not None
        assert route.time_limit is None or not route.time_limit.verified or route.time_limit.article


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_the_review_of_a_pack_is_decided_by_others_than_the_answer(pack: Procedure) -> None:
    if pack.review_procedure is None:
        return
    first = {role for move in pack.moves.values() if move.decides for role in move.roles}
    second = PACKS[pack.review_procedure]
    deciders = {role for move in second.moves.values() if "review_decided" in move.effects for role in move.roles}
    assert deciders == {"reviewer"}
    assert "reviewer" not in first or pack.states[pack.start].stage == "review"
