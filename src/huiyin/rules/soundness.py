"""Does a procedure hang together? Its names, its inputs, its small graph.

Kept here: every name is known, every state can be reached and left for an end, a review leads somewhere.
What the rights of people demand beyond that stands in ``invariants``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from huiyin.rules.guards import CHECKS, IDENTITY_CHECKS
from huiyin.rules.procedure import Move, Procedure
from huiyin.rules.toml_table import Problems


def misnamed(procedure: Procedure, effects: frozenset[str]) -> Problems:
    """Names that stand for nothing, and moves that lack an input: nothing else can be judged before these are right."""
    return [*_unknown_names(procedure, effects), *_unknown_in_vectors(procedure), *_incomplete_moves(procedure)]


def loose_ends(procedure: Procedure) -> Problems:
    """Terms that never start, states that cannot be reached or left for an end, reviews that lead nowhere."""
    return [*_idle_terms(procedure), *_dead_ends(procedure), *_without_review(procedure)]


def _unknown_names(procedure: Procedure, effects: frozenset[str]) -> Problems:
    problems: Problems = []
    if procedure.start not in procedure.states:
        problems.append((("start",), f"unknown state {procedure.start!r}"))
    problems += [
        (("opening_terms",), f"unknown term {term!r}")
        for term in procedure.opening_terms
        if term not in procedure.terms
    ]
    for move in procedure.moves.values():
        known: tuple[tuple[str, tuple[str, ...], object, str], ...] = (
            ("from", move.from_states, procedure.states, "state"),
            ("to", (move.to_state,), procedure.states, "state"),
            ("starts", move.starts, procedure.terms, "term"),
            ("meets", move.meets, procedure.terms, "term"),
            ("ends", move.ends, procedure.terms, "term"),
            ("only_after", move.only_after, procedure.terms, "term"),
            ("before", (move.before,) if move.before else (), procedure.terms, "term"),
            ("extends", (move.extends,) if move.extends else (), procedure.terms, "term"),
            ("suspends", move.suspends, procedure.terms, "term"),
            ("resumes", move.resumes, procedure.terms, "term"),
            ("guards", move.guards, procedure.guards, "guard"),
            ("reasons", move.reasons, procedure.reasons, "reason"),
            ("outcome", (move.outcome,) if move.outcome else (), procedure.outcomes, "outcome"),
            ("outcomes", move.outcomes, procedure.outcomes, "outcome"),
            ("effects", move.effects, effects, "effect"),
        )
        for key, names, among, kind in known:
            problems += [
                (("moves", move.id, key), f"unknown {kind} {name!r}")
                for name in names
                if name not in among  # type: ignore[operator]
            ]
    problems += [
        (("guards", guard.id, "check"), f"unknown check {guard.check!r}; known: {', '.join(CHECKS)}")
        for guard in procedure.guards.values()
        if guard.check and guard.check not in CHECKS and guard.check not in IDENTITY_CHECKS
    ]
    return problems


def _unknown_in_vectors(procedure: Procedure) -> Problems:
    problems: Problems = []
    for position, vector in enumerate(procedure.vectors):
        moves = [step.move for step in vector.steps if step.move not in procedure.moves]
        terms = [term for term in vector.due if term not in procedure.terms]
        problems += [(("vectors", position), f"unknown move {move!r}") for move in moves]
        problems += [(("vectors", position), f"unknown term {term!r}") for term in terms]
    return problems


def _incomplete_moves(procedure: Procedure) -> Problems:
    problems: Problems = []
    for move in procedure.moves.values():
        takes = {*move.requires, *move.accepts}
        for broken, key, message in (
            (move.assigns and "to" not in takes, "assigns", "a move that assigns takes 'to'"),
            (move.makes and "text" not in takes, "makes", "a document is made from 'text'"),
            (bool(move.outcomes) != ("outcome" in takes), "outcomes", "'outcome' is chosen from outcomes"),
            (move.outcome and move.outcomes, "outcome", "an outcome is set or chosen, not both"),
            (move.reasons and "reason" not in takes, "reasons", "a move with reasons takes 'reason'"),
            ("route" in takes and not procedure.routes, "requires", "there are no routes to choose from"),
            (set(move.requires) & set(move.accepts), "accepts", "an input is required or accepted, not both"),
            (set(move.starts) & {*move.meets, *move.ends}, "starts", "a term cannot start and end in one move"),
            (move.sign_off and not move.makes, "sign_off", "only a document is signed off"),
            (move.contents and not move.makes, "contents", "only a document has contents"),
            (move.transfers in ("send", "settle") and "to" not in takes, "transfers", "a transfer takes 'to'"),
            (bool(_unstoppable(procedure, move)), "suspends", "a term stops only for a reason of its 'stops'"),
        ):
            if broken:
                problems.append((("moves", move.id, key), message))
    return problems


def _unstoppable(procedure: Procedure, move: Move) -> list[str]:
    return [term for term in move.suspends if term in procedure.terms and not procedure.terms[term].stops]


def _idle_terms(procedure: Procedure) -> Problems:
    started = {*procedure.opening_terms, *(term for move in procedure.moves.values() for term in move.starts)}
    return [(("terms", term), f"term {term!r} never starts") for term in procedure.terms if term not in started]


def _moves_out(procedure: Procedure, state: str) -> Iterator[Move]:
    return (move for move in procedure.moves.values() if state in move.from_states)


def _dead_ends(procedure: Procedure) -> Problems:
    reached = {procedure.start}
    waiting = deque(reached)
    while waiting:
        for move in _moves_out(procedure, waiting.popleft()):
            if move.to_state not in reached:
                reached.add(move.to_state)
                waiting.append(move.to_state)
    ending = {state.id for state in procedure.states.values() if state.is_final}
    grown = True
    while grown:
        before = len(ending)
        ending |= {
            state for state in procedure.states if any(move.to_state in ending for move in _moves_out(procedure, state))
        }
        grown = len(ending) > before
    problems: Problems = []
    for state in procedure.states.values():
        if state.id not in reached:
            problems.append((("states", state.id), f"state {state.id!r} can never be reached"))
        elif state.id not in ending:
            problems.append((("states", state.id), f"state {state.id!r} can never be left for an end"))
        if state.is_final != (state.stage == "ended"):
            problems.append((("states", state.id, "stage"), f"state {state.id!r}: final states have the stage 'ended'"))
    return problems


def _without_review(procedure: Procedure) -> Problems:
    opens = [move for move in procedure.moves.values() if "open_review" in move.effects]
    if opens and procedure.review_procedure is None:
        return [(("moves", opens[0].id, "effects"), "a review is opened, but review_procedure names none")]
    if procedure.review_procedure and not opens:
        return [(("review_procedure",), "no move opens the review")]
    contested_from = {state for move in opens for state in move.from_states}
    finals = [state for state in procedure.states.values() if state.is_final]
    if opens and not any(state.id in contested_from for state in finals):
        return [(("states", finals[0].id), "no final state has a way to a review")]
    return []
