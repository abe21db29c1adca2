"""Each side says yes for itself, to one step at a time: which step a move is, when all agree, how a dispute ended.

People's Mediation Law, Articles 17 and 23: nothing begins before every side has said yes, and each may leave at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from huiyin.rules.guards import CONSENT_OF_ALL
from huiyin.rules.procedure import Move, Procedure

BEGIN, RAISE, GO_ON, AGREE, CONFIRM = "begin", "raise", "go_on", "agree", "confirm"
STEPS = (BEGIN, RAISE, GO_ON, AGREE, CONFIRM)
"""What a side says yes or no to: mediation at all, the next level, more time, the agreement, the court's confirmation."""

ANSWERS = ("yes", "no")
HOW = ("own_channel", "in_person", "phone")
"""How a side said it: with its own code, in person at the office, or by telephone."""

SIDE_STATES = ("invited", "in", "out")
"""A side was asked and has not said yes; said yes; said no, left or never answered."""

LEAST_SIDES = 2
DAYS_TO_ERASE = 30
"""Days after which everything of a side that never said yes is erased."""

AGREEMENTS: Mapping[str, str] = {"mediation_agreement": "agreed_in_writing", "oral_agreement": "agreed_orally"}
ENDS: Mapping[str, str] = {
    "refused": "refused",
    "ended_on_request": "left",
    "ended_no_agreement": "no_agreement",
    "not_for_mediation": "not_for_mediation",
    "performed": "kept",
    "ended_not_kept": "not_kept",
    "unanswered": "unanswered",
    "joined": "joined",
}
RESULTS = (*AGREEMENTS.values(), *ENDS.values())
"""The words of the register. They stand side by side: no figure divides one by another."""

COMPLEXITIES = ("simple", "ordinary", "complex")


def needs_consent(procedure: Procedure, move: Move) -> bool:
    """Whether a move takes the consent of all."""
    return any(procedure.guards[guard].check == CONSENT_OF_ALL for guard in move.guards)


def step_of(procedure: Procedure, move: Move, state: str) -> str:
    """What the sides say yes to when ``move`` is made from ``state``; empty where it takes no consent."""
    if not needs_consent(procedure, move):
        return ""
    if move.makes in AGREEMENTS:
        return AGREE
    is_mediation = procedure.states[move.to_state].stage == "mediation"
    if is_mediation and procedure.states[state].stage != "mediation":
        return BEGIN
    if is_mediation and move.to_state != state:
        return RAISE
    return GO_ON if is_mediation else CONFIRM


def steps_from(procedure: Procedure, state: str) -> tuple[str, ...]:
    """What the sides can be asked about while a dispute stands in ``state``, in the order of ``STEPS``."""
    found = {step_of(procedure, move, state) for move in procedure.moves.values() if state in move.from_states}
    return tuple(step for step in STEPS if step in found)


def consented_moves(procedure: Procedure, state: str, agreed: Iterable[str]) -> frozenset[str]:
    """The moves from ``state`` whose step is among those that all ``agreed`` to."""
    steps = set(agreed)
    return frozenset(
        move.id
        for move in procedure.moves.values()
        if state in move.from_states and step_of(procedure, move, state) in steps
    )


def agreed_steps(answers: Mapping[int, Mapping[str, str]]) -> frozenset[str]:
    """Steps to which every side said yes. ``answers``: of each side that has not left, its last word on each step.

    One side alone agrees with nobody: there are two at least.
    """
    if len(answers) < LEAST_SIDES:
        return frozenset()
    return frozenset(step for step in STEPS if all(each.get(step) == "yes" for each in answers.values()))


def result_of(procedure: Procedure, move: Move) -> str:
    """The word for the register that a move leads to; empty where the dispute goes on."""
    return AGREEMENTS.get(move.makes or "", "") or ENDS.get(move.to_state, "")


def level_of(procedure: Procedure, state: str) -> str:
    """The level on which a dispute stands in ``state``; empty where the procedure has none, or before it has begun."""
    return next((level.id for level in procedure.levels.values() if level.state == state), "")


def complexity_of(move: Move) -> str:
    """How complex a dispute was said to be, by the time that a move gives; empty where the procedure does not say."""
    ends = {term.rpartition("-")[2] for term in move.starts}
    return next((each for each in COMPLEXITIES if each in ends), "")
