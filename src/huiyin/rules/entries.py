"""Does a procedure keep its promises in what it says of each entry? No path is searched for these: see ``invariants``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from huiyin.rules.guards import IDENTITY_CHECKS
from huiyin.rules.procedure import LADDER_ACTS, Procedure, Words
from huiyin.rules.toml_lines import Path

Found = Iterator[tuple[Path, Words]]

MACHINES = frozenset({"system", "api_client"})
_ONE_ARTICLE = r"(?:(?:Art|reg|s|cl|para|Sch)\. )?\d+[A-Z]?(?:\.\d+)*(?:\([0-9A-Za-z]+\))*"
ARTICLE = re.compile(rf"{_ONE_ARTICLE}(?:, {_ONE_ARTICLE})*|OM \d\d\.\d\d\.\d{{4}}")


def _extensions_are_bounded(procedure: Procedure) -> Found:
    """I2: at most one bounded extension, its reason stored, told before the old date; or a progress duty recurs."""
    recurs = any(term.recurs and term.is_duty for term in procedure.terms.values())
    for term in procedure.terms.values():
        if term.extension and term.extension.times > 1 and not recurs:
            place = ("terms", term.id, "extension")
            yield (
                place,
                Words(
                    f"I2：{term.id!r} 可以延长 {term.extension.times} 次而没有人被告知进展",
                    f"I2: {term.id!r} can be extended {term.extension.times} times and nobody is told of progress",
                ),
            )
    for move in procedure.moves.values():
        if move.extends is None:
            continue
        place = ("moves", move.id, "extends")
        extension = procedure.terms[move.extends].extension
        if extension is None:
            yield (
                place,
                Words(
                    f"I2：{move.extends!r} 没有 extension，{move.id!r} 就没有上限",
                    f"I2: {move.extends!r} has no extension, so {move.id!r} would have no bound",
                ),
            )
            continue
        if {"days", "reason"} - set(move.requires):
            yield (
                place,
                Words(
                    f"I2：{move.id!r} 必须要求 days 和 reason", f"I2: {move.id!r} must ask for 'days' and a 'reason'"
                ),
            )
        if not move.makes or move.makes != extension.notice:
            yield (
                place,
                Words(
                    f"I2：{move.id!r} 必须出具延期的告知 {extension.notice!r}",
                    f"I2: {move.id!r} must make the notice of the extension, {extension.notice!r}",
                ),
            )
        if extension.approver not in {*move.roles, *(step.role for step in move.sign_off)}:
            yield (
                place,
                Words(
                    f"I2：{move.id!r} 没有经过批准人 {extension.approver!r}",
                    f"I2: {move.id!r} never comes before its approver, {extension.approver!r}",
                ),
            )


def _every_answer_says_where_to_go(procedure: Procedure) -> Found:
    """I5: each answer carries reasons and the route; where a review exists, its window opens with the answer."""
    contests = [move for move in procedure.moves.values() if "open_review" in move.effects and move.is_by_complainant]
    for move in procedure.moves.values():
        if not move.decides:
            continue
        missing = {"reasons", "review_route"} - set(move.contents)
        if missing:
            words = ", ".join(sorted(missing))
            yield (
                ("moves", move.id),
                Words(
                    f"I5：{move.id!r} 送达的文书必须有：{words}", f"I5: what {move.id!r} delivers must hold: {words}"
                ),
            )
        if procedure.review_procedure and not any(
            move.to_state in contest.from_states and (contest.before is None or contest.before in move.starts)
            for contest in contests
        ):
            way = f"-{move.id}-> {move.to_state}"
            yield (
                ("moves", move.id),
                Words(
                    f"I5：{move.id!r} 之后不能请求复查：{way}",
                    f"I5: after {move.id!r} no review can be asked for: {way}",
                ),
            )


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
            yield (
                ("states", state.id),
                Words(
                    f"I5：事项可以以 {state.id!r} 结束，而那里不能请求复查",
                    f"I5: the matter can end as {state.id!r} and no review can be asked for there",
                ),
            )


def _nothing_depends_on_a_name(procedure: Procedure) -> Found:
    """I10: anonymous matters have the same deadlines and routes; a complainant's step asks for words only."""
    for guard in procedure.guards.values():
        if guard.check in IDENTITY_CHECKS:
            place = ("guards", guard.id, "check")
            yield (
                place,
                Words(
                    f"I10：{guard.id!r} 取决于信访人是否署名",
                    f"I10: {guard.id!r} depends on whether the complainant gave a name",
                ),
            )
    for move in procedure.moves.values():
        wanted = set(move.requires) - {"text", "reason"}
        if move.is_by_complainant and wanted:
            words = ", ".join(sorted(wanted))
            yield (
                ("moves", move.id, "requires"),
                Words(
                    f"I10：{move.id!r} 向信访人要求的不只是文字：{words}",
                    f"I10: {move.id!r} asks the complainant for more than words: {words}",
                ),
            )


def _retaliation_has_a_way(procedure: Procedure) -> Found:
    """I11: where pressure is reported stands in every pack and holds in every state."""
    if procedure.retaliation is None:
        yield (
            ("states",),
            Words(
                "I11：办理规则没有写明受到打击报复向哪里反映（[retaliation]）",
                "I11: the procedure does not say where retaliation is reported ([retaliation])",
            ),
        )


