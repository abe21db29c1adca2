"""Does a procedure hang together? Its names, its inputs, its small graph.

Kept here: every name is known, every state can be reached and left for an end, a review leads somewhere.
What the rights of people demand beyond that stands in ``invariants``.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from datetime import date

from huiyin.rules.faults import listed
from huiyin.rules.guards import CHECKS, IDENTITY_CHECKS, OF_THE_RECEIVER
from huiyin.rules.procedure import Move, Procedure, Unit, Vector, Words
from huiyin.rules.toml_lines import Path
from huiyin.rules.toml_table import Problems
from huiyin.rules.wording import span

IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# A quarter of a century: no duty of an office is longer, and every count comes to an end.
LONGEST: dict[Unit, int] = {
    "calendar_days": 9_000, "working_days": 6_000, "hours": 9_000, "weeks": 1_300, "months": 300,
}  # fmt: skip
YEARS = range(1950, 2200)
KINDS: dict[str, str] = {
    "state": "状态", "term": "期限", "guard": "前提", "reason": "理由", "outcome": "结果", "effect": "效果", "move": "步骤",
}  # fmt: skip
MADE_BY_A_REVIEW = ("resume_after_review", "end_after_review")  # steps of the original, by the decision in the review


def misnamed(procedure: Procedure, effects: frozenset[str]) -> Problems:
    """Names that stand for nothing, and moves that lack an input: nothing else can be judged before these are right."""
    return [*_unknown_names(procedure, effects), *_unknown_in_vectors(procedure), *_incomplete_moves(procedure)]


def loose_ends(procedure: Procedure) -> Problems:
    """Terms that never start, states that cannot be reached or left for an end, reviews that lead nowhere."""
    return [*_idle_terms(procedure), *_dead_ends(procedure), *_without_review(procedure)]


def unwieldy(procedure: Procedure) -> Problems:
    """Names longer than the record keeps, times and days beyond all calendars."""
    names: list[tuple[Path, str, int]] = [(("id",), procedure.id, 60), (("version",), procedure.version, 40)]
    names += [(("states", name), name, 40) for name in procedure.states]
    names += [(("terms", name), name, 40) for name in procedure.terms]
    names += [(("moves", name), name, 40) for name in procedure.moves]
    names += [(("reasons", name), name, 60) for name in procedure.reasons]
    names += [(("routes", name), name, 60) for name in procedure.routes]
    names += [(("moves", move.id, "makes"), move.makes, 24) for move in procedure.moves.values() if move.makes]
    problems: Problems = [
        (
            path,
            Words(f"{name[:20]!r} 太长：最多 {most} 个字符", f"{name[:20]!r} is too long: at most {most} characters"),
        )
        for path, name, most in names
        if len(name) > most
    ]
    if not IDENTIFIER.fullmatch(procedure.id):
        problems.append(
            (("id",), Words("id 由小写字母、数字和连字符组成", "an id is made of small letters, figures and hyphens"))
        )
    for term in procedure.terms.values():
        lengths = [(term.length, term.unit)]
        lengths += [(term.extension.maximum, term.extension.unit)] if term.extension else []
        lengths += [(term.recurs.every, term.recurs.unit)] if term.recurs else []
        problems += [
            (("terms", term.id), _too_long(length, unit)) for length, unit in lengths if length > LONGEST[unit]
        ]
    days = [(at, day) for at, vector in enumerate(procedure.vectors) for day in (vector.filed, *_days_of(vector))]
    outside = [(at, day) for at, day in days if day.year not in YEARS]
    problems += [
        (("vectors", at), Words(f"{day} 不在任何日历之内", f"{day} lies outside all calendars")) for at, day in outside
    ]
    return problems


def _too_long(length: int, unit: Unit) -> Words:
    named, most = span(length, unit), LONGEST[unit]
    return Words(f"{named.zh}太长：最多 {most}", f"{length} {unit.replace('_', ' ')} are too long: at most {most}")


def _unknown(kind: str, name: str) -> Words:
    return Words(f"没有 {name!r} 这个{KINDS[kind]}", f"unknown {kind} {name!r}")


def _days_of(vector: Vector) -> Iterator[date]:
    for step in vector.steps:
        yield step.on
        yield step.received or step.on


def _unknown_names(procedure: Procedure, effects: frozenset[str]) -> Problems:
    problems: Problems = []
    if procedure.start not in procedure.states:
        problems.append((("start",), _unknown("state", procedure.start)))
    problems += [
        (("opening_terms",), _unknown("term", term)) for term in procedure.opening_terms if term not in procedure.terms
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
                (("moves", move.id, key), _unknown(kind, name))
                for name in names
                if name not in among  # type: ignore[operator]
            ]
    known_checks = listed(CHECKS)
    problems += [
        (
            ("guards", guard.id, "check"),
            Words(
                f"没有 {guard.check!r} 这项核对；可以写：{known_checks.zh}",
                f"unknown check {guard.check!r}; known: {known_checks.en}",
            ),
        )
        for guard in procedure.guards.values()
        if guard.check and guard.check not in CHECKS and guard.check not in IDENTITY_CHECKS
    ]
    return problems


def _unknown_in_vectors(procedure: Procedure) -> Problems:
    problems: Problems = []
    for position, vector in enumerate(procedure.vectors):
        moves = [step.move for step in vector.steps if step.move not in procedure.moves]
        terms = [term for term in vector.due if term not in procedure.terms]
        problems += [(("vectors", position), _unknown("move", move)) for move in moves]
        problems += [(("vectors", position), _unknown("term", term)) for term in terms]
    return problems


def _incomplete_moves(procedure: Procedure) -> Problems:
    problems: Problems = []
    for move in procedure.moves.values():
        takes = {*move.requires, *move.accepts}
        for broken, key, message in (
            (
                move.assigns and "to" not in takes,
                "assigns",
                Words("指定责任人的步骤要有 to", "a move that assigns takes 'to'"),
            ),
            (move.makes and "text" not in takes, "makes", Words("文书由 text 写成", "a document is made from 'text'")),
            (
                bool(move.outcomes) != ("outcome" in takes),
                "outcomes",
                Words("outcome 从 outcomes 里选", "'outcome' is chosen from outcomes"),
            ),
            (
                move.outcome and move.outcomes,
                "outcome",
                Words("结果要么写定，要么选择，不能都有", "an outcome is set or chosen, not both"),
            ),
            (
                move.reasons and "reason" not in takes,
                "reasons",
                Words("有 reasons 的步骤要有 reason", "a move with reasons takes 'reason'"),
            ),
            (
                "route" in takes and not procedure.routes,
                "requires",
                Words("没有途径可选", "there are no routes to choose from"),
            ),
            (
                set(move.requires) & set(move.accepts),
                "accepts",
                Words("一项内容要么必填，要么选填", "an input is required or accepted, not both"),
            ),
            (
                set(move.starts) & {*move.meets, *move.ends},
                "starts",
                Words("一个步骤里期限不能又开始又结束", "a term cannot start and end in one move"),
            ),
            (move.sign_off and not move.makes, "sign_off", Words("只有文书才审签", "only a document is signed off")),
            (
                move.contents and not move.makes,
                "contents",
                Words("只有文书才有 contents", "only a document has contents"),
            ),
            (
                move.transfers in ("send", "settle") and "to" not in takes,
                "transfers",
                Words("转送要有 to", "a transfer takes 'to'"),
            ),
            (
                _nobody_confirms(procedure, move),
                "guards",
                Words(
                    "这里没有人能确认前提：不是工作人员的步骤",
                    "nobody can confirm a guard here: it is no step of an officer",
                ),
            ),
            (
                _nowhere_to_go(procedure, move),
                "guards",
                Words("核对接收单位的前提要有 to", "a guard about who receives the matter needs 'to'"),
            ),
            (
                bool(_unstoppable(procedure, move)),
                "suspends",
                Words("期限只能因 stops 里的原因中止", "a term stops only for a reason of its 'stops'"),
            ),
        ):
            if broken:
                problems.append((("moves", move.id, key), message))
    return problems


def _nobody_confirms(procedure: Procedure, move: Move) -> bool:
    """Is there something to confirm in a step of the complainant, or in one that a review makes by itself?"""
    known = [name for name in move.guards if name in procedure.guards]
    is_alone = move.is_by_complainant or move.id in MADE_BY_A_REVIEW
    return is_alone and any(not procedure.guards[name].check for name in known)


def _nowhere_to_go(procedure: Procedure, move: Move) -> bool:
    checks = {procedure.guards[name].check for name in move.guards if name in procedure.guards}
    return bool(checks & OF_THE_RECEIVER) and "to" not in {*move.requires, *move.accepts}


def _unstoppable(procedure: Procedure, move: Move) -> list[str]:
    return [term for term in move.suspends if term in procedure.terms and not procedure.terms[term].stops]


def _idle_terms(procedure: Procedure) -> Problems:
    started = {*procedure.opening_terms, *(term for move in procedure.moves.values() for term in move.starts)}
    idle = [term for term in procedure.terms if term not in started]
    return [(("terms", term), Words(f"期限 {term!r} 从不开始", f"term {term!r} never starts")) for term in idle]


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
            never = Words(f"状态 {state.id!r} 永远到不了", f"state {state.id!r} can never be reached")
            problems.append((("states", state.id), never))
        elif state.id not in ending:
            never = Words(f"状态 {state.id!r} 走不到任何结束", f"state {state.id!r} can never be left for an end")
            problems.append((("states", state.id), never))
        if state.is_final != (state.stage == "ended"):
            wrong = Words(
                f"状态 {state.id!r}：最终状态的阶段是 ended", f"state {state.id!r}: final states have the stage 'ended'"
            )
            problems.append((("states", state.id, "stage"), wrong))
    return problems


def _without_review(procedure: Procedure) -> Problems:
    opens = [move for move in procedure.moves.values() if "open_review" in move.effects]
    if opens and procedure.review_procedure is None:
        none = Words("启动了复查，但 review_procedure 没有写明", "a review is opened, but review_procedure names none")
        return [(("moves", opens[0].id, "effects"), none)]
    if procedure.review_procedure and not opens:
        return [(("review_procedure",), Words("没有步骤启动复查", "no move opens the review"))]
    contested_from = {state for move in opens for state in move.from_states}
    finals = [state for state in procedure.states.values() if state.is_final]
    if opens and not any(state.id in contested_from for state in finals):
        none = Words("没有一个最终状态可以请求复查", "no final state has a way to a review")
        return [(("states", finals[0].id), none)]
    return []
