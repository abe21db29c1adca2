"""May this role make this move now? The move, or a refusal with its reason.

``lapsed`` names the terms whose latest start has run past its due date, counted by the caller for
the day in question. Who is barred hears so before anything else about the matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from huiyin.rules.guards import CONSENT_OF_ALL, OF_A_MEDIATOR, OF_THE_RECEIVER, UNSAID, to_confirm
from huiyin.rules.procedure import Move, Procedure
from huiyin.rules.refusal import Refusal

CLASSES = ("suggestion", "accusation", "claim")
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a matter stands beside its state, counted by the caller for the day in question.

    ``lapsed`` terms have run past their due date, ``stopped`` ones stand still, ``extended`` counts the extensions
    each term has had. ``checks`` are the names of ``rules.guards.CHECKS`` that hold. ``consented`` are the moves to
    which every side has said yes.
    """

    lapsed: frozenset[str] = _NONE
    stopped: frozenset[str] = _NONE
    extended: Mapping[str, int] = field(default_factory=dict)
    checks: frozenset[str] = _NONE
    consented: frozenset[str] = _NONE


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
    standing: Standing | None = None,
) -> Move:
    """The move, where this role may make it from this state with what was given; else ``Refusal``.

    ``lapsed`` is the short form of ``standing`` for callers that know nothing else.
    """
    move = procedure.moves.get(move_id)
    if move is None:
        raise Refusal("unknown_move", move=move_id)
    stands = standing or Standing(lapsed=lapsed)
    refusal = _refusal(procedure, move, state, roles, barred, stands) or (
        _refused_input(procedure, move, given)
        or _refused_receiver(procedure, move, given, stands)
        or _unconfirmed(procedure, move, given)
    )
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
    standing: Standing | None = None,
) -> list[Offer]:
    """Every move of the procedure with the reason why it is not open now, in the order of the file.

    What a move requires is not asked for yet: that is the business of its form.
    """
    stands = standing or Standing(lapsed=lapsed)
    return [
        Offer(move, _refusal(procedure, move, state, roles, barred, stands)) for move in procedure.moves.values()
    ]  # fmt: skip


def way_to_review(offers: Iterable[Offer]) -> Offer | None:
    """The complainant's step that asks for a review: the one open now, in time or late; else the first, with why not."""
    asking = [offer for offer in offers if offer.move.asks_for_review]
    return next((offer for offer in asking if offer.refusal is None), asking[0] if asking else None)


def _refusal(
    procedure: Procedure, move: Move, state: str, roles: frozenset[str], barred: bool, stands: Standing
) -> Refusal | None:
    if barred:
        return Refusal("barred", move=move.id)
    if roles.isdisjoint(move.roles):
        return Refusal("not_your_move", move=move.id)
    if state not in move.from_states:
        return Refusal("not_allowed_now", move=move.id, state=state)
    for guard in move.guards:
        check = procedure.guards[guard].check
        holds = check in stands.checks or (check == CONSENT_OF_ALL and move.id in stands.consented)
        if check and check not in OF_THE_RECEIVER and not holds:
            return Refusal("not_allowed_now", move=move.id, state=state, guard=guard)
    return _refused_by_clock(procedure, move, state, stands)


def _refused_by_clock(procedure: Procedure, move: Move, state: str, stands: Standing) -> Refusal | None:
    for term in move.only_after:
        if term not in stands.lapsed:
            return Refusal("too_early", move=move.id, term=term)
    for window in (move.before, move.extends):
        if window is not None and window in stands.lapsed:
            return Refusal("window_closed", move=move.id, term=window)
    if move.extends is not None:
        extension = procedure.terms[move.extends].extension
        if extension is None or stands.extended.get(move.extends, 0) >= extension.times:
            return Refusal("extension_used", move=move.id, term=move.extends)
    if stands.stopped.intersection(move.suspends):
        return Refusal("not_allowed_now", move=move.id, state=state)
    return None


def _refused_input(procedure: Procedure, move: Move, given: Mapping[str, str]) -> Refusal | None:
    for name in move.requires:
        if not given.get(name, "").strip():
            return Refusal("input_missing", move=move.id, field=name)
    for name in (*move.requires, *move.accepts):
        choices = _choices(procedure, move, name)
        if given.get(name, "") and choices is not None and given[name] not in choices:
            return Refusal("unknown_choice", move=move.id, field=name)
    if given.get("days", ""):
        return _refused_days(move, given["days"], most_days(procedure, move))
    return None


def _refused_receiver(procedure: Procedure, move: Move, given: Mapping[str, str], stands: Standing) -> Refusal | None:
    """A guard about who receives the matter, once that is said."""
    missing = {procedure.guards[guard].check for guard in move.guards} & OF_THE_RECEIVER - stands.checks
    if not given.get("to", "") or not missing:
        return None
    code = next((code for check, code in OF_A_MEDIATOR.items() if check in missing), "goes_to_the_accused")
    return Refusal(code, move=move.id, field="to")


def _unconfirmed(procedure: Procedure, move: Move, given: Mapping[str, str]) -> Refusal | None:
    """What no program can check, somebody says under the own name; nothing else is taken as said.

    A program that knows nothing of guards leaves them unsaid, and so the record keeps it."""
    wanted = [guard.id for guard in to_confirm(procedure, move)]
    confirmed = given.get("confirmed", "").split()
    if confirmed == [UNSAID]:
        return None
    for guard in wanted:
        if guard not in confirmed:
            return Refusal("not_confirmed", move=move.id, field="confirmed", guard=guard)
    if not set(confirmed) <= set(wanted):
        return Refusal("unknown_choice", move=move.id, field="confirmed")
    return None


def most_days(procedure: Procedure, move: Move) -> int:
    """The most that may be given as ``days``: of an extension, or of a term whose length is set case by case."""
    if move.extends is not None:
        extension = procedure.terms[move.extends].extension
        return extension.maximum if extension else 0
    terms = [procedure.terms[name] for name in move.starts]
    return min((term.length for term in terms if term.length_is_set), default=0)


def _refused_days(move: Move, days: str, maximum: int) -> Refusal | None:
    if not (days.isascii() and days.isdecimal() and len(days) < 6):
        return Refusal("unknown_choice", move=move.id, field="days")
    if not 1 <= int(days) <= maximum:
        return Refusal("extension_too_long", move=move.id, maximum=maximum)
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
