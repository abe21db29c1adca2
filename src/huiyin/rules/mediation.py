"""Does a mediation keep its promises on every path? (I16.) Each breach is named, with the path that shows it.

Consent comes first, leaving is always open and asks for nothing, no clock of a complaint is touched, no agreement
keeps anybody from a complaint or a suit, and whoever leaves is told which ways are open. Going on, going up and
ending weigh the same: none of them is called a result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from huiyin.rules.paths import Edge, Paths
from huiyin.rules.procedure import Move, Procedure, Words
from huiyin.rules.toml_lines import Path

Found = Iterator[tuple[Path, Words]]

SIDES = ("complainant", "other_party")
AGREEMENTS = frozenset({"mediation_agreement", "oral_agreement"})
IN_AN_AGREEMENT = frozenset({"parties", "dispute", "terms_agreed", "rights_kept"})
BARS = (
    "息诉", "罢访", "不再信访", "不再上访", "不再投诉", "放弃起诉", "放弃诉讼", "放弃申诉", "不得起诉", "不得信访",
    "no further complaint", "not to complain", "waive", "give up the right", "promise not to", "withdraws the complaint",
)  # fmt: skip


def _consent_comes_first(paths: Paths) -> Found:
    """Nothing is mediated, and no level is left for the next, before every side has said yes on record."""
    for edge in paths.edges:
        start, end = _stage(paths, edge.start.state), _stage(paths, edge.end.state)
        is_begun = end == "mediation" and start != "mediation"
        below, above = _level(paths, edge.start.state), _level(paths, edge.end.state)
        goes_up = below is not None and above is not None and below != above
        is_settled = edge.move.makes in AGREEMENTS
        if (is_begun or goes_up or is_settled) and not _needs_consent(paths.procedure, edge.move):
            what = Words(
                "开始调解" if is_begun else "提级" if goes_up else "达成协议",
                "begins" if is_begun else "goes up" if goes_up else "settles",
            )
            yield (
                ("moves", edge.move.id),
                Words(
                    f"I16：{edge.move.id!r} 未经各方同意就{what.zh}：{_way(paths, edge)}",
                    f"I16: {edge.move.id!r} {what.en} without the consent of all: {_way(paths, edge)}",
                ),
            )


def _each_side_may_leave(paths: Paths) -> Found:
    """In every open state each side has a way to the end that asks for nothing, waits for nothing and costs nothing."""
    for point in paths.came_by:
        state = paths.procedure.states[point.state]
        if state.stage not in {"intake", "mediation"}:
            continue
        for side in SIDES:
            if not any(_is_free(paths.procedure, move, state.id, side) for move in paths.moves):
                yield (
                    ("states", state.id),
                    Words(
                        f"I16：在状态 {state.id!r} 里 {side} 不能随时退出：{paths.path(point)}",
                        f"I16: in state {state.id!r} the {side} cannot simply leave: {paths.path(point)}",
                    ),
                )


def _is_free(procedure: Procedure, move: Move, state: str, side: str) -> bool:
    is_bound = move.requires or move.guards or move.only_after or move.before or move.sign_off
    return (
        state in move.from_states and side in move.roles and procedure.states[move.to_state].is_final and not is_bound
    )


def _somebody_owes_the_next_step(paths: Paths) -> Found:
    """I1: while it is open, an office owes something by a day, and being late has consequences by itself."""
    terms = paths.procedure.terms
    for point in paths.came_by:
        state = paths.procedure.states[point.state]
        if state.is_final:
            continue
        duties = [terms[name] for name in point.running - point.stopped if terms[name].is_duty]
        if not any(term.ladder for term in duties):
            yield (
                ("states", state.id),
                Words(
                    f"I1：可以走到状态 {state.id!r} 而没有单位负有到期的责任：{paths.path(point)}",
                    f"I1: state {state.id!r} can be reached while no office owes anything by a day: {paths.path(point)}",
                ),
            )


def _no_clock_is_set_back(paths: Paths) -> Found:
    """I2: the time of a level begins again only when all want to go on."""
    terms = paths.procedure.terms
    for edge in paths.edges:
        again = [name for name in edge.move.starts if name in edge.start.running and terms[name].is_duty]
        if again and not _needs_consent(paths.procedure, edge.move):
            yield (
                ("moves", edge.move.id, "starts"),
                Words(
                    f"I2：{edge.move.id!r} 让 {again[0]!r} 的期限重新开始：{_way(paths, edge)}",
                    f"I2: {edge.move.id!r} starts the clock of {again[0]!r} again: {_way(paths, edge)}",
                ),
            )


def _who_ends_it_says_where_to_go(paths: Paths) -> Found:
    """I5: where an office ends a dispute without an agreement, its paper names the ways that are open."""
    for edge in paths.edges:
        move = edge.move
        ends = paths.procedure.states[move.to_state].is_final
        after_agreement = _stage(paths, edge.start.state) == "followup"
        if ends and not move.is_by_complainant and not after_agreement and "route" not in move.contents:
            yield (
                ("moves", move.id),
                Words(
                    f"I5：{move.id!r} 结束调解而没有告知可以走的途径：{_way(paths, edge)}",
                    f"I5: {move.id!r} ends it and does not say which ways are open: {_way(paths, edge)}",
                ),
            )


def _no_complaint_is_touched(procedure: Procedure) -> Found:
    """The clock of a complaint goes on: a mediation stops no term and opens or ends nothing in another matter."""
    for move in procedure.moves.values():
        for key, named in (("suspends", move.suspends), ("effects", move.effects)):
            if named:
                words = ", ".join(named)
                yield (
                    ("moves", move.id, key),
                    Words(
                        f"I16：调解不停任何期限，也不影响投诉：{move.id!r} 写了 {words}",
                        f"I16: a mediation stops no clock and leaves the complaint alone: {move.id!r} names {words}",
                    ),
                )
    if procedure.review_procedure is not None:
        yield (
            ("review_procedure",),
            Words(
                "I16：调解没有复查，途径是法律给的", "I16: a mediation has no review; the ways out are those of the law"
            ),
        )


def _nothing_is_barred(procedure: Procedure) -> Found:
    """An agreement says that complaint, review and suit stay open; no sentence of the pack speaks of giving them up."""
    for move in procedure.moves.values():
        missing = IN_AN_AGREEMENT - set(move.contents) if move.makes in AGREEMENTS else set()
        if missing:
            words = ", ".join(sorted(missing))
            yield (
                ("moves", move.id),
                Words(
                    f"I16：{move.id!r} 的协议必须写明：{words}", f"I16: the agreement of {move.id!r} must hold: {words}"
                ),
            )
    for path, said in _all_words(procedure):
        found = next((bar for bar in BARS if bar in said.zh or bar in said.en.lower()), None)
        if found is not None:
            yield (
                path,
                Words(f"I16：谁也不用承诺放弃权利：“{found}”", f"I16: nobody is asked to give up a right: “{found}”"),
            )


def _all_words(procedure: Procedure) -> Iterator[tuple[Path, Words]]:
    yield ("name",), procedure.name
    yield ("review_route",), procedure.review_route
    for kind in ("states", "moves", "terms", "reasons", "routes", "outcomes", "notices", "guards", "exclusions"):
        for name, entry in getattr(procedure, kind).items():
            for each in ("name", "told", "help", "text", "question"):
                said = getattr(entry, each, None)
                if isinstance(said, Words):
                    yield (kind, name), said


def _all_ends_weigh_the_same(procedure: Procedure) -> Found:
    """Refusing, leaving, going on, going up and ending carry no outcome: only an agreement is called settled."""
    for move in procedure.moves.values():
        if (move.outcome or move.outcomes) and (move.makes not in AGREEMENTS or move.outcome != "settled"):
            yield (
                ("moves", move.id, "outcome" if move.outcome else "outcomes"),
                Words(
                    f"I16：{move.id!r} 不能带结果：只有达成协议才是 settled",
                    f"I16: {move.id!r} carries no outcome: only an agreement is 'settled'",
                ),
            )


def _what_it_cannot_do_is_asked_first(procedure: Procedure) -> Found:
    """Each thing that mediation cannot do has its right route, each kind of dispute the ways out of it."""
    for name, listed in (("exclusions", procedure.exclusions), ("disputes", procedure.disputes)):
        if not listed:
            yield (
                ("states",),
                Words(f"I16：调解的办理规则要写明 [{name}]", f"I16: a mediation names its [{name}]"),
            )
    named = [(("exclusions", each.id, "route"), each.route) for each in procedure.exclusions.values()]
    named += [(("disputes", kind.id, "routes"), route) for kind in procedure.disputes.values() for route in kind.routes]
    for path, route in named:
        if route not in procedure.routes:
            yield path, Words(f"没有 {route!r} 这个途径", f"unknown route {route!r}")


def _levels_lead_upwards(procedure: Procedure) -> Found:
    """Each level is a state of mediation, each but the last has a way up to the next, and to no other."""
    levels = list(procedure.levels.values())
    for at, level in enumerate(levels):
        state = procedure.states.get(level.state)
        if state is None or state.stage != "mediation":
            yield (
                ("levels", level.id, "state"),
                Words(
                    f"层级 {level.id!r} 的状态 {level.state!r} 不在调解阶段",
                    f"level {level.id!r} stands in {level.state!r}, which is no state of mediation",
                ),
            )
            continue
        upper = levels[at + 1].state if at + 1 < len(levels) else None
        others = {each.state for each in levels} - {level.state}
        reached = {move.to_state for move in procedure.moves.values() if level.state in move.from_states} & others
        if upper is not None and upper not in reached:
            yield (
                ("levels", level.id),
                Words(
                    f"I16：从层级 {level.id!r} 不能提到上一级",
                    f"I16: from level {level.id!r} nothing leads to the next",
                ),
            )
        for astray in sorted(reached - {upper}):
            yield (
                ("levels", level.id),
                Words(
                    f"I16：从层级 {level.id!r} 可以到 {astray!r}：只能逐级向上",
                    f"I16: from level {level.id!r} one gets to {astray!r}: levels lead up, one by one",
                ),
            )
        if upper is None and level.offers_next:
            yield (
                ("levels", level.id, "offers_next"),
                Words("最上一级没有再上一级可以提", "there is no level above the last to offer"),
            )


def _stage(paths: Paths, state: str) -> str:
    return paths.procedure.states[state].stage


def _level(paths: Paths, state: str) -> str | None:
    return next((level.id for level in paths.procedure.levels.values() if level.state == state), None)


def _needs_consent(procedure: Procedure, move: Move) -> bool:
    return any(procedure.guards[guard].check == "consent_of_all" for guard in move.guards)


def _way(paths: Paths, edge: Edge) -> str:
    return paths.path(edge.start, edge.move)


CHECKS_OF_MEDIATION_PATHS: tuple[Callable[[Paths], Found], ...] = (
    _consent_comes_first, _each_side_may_leave, _somebody_owes_the_next_step, _no_clock_is_set_back,
    _who_ends_it_says_where_to_go,
)  # fmt: skip
CHECKS_OF_MEDIATION_WORDS: tuple[Callable[[Procedure], Found], ...] = (
    _no_complaint_is_touched, _nothing_is_barred, _all_ends_weigh_the_same, _what_it_cannot_do_is_asked_first,
    _levels_lead_upwards,
)  # fmt: skip


def misplaced(procedure: Procedure) -> Found:
    """Tables of a mediation in a procedure that is none."""
    for name in ("exclusions", "disputes", "levels"):
        if getattr(procedure, name):
            yield (
                (name,),
                Words(
                    f"[{name}] 只属于调解（kind = mediation）",
                    f"[{name}] belongs to a mediation alone (kind = mediation)",
                ),
            )
