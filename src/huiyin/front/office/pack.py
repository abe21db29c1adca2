"""A procedure as a jurist reads it: its parts in the order in which they are asked for."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.front.office.labels import INPUTS
from huiyin.record.law.routes import Place, places
from huiyin.rules.guards import CHECKS
from huiyin.rules.procedure import Choice, Guard, Move, Procedure, State, Term, Words
from huiyin.rules.wording import length, span


@dataclass(frozen=True, slots=True)
class TermLine:
    """A time limit, with its lengths in words."""

    term: Term
    length: Words
    extension: Words | None
    law: Words | None


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A step, with everything it names by its own name."""

    move: Move
    to: State
    starts: tuple[Term, ...]
    meets: tuple[Term, ...]
    ends: tuple[Term, ...]
    windows: tuple[Term, ...]
    waits_for: tuple[Term, ...]
    reasons: tuple[Choice, ...]
    outcomes: tuple[Choice, ...]
    guards: tuple[Guard, ...]
    letter: Choice | None
    law: Words | None
    needs: tuple[str, ...]
    may_give: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StateLine:
    """A state with the steps that lead out of it."""

    state: State
    number: int
    moves: tuple[MoveLine, ...]


@dataclass(frozen=True, slots=True)
class RouteLine:
    """A way out, with its place in the office's directory and how long it stays open."""

    route: Choice
    place: Place | None
    limit: Words | None


@dataclass(frozen=True, slots=True)
class GuardLine:
    """A condition, and what the program checks of it."""

    guard: Guard
    check: Words | None


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole procedure for one page."""

    terms: tuple[TermLine, ...]
    states: tuple[StateLine, ...]
    routes: tuple[RouteLine, ...]
    guards: tuple[GuardLine, ...]
    unverified: tuple[Words, ...]


def outline(procedure: Procedure) -> Outline:
    """The procedure taken apart."""
    terms, moves = procedure.terms.values(), procedure.moves.values()
    return Outline(
        terms=tuple(_term(procedure, term) for term in terms),
        states=tuple(
            StateLine(state, number, tuple(_move(procedure, move) for move in moves if state.id in move.from_states))
            for number, state in enumerate(procedure.states.values(), start=1)
        ),
        routes=tuple(_route(route) for route in procedure.routes.values()),
        guards=tuple(GuardLine(guard, CHECKS.get(guard.check)) for guard in procedure.guards.values()),
        unverified=_unverified(procedure),
    )


def _term(procedure: Procedure, term: Term) -> TermLine:
    longer = span(term.extension.maximum, term.extension.unit) if term.extension else None
    return TermLine(term, length(term), longer, procedure.law_of(term))


def _move(procedure: Procedure, move: Move) -> MoveLine:
    def terms(names: tuple[str, ...]) -> tuple[Term, ...]:
        return tuple(procedure.terms[name] for name in names)

    return MoveLine(
        move=move,
        to=procedure.states[move.to_state],
        starts=terms(move.starts),
        meets=terms(move.meets),
        ends=terms(move.ends),
        windows=terms(tuple(filter(None, (move.before,)))),
        waits_for=terms(move.only_after),
        reasons=tuple(procedure.reasons[name] for name in move.reasons),
        outcomes=tuple(procedure.outcomes[name] for name in (*move.outcomes, *filter(None, (move.outcome,)))),
        guards=tuple(procedure.guards[name] for name in move.guards),
        letter=procedure.notices.get(move.makes or ""),
        law=procedure.law_of(move),
        needs=tuple(str(INPUTS[name]) for name in move.requires),
        may_give=tuple(str(INPUTS[name]) for name in move.accepts),
    )


def _route(route: Choice) -> RouteLine:
    limit = route.time_limit
    return RouteLine(route, places().get(route.address), span(limit.length, limit.unit) if limit else None)


def _unverified(procedure: Procedure) -> tuple[Words, ...]:
    """What nobody has read in the law: time limits set by law, articles of steps, time limits of routes."""
    terms = [term.name for term in procedure.terms.values() if term.basis == "law" and not term.verified]
    moves = [move.name for move in procedure.moves.values() if move.article and not move.verified]
    limits = [
        Words(f"途径“{route.name.zh}”的时限", f"the time limit of “{route.name.en}”")
        for route in procedure.routes.values()
        if route.time_limit and not route.time_limit.verified
    ]
    return (*terms, *moves, *limits)
