"""Does a procedure keep its promises on every path? Each breach is named, with the path that shows it.

The numbers are those of the public list of rights. What a pack's graph cannot show (who looked, who decided
in person, what leaves the house) is kept by the record and tested there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from huiyin.rules.guards import IDENTITY_CHECKS
from huiyin.rules.paths import Paths
from huiyin.rules.procedure import LADDER_ACTS, Move, Procedure
from huiyin.rules.toml_lines import Path
from huiyin.rules.toml_table import Problems

Found = Iterator[tuple[Path, str]]

MACHINES = frozenset({"system", "api_client"})
_ONE_ARTICLE = r"(?:(?:Art|reg|s|cl|para|Sch)\. )?\d+[A-Z]?(?:\.\d+)*(?:\([0-9A-Za-z]+\))*"
ARTICLE = re.compile(rf"{_ONE_ARTICLE}(?:, {_ONE_ARTICLE})*|OM \d\d\.\d\d\.\d{{4}}")


def breaches(procedure: Procedure) -> Problems:
    """Every promise the procedure breaks, with its place in the file; none: every promise was proved."""
    paths = Paths(procedure)
    found: dict[tuple[Path, str], None] = {}
    for check in CHECKS_OF_PATHS:
        seen: set[Path] = set()
        for path, message in check(paths):
            if path not in seen:  # the first path found is the shortest; one is enough to show the fault
                seen.add(path)
                found[(path, message)] = None
    for promise in CHECKS_OF_WORDS:
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
            yield place, f"I1: state {state.id!r} can be reached while no time runs at all: {way}"
        elif state.stage != "followup" and not duties:
            yield place, f"I1: state {state.id!r} can be reached while no office owes anything by a day: {way}"
        elif duties and not any(term.ladder for term in duties):
            name = duties[0].id
            yield ("terms", name, "on_miss"), f"I1: nothing happens by itself when {name!r} is missed: {way}"
        if not point.is_answered and paths.is_working(state.id) and point not in answerable:
            yield place, f"I1: from state {state.id!r} no answer and no reasoned refusal can be reached: {way}"


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
                yield ("moves", move.id, "starts"), f"I2: {move.id!r} starts the clock of {term!r} again: {way}"


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
            yield ("moves", move.id), f"I13: {move.id!r} ends the matter without an answer of its own: {way}"


def _mediation_returns_to_the_clock(paths: Paths) -> Found:
    """I16: mediation begins with the consent of all, each side may leave, and the complaint's clock then goes on."""
    states = paths.procedure.states
    for edge in paths.edges:
        move, inside = edge.move, states[edge.start.state].stage == "mediation"
        goes_in = states[move.to_state].stage == "mediation"
        way = paths.path(edge.start, move)
        if goes_in and not inside and not _has_check(paths.procedure, move, "consent_of_all"):
            yield ("moves", move.id), f"I16: {move.id!r} begins mediation without the consent of all: {way}"
        if inside and not goes_in and paths.is_working(move.to_state) and edge.end.stopped:
            stopped = ", ".join(sorted(edge.end.stopped))
            yield ("moves", move.id), f"I16: after {move.id!r} the clock of {stopped} still stands: {way}"
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
            message = f"I16: in state {state!r} the {side} has no way back to the complaint"
            yield ("states", state), message


def _has_check(procedure: Procedure, move: Move, check: str) -> bool:
    return any(procedure.guards[guard].check == check for guard in move.guards)


def _extensions_are_bounded(procedure: Procedure) -> Found:
    """I2: at most one bounded extension, its reason stored, told before the old date; or a progress duty recurs."""
    recurs = any(term.recurs and term.is_duty for term in procedure.terms.values())
    for term in procedure.terms.values():
        if term.extension and term.extension.times > 1 and not recurs:
            place = ("terms", term.id, "extension")
            yield place, f"I2: {term.id!r} can be extended {term.extension.times} times and nobody is told of progress"
    for move in procedure.moves.values():
        if move.extends is None:
            continue
        place = ("moves", move.id, "extends")
        extension = procedure.terms[move.extends].extension
        if extension is None:
            yield place, f"I2: {move.extends!r} has no extension, so {move.id!r} would have no bound"
            continue
        if {"days", "reason"} - set(move.requires):
            yield place, f"I2: {move.id!r} must ask for 'days' and a 'reason'"
        if not move.makes or move.makes != extension.notice:
            yield place, f"I2: {move.id!r} must make the notice of the extension, {extension.notice!r}"
        if extension.approver not in {*move.roles, *(step.role for step in move.sign_off)}:
            yield place, f"I2: {move.id!r} never comes before its approver, {extension.approver!r}"


def _every_answer_says_where_to_go(procedure: Procedure) -> Found:
    """I5: each answer carries reasons and the route; where a review exists, its window opens with the answer."""
    contests = [move for move in procedure.moves.values() if "open_review" in move.effects and move.is_by_complainant]
    for move in procedure.moves.values():
        if not move.decides:
            continue
        missing = {"reasons", "review_route"} - set(move.contents)
        if missing:
            words = ", ".join(sorted(missing))
            yield ("moves", move.id), f"I5: what {move.id!r} delivers must hold: {words}"
        if procedure.review_procedure and not any(
            move.to_state in contest.from_states and (contest.before is None or contest.before in move.starts)
            for contest in contests
        ):
            way = f"-{move.id}-> {move.to_state}"
            yield ("moves", move.id), f"I5: after {move.id!r} no review can be asked for: {way}"


