"""Does a procedure keep its promises on every path? Each breach is named, with the path that shows it.

The numbers are those of the public list of rights. What a pack's graph cannot show (who looked, who decided
in person, what leaves the house) is kept by the record and tested there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from huiyin.rules.entries import CHECKS_OF_EVERY_PACK, CHECKS_OF_WORDS
from huiyin.rules.mediation import CHECKS_OF_MEDIATION_PATHS, CHECKS_OF_MEDIATION_WORDS, misplaced
from huiyin.rules.paths import Paths
from huiyin.rules.procedure import Move, Procedure, Words
from huiyin.rules.toml_lines import Path
from huiyin.rules.toml_table import Problems

Found = Iterator[tuple[Path, Words]]


def breaches(procedure: Procedure) -> Problems:
    """Every promise the procedure breaks, with its place in the file; none: every promise was proved."""
    paths = Paths(procedure)
    if not paths.is_whole:
        return [
            (
                ("moves",),
                Words(
                    "这个办理规则的路径太多，无法查完：同时进行的期限要少一些",
                    "the ways through this procedure are too many to be searched: let fewer clocks run at once",
                ),
            )
        ]
    found: dict[tuple[Path, Words], None] = {}
    is_mediation = procedure.kind == "mediation"
    for check in CHECKS_OF_MEDIATION_PATHS if is_mediation else CHECKS_OF_PATHS:
        seen: set[Path] = set()
        for path, message in check(paths):
            if path not in seen:  # the first path found is the shortest; one is enough to show the fault
                seen.add(path)
                found[(path, message)] = None
    of_words = (*CHECKS_OF_EVERY_PACK, *CHECKS_OF_MEDIATION_WORDS) if is_mediation else (*CHECKS_OF_WORDS, misplaced)
    for promise in of_words:
        found |= dict.fromkeys(promise(procedure))
    return list(found)


def _somebody_owes_an_answer(paths: Paths) -> Found:
    """I1: a deadline with an owner, which nobody has to watch, runs all the way to an answer."""
    terms, answerable = paths.procedure.terms, paths.answerable()
    for point in paths.came_by:
        state = paths.procedure.states[point.state]
        if state.is_final or point.state in paths.elsewhere:
            continue
        running = [terms[term] for term in point.running - point.stopped]
        duties = [term for term in running if term.is_duty]
        place, way = ("states", state.id), paths.path(point)
        if state.stage == "followup" and not running:
            yield (
                place,
                Words(
                    f"I1：可以走到状态 {state.id!r} 而没有任何期限在走：{way}",
                    f"I1: state {state.id!r} can be reached while no time runs at all: {way}",
                ),
            )
        elif state.stage != "followup" and not duties:
            yield (
                place,
                Words(
                    f"I1：可以走到状态 {state.id!r} 而没有单位负有到期的责任：{way}",
                    f"I1: state {state.id!r} can be reached while no office owes anything by a day: {way}",
                ),
            )
        elif duties and not any(term.ladder for term in duties):
            name = duties[0].id
            yield (
                ("terms", name, "on_miss"),
                Words(
                    f"I1：{name!r} 逾期后什么也不会自动发生：{way}",
                    f"I1: nothing happens by itself when {name!r} is missed: {way}",
                ),
            )
        if not point.is_answered and paths.is_working(state.id) and point not in answerable:
            yield (
                place,
                Words(
                    f"I1：从状态 {state.id!r} 走不到答复，也走不到说明理由的不予受理：{way}",
                    f"I1: from state {state.id!r} no answer and no reasoned refusal can be reached: {way}",
                ),
            )


def _no_clock_is_set_back(paths: Paths) -> Found:
    """I2: an office gets more time only by the one extension, never by starting a used-up term again."""
    terms = paths.procedure.terms
    for edge in paths.edges:
        move, point = edge.move, edge.start
        going_on = [term for term in point.running & edge.end.running if terms[term].is_duty]
        is_settling = move.transfers and (move.article or going_on)  # who is competent: the answer's own clock runs on
        is_agreed = _has_check(paths.procedure, move, "consent_of_all")
        if move.is_by_complainant or is_settling or is_agreed or edge.end.is_answered:
            continue
        again = point.running | (point.spent if paths.is_working(point.state) else frozenset())
        for term in move.starts:
            if term in again and terms[term].is_duty and not terms[term].recurs:
                way = paths.path(point, move)
                yield (
                    ("moves", move.id, "starts"),
                    Words(
                        f"I2：{move.id!r} 让 {term!r} 的期限重新开始：{way}",
                        f"I2: {move.id!r} starts the clock of {term!r} again: {way}",
                    ),
                )


def _no_end_without_an_answer(paths: Paths) -> Found:
    """I13: declining, merging, marking as duplicate: each ending by an office has its own answer."""
    for edge in paths.edges:
        move = edge.move
        came_from = paths.procedure.states[edge.start.state]
        is_end = paths.procedure.states[move.to_state].is_final and not came_from.is_final
        if came_from.id in paths.elsewhere:
            continue  # its answer is given in the linked review
        if is_end and not edge.end.is_answered and not move.is_by_complainant:
            way = paths.path(edge.start, move)
            yield (
                ("moves", move.id),
                Words(
                    f"I13：{move.id!r} 没有自己的答复就结束了事项：{way}",
                    f"I13: {move.id!r} ends the matter without an answer of its own: {way}",
                ),
            )


def _mediation_returns_to_the_clock(paths: Paths) -> Found:
    """I16: mediation begins with the consent of all, each side may leave, and the complaint's clock then goes on."""
    states = paths.procedure.states
    for edge in paths.edges:
        move, inside = edge.move, states[edge.start.state].stage == "mediation"
        goes_in = states[move.to_state].stage == "mediation"
        way = paths.path(edge.start, move)
        if goes_in and not inside and not _has_check(paths.procedure, move, "consent_of_all"):
            yield (
                ("moves", move.id),
                Words(
                    f"I16：{move.id!r} 未经各方同意就开始调解：{way}",
                    f"I16: {move.id!r} begins mediation without the consent of all: {way}",
                ),
            )
        if inside and not goes_in and paths.is_working(move.to_state) and edge.end.stopped:
            stopped = ", ".join(sorted(edge.end.stopped))
            yield (
                ("moves", move.id),
                Words(
                    f"I16：{move.id!r} 之后 {stopped} 的期限仍然停着：{way}",
                    f"I16: after {move.id!r} the clock of {stopped} still stands: {way}",
                ),
            )
    for state in states.values():
        if state.stage == "mediation":
            yield from _each_side_may_leave(paths, state.id)


def _each_side_may_leave(paths: Paths, state: str) -> Found:
    ways_back = [
        move
        for move in paths.moves
        if state in move.from_states
        and paths.is_working(move.to_state)
        and paths.procedure.states[move.to_state].stage != "mediation"
    ]
    for side in ("complainant", "other_party"):
        if not any(side in move.roles for move in ways_back):
            message = Words(
                f"I16：在状态 {state!r} 里 {side} 没有回到投诉的路",
                f"I16: in state {state!r} the {side} has no way back to the complaint",
            )
            yield ("states", state), message


def _has_check(procedure: Procedure, move: Move, check: str) -> bool:
    return any(procedure.guards[guard].check == check for guard in move.guards)


CHECKS_OF_PATHS: tuple[Callable[[Paths], Found], ...] = (
    _somebody_owes_an_answer, _no_clock_is_set_back, _no_end_without_an_answer, _mediation_returns_to_the_clock,
)  # fmt: skip
