"""May this role make this move now? The move, or a refusal with its reason.

``lapsed`` names the terms whose latest start has run past its due date, counted by the caller for
the day in question. Who is barred hears so before anything else about the matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from huiyin.rules.procedure import Move, Procedure
from huiyin.rules.refusal import Refusal

CLASSES = ("suggestion", "accusation", "claim")
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Offer:
    """A move, and why it cannot be made now (None: it can)."""

    move: Move
    refusal: Refusal | None


def may_move(
    procedure: Procedure,
    move_id: str,
    *,
    state: str,
    roles: frozenset[str],
    given: Mapping[str, str],
    barred: bool = False,
    on: date | None = None,
    lapsed: frozenset[str] = _NONE,
) -> Move:
    """The move, where this role may make it from this state with what was given; else ``Refusal``."""
    move = procedure.moves.get(move_id)
    if move is None:
        raise Refusal("unknown_move", move=move_id)
    refusal = _refusal(move, state, roles, barred, lapsed) or _refused_input(procedure, move, given)
    if refusal is not None:
        if on is not None and refusal.code in {"window_closed", "too_early"}:
            refusal.params["on"] = on
        raise refusal
    return move


def moves_from(
    procedure: Procedure,
    *,
    state: str,
    roles: frozenset[str],
    barred: bool = False,
    lapsed: frozenset[str] = _NONE,
) -> list[Offer]:
    """Every move of the procedure with the reason why it is not open now, in the order of the file.

    What a move requires is not asked for yet: that is the business of its form.
    """
    return [Offer(move, _refusal(move, state, roles, barred, lapsed)) for move in procedure.moves.values()]


def _refusal(move: Move, state: str, roles: frozenset[str], barred: bool, lapsed: frozenset[str]) -> Refusal | None:
    if barred:
        return Refusal("barred", move=move.id)
    if roles.isdisjoint(move.roles):
        return Refusal("not_your_move", move=move.id)
    if state not in move.from_states:
        return Refusal("not_allowed_now", move=move.id, state=state)
    for term in move.only_after:
        if term not in lapsed:
            return Refusal("too_early", move=move.id, term=term)
    if move.before is not None and move.before in lapsed:
        return Refusal("window_closed", move=move.id, term=move.before)
    return None


def _refused_input(procedure: Procedure, move: Move, given: Mapping[str, str]) -> Refusal | None:
    for name in move.requires:
        if not given.get(name, "").strip():
            return Refusal("input_missing", move=move.id, field=name)
    for name in (*move.requires, *move.accepts):
        choices = _choices(procedure, move, name)
        if given.get(name, "") and choices is not None and given[name] not in choices:
            return Refusal("unknown_choice", move=move.id, field=name)
    return None


def _choices(procedure: Procedure, move: Move, name: str) -> tuple[str, ...] | None:
    """What may be chosen for an input; None where any words may stand."""
    match name:
        case "reason":
            return move.reasons or None
        case "route":
            return tuple(procedure.routes)
        case "outcome":
            return move.outcomes
        case "class":
            return CLASSES
        case _:
            return None