def _every_ending_can_be_contested(procedure: Procedure) -> Found:
    """I5: from each final state a review can be asked for, unless the matter just came out of one."""
    if procedure.review_procedure is None:
        return  # the pack's review_route says where to go instead
    contested = {
        state for move in procedure.moves.values() if "open_review" in move.effects for state in move.from_states
    }
    for state in procedure.states.values():
        into = [move for move in procedure.moves.values() if move.to_state == state.id]
        is_own = all(move.outcome == "withdrawn" or set(move.roles) == {"reviewer"} for move in into)
        if state.is_final and state.id not in contested and not is_own:
            yield ("states", state.id), f"I5: the matter can end as {state.id!r} and no review can be asked for there"


def _nothing_depends_on_a_name(procedure: Procedure) -> Found:
    """I10: anonymous matters have the same deadlines and routes; a complainant's step asks for words only."""
    for guard in procedure.guards.values():
        if guard.check in IDENTITY_CHECKS:
            place = ("guards", guard.id, "check")
            yield place, f"I10: {guard.id!r} depends on whether the complainant gave a name"
    for move in procedure.moves.values():
        wanted = set(move.requires) - {"text", "reason"}
        if move.is_by_complainant and wanted:
            words = ", ".join(sorted(wanted))
            yield ("moves", move.id, "requires"), f"I10: {move.id!r} asks the complainant for more than words: {words}"


def _retaliation_has_a_way(procedure: Procedure) -> Found:
    """I11: where pressure is reported stands in every pack and holds in every state."""
    if procedure.retaliation is None:
        yield ("states",), "I11: the procedure does not say where retaliation is reported ([retaliation])"


def _nothing_is_refused_by_a_machine(procedure: Procedure) -> Found:
    """I12: refusing, merging and closing need a human; what the clock does by itself is to press the office."""
    for term in procedure.terms.values():
        for rung in term.on_miss or ():
            if rung.act not in LADDER_ACTS:
                place = ("terms", term.id, "on_miss")
                yield place, f"I12: by the clock alone {rung.act!r} is not done; only {', '.join(LADDER_ACTS)}"
    for move in procedure.moves.values():
        machines = MACHINES.intersection(move.roles)
        is_end = procedure.states[move.to_state].is_final
        if "system" in machines or (machines and (is_end or move.decides)):
            names = ", ".join(sorted(machines))
            yield ("moves", move.id, "roles"), f"I12: {move.id!r} must be made by a human, not by {names}"


def _transfers_stop_no_clock(procedure: Procedure) -> Found:
    """I4: passing a matter on neither pauses nor drops a clock, unless the pack cites the article."""
    for move in procedure.moves.values():
        if (move.transfers or move.assigns) and (move.suspends or move.ends) and not move.article:
            words = ", ".join((*move.suspends, *move.ends))
            yield ("moves", move.id), f"I4: {move.id!r} passes the matter on and stops {words} without an article"


def _nobody_decides_twice(procedure: Procedure) -> Found:
    """Who decided before has no part in the review, and nobody signs what they drafted."""
    reviews = procedure.states[procedure.start].stage == "review"
    for move in procedure.moves.values():
        steps = [step.role for step in move.sign_off]
        place: Path = ("moves", move.id)
        if len(set(steps)) < len(steps):
            yield (*place, "sign_off"), f"decides twice: one role signs two steps of {move.id!r}"
        if "review_decided" in move.effects and set(move.roles) != {"reviewer"}:
            roles = ", ".join(move.roles)
            yield (*place, "roles"), f"decides twice: a review is decided by a reviewer alone, not by {roles}"
        if "review_decided" in move.effects and "handler" in steps:
            yield (*place, "sign_off"), f"decides twice: {move.id!r} is signed by a handler of the matter"
        if move.decides and not reviews:
            for state in move.from_states:
                if procedure.states[state].stage == "review":
                    message = f"decides twice: {move.id!r} decides a review inside the matter it reviews ({state})"
                    yield (*place, "from"), message


def _law_is_cited_as_law(procedure: Procedure) -> Found:
    """An article reads like one, and what calls itself law is either verified or shown as not verified."""
    for kind in ("terms", "moves", "guards", "reasons", "routes", "outcomes", "notices"):
        for name, entry in getattr(procedure, kind).items():
            place: Path = (kind, name, "article")
            if entry.article and not ARTICLE.fullmatch(entry.article):
                yield place, f"bad article {entry.article!r}: write 23, 23(3) or reg. 34(2)(a)"
            if entry.verified and not entry.article:
                yield (kind, name, "verified"), f"{name!r} is called verified but names no article"


def _every_letter_has_a_name(procedure: Procedure) -> Found:
    """Each kind of document the pack makes is named in both languages."""
    for move in procedure.moves.values():
        if move.makes and move.makes not in procedure.notices:
            yield ("moves", move.id, "makes"), f"{move.makes!r} is not named in [notices]"
    for term in procedure.terms.values():
        if term.extension and term.extension.notice and term.extension.notice not in procedure.notices:
            yield ("terms", term.id, "extension"), f"{term.extension.notice!r} is not named in [notices]"


CHECKS_OF_PATHS: tuple[Callable[[Paths], Found], ...] = (
    _somebody_owes_an_answer, _no_clock_is_set_back, _no_end_without_an_answer, _mediation_returns_to_the_clock,
)  # fmt: skip
CHECKS_OF_WORDS: tuple[Callable[[Procedure], Found], ...] = (
    _extensions_are_bounded, _every_answer_says_where_to_go, _every_ending_can_be_contested,
    _nothing_depends_on_a_name, _retaliation_has_a_way, _nothing_is_refused_by_a_machine, _transfers_stop_no_clock,
    _nobody_decides_twice, _law_is_cited_as_law, _every_letter_has_a_name,
)  # fmt: skip
