"""Does a procedure keep its promises on every path? A full search of its small graph.

Rights kept here: from every state an end can be reached, and while an answer is owed somebody of
the office owes something by a day; every end names a way to have it looked at again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from huiyin.rules.procedure import Move, Procedure, State
from huiyin.rules.toml_table import Problems

OUTSIDERS = frozenset({"complainant", "other_party", "stranger"})


def unsound(procedure: Procedure, effects: frozenset[str]) -> Problems:
    """Every broken promise, with the place in the file that breaks it."""
    problems = [*_unknown_names(procedure, effects), *_incomplete_moves(procedure)]
    if problems:
        return problems
    return [*_idle_terms(procedure), *_dead_ends(procedure), *_unwatched(procedure), *_without_review(procedure)]


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
        ):
            if broken:
                problems.append((("moves", move.id, key), message))
    return problems


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


def _unwatched(procedure: Procedure) -> Problems:
    """States in which the matter could lie without anybody owing anything."""
    first = (procedure.start, frozenset(procedure.opening_terms))
    seen, waiting, problems = {first}, deque([first]), {}
    elsewhere = _under_review_elsewhere(procedure)
    while waiting:
        state, armed = waiting.popleft()
        if not _is_watched(procedure, procedure.states[state], armed) and state not in elsewhere:
            problems[("states", state)] = f"state {state!r} can be reached while no office owes anything by a day"
        for move in _moves_out(procedure, state):
            after = (move.to_state, (armed - {*move.meets, *move.ends}) | set(move.starts))
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    return list(problems.items())


def _is_watched(procedure: Procedure, state: State, armed: frozenset[str]) -> bool:
    """After the answer it is enough that the complainant's own time is running."""
    if state.is_final:
        return True
    if state.stage == "followup":
        return bool(armed)
    return any(procedure.terms[term].owed_by not in OUTSIDERS for term in armed)


def _under_review_elsewhere(procedure: Procedure) -> set[str]:
    """States entered only by opening a review: its clock runs in the linked case."""
    into: dict[str, list[Move]] = {}
    for move in procedure.moves.values():
        into.setdefault(move.to_state, []).append(move)
    return {
        state.id
        for state in procedure.states.values()
        if state.stage == "review"
        and state.id in into
        and state.id != procedure.start
        and all("open_review" in move.effects for move in into[state.id])
    }


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