def _nothing_is_refused_by_a_machine(procedure: Procedure) -> Found:
    """I12: refusing, merging and closing need a human; what the clock does by itself is to press the office."""
    for term in procedure.terms.values():
        for rung in term.on_miss or ():
            if rung.act not in LADDER_ACTS:
                place = ("terms", term.id, "on_miss")
                yield (
                    place,
                    Words(
                        f"I12：只凭时间不能做 {rung.act!r}；只能：{', '.join(LADDER_ACTS)}",
                        f"I12: by the clock alone {rung.act!r} is not done; only {', '.join(LADDER_ACTS)}",
                    ),
                )
    for move in procedure.moves.values():
        machines = MACHINES.intersection(move.roles)
        is_end = procedure.states[move.to_state].is_final
        if "system" in machines or (machines and (is_end or move.decides)):
            names = ", ".join(sorted(machines))
            yield (
                ("moves", move.id, "roles"),
                Words(
                    f"I12：{move.id!r} 必须由人来做，不能由 {names} 做",
                    f"I12: {move.id!r} must be made by a human, not by {names}",
                ),
            )


def _transfers_stop_no_clock(procedure: Procedure) -> Found:
    """I4: passing a matter on neither pauses nor drops a clock, unless the pack cites the article."""
    for move in procedure.moves.values():
        if (move.transfers or move.assigns) and (move.suspends or move.ends) and not move.article:
            words = ", ".join((*move.suspends, *move.ends))
            yield (
                ("moves", move.id),
                Words(
                    f"I4：{move.id!r} 转出事项并停止 {words}，却没有引用条文",
                    f"I4: {move.id!r} passes the matter on and stops {words} without an article",
                ),
            )


def _nobody_decides_twice(procedure: Procedure) -> Found:
    """Who decided before has no part in the review, and nobody signs what they drafted."""
    reviews = procedure.states[procedure.start].stage == "review"
    for move in procedure.moves.values():
        steps = [step.role for step in move.sign_off]
        place: Path = ("moves", move.id)
        if len(set(steps)) < len(steps):
            yield (
                (*place, "sign_off"),
                Words(
                    f"重复决定：{move.id!r} 的两道审签是同一个角色",
                    f"decides twice: one role signs two steps of {move.id!r}",
                ),
            )
        if "review_decided" in move.effects and set(move.roles) != {"reviewer"}:
            roles = ", ".join(move.roles)
            yield (
                (*place, "roles"),
                Words(
                    f"重复决定：复查只能由复查人决定，不能由 {roles} 决定",
                    f"decides twice: a review is decided by a reviewer alone, not by {roles}",
                ),
            )
        if "review_decided" in move.effects and "handler" in steps:
            yield (
                (*place, "sign_off"),
                Words(
                    f"重复决定：{move.id!r} 由事项的经办人审签",
                    f"decides twice: {move.id!r} is signed by a handler of the matter",
                ),
            )
        if move.decides and not reviews:
            for state in move.from_states:
                if procedure.states[state].stage == "review":
                    message = Words(
                        f"重复决定：{move.id!r} 在被复查的事项里决定复查（{state}）",
                        f"decides twice: {move.id!r} decides a review inside the matter it reviews ({state})",
                    )
                    yield (*place, "from"), message


def _law_is_cited_as_law(procedure: Procedure) -> Found:
    """An article reads like one, and what calls itself law is either verified or shown as not verified."""
    for kind in ("terms", "moves", "guards", "reasons", "routes", "outcomes", "notices", "exclusions"):
        for name, entry in getattr(procedure, kind).items():
            place: Path = (kind, name, "article")
            if entry.article and not ARTICLE.fullmatch(entry.article):
                yield (
                    place,
                    Words(
                        f"条文 {entry.article!r} 写法不对：写成 23、23(3) 或者 reg. 34(2)(a)",
                        f"bad article {entry.article!r}: write 23, 23(3) or reg. 34(2)(a)",
                    ),
                )
            if entry.verified and not entry.article:
                yield (
                    (kind, name, "verified"),
                    Words(f"{name!r} 标为已核对，却没有写条文", f"{name!r} is called verified but names no article"),
                )


def _every_letter_has_a_name(procedure: Procedure) -> Found:
    """Each kind of document the pack makes is named in both languages."""
    for move in procedure.moves.values():
        if move.makes and move.makes not in procedure.notices:
            yield (
                ("moves", move.id, "makes"),
                Words(f"{move.makes!r} 没有在 [notices] 里命名", f"{move.makes!r} is not named in [notices]"),
            )
    for term in procedure.terms.values():
        if term.extension and term.extension.notice and term.extension.notice not in procedure.notices:
            yield (
                ("terms", term.id, "extension"),
                Words(
                    f"{term.extension.notice!r} 没有在 [notices] 里命名",
                    f"{term.extension.notice!r} is not named in [notices]",
                ),
            )


CHECKS_OF_EVERY_PACK: tuple[Callable[[Procedure], Found], ...] = (
    _extensions_are_bounded, _nothing_depends_on_a_name, _retaliation_has_a_way, _nothing_is_refused_by_a_machine,
    _transfers_stop_no_clock, _nobody_decides_twice, _law_is_cited_as_law, _every_letter_has_a_name,
)  # fmt: skip
CHECKS_OF_WORDS: tuple[Callable[[Procedure], Found], ...] = (
    _every_answer_says_where_to_go, _every_ending_can_be_contested, *CHECKS_OF_EVERY_PACK,
)  # fmt: skip
