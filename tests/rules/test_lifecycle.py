"""Who may make which move now; every path of every procedure comes to an end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.rules.guards import CHECKS, OF_THE_RECEIVER, to_confirm
from huiyin.rules.lifecycle import Standing, may_move, moves_from
from huiyin.rules.procedure import OUTSIDERS, ROLES, Move, Procedure
from huiyin.rules.refusal import Refusal
from huiyin.rules.trial import full_input
from tests.rules.test_catalogue import PACKS

XINFANG = PACKS["cn-xinfang"]
REPLY = {
    "text": "您反映的噪音已经处理。",
    "outcome": "supported",
    "legal_basis": "《噪声污染防治法》",
    "confirmed": "recusal",
}
DECLINE = {"text": "告知", "reason": "litigation", "route": "court", "legal_basis": "第三十一条"}


def refused(move: str, *, state: str, role: str, **more: object) -> Refusal:
    with pytest.raises(Refusal) as found:
        may_move(XINFANG, move, state=state, roles=frozenset({role}), given={}, **more)  # type: ignore[arg-type]
    return found.value


def test_officer_zhao_answers_and_li_mei_contests() -> None:
    handler, complainant = frozenset({"handler"}), frozenset({"complainant"})
    assert may_move(XINFANG, "reply", state="assigned", roles=handler, given=REPLY).to_state == "replied"
    contest = may_move(XINFANG, "contest", state="replied", roles=complainant, given={"reason": "没有解决"})
    assert contest.effects == ("open_review",)


def test_each_refusal_has_its_own_reason() -> None:
    assert refused("vanish", state="assigned", role="handler") == Refusal("unknown_move", move="vanish")
    assert refused("reply", state="assigned", role="registrar") == Refusal("not_your_move", move="reply")
    assert refused("reply", state="closed", role="handler") == Refusal("not_allowed_now", move="reply", state="closed")
    assert refused("close", state="replied", role="handler") == Refusal("too_early", move="close", term="XF-rev-ask")
    late = refused("contest", state="replied", role="complainant", lapsed=frozenset({"XF-rev-ask"}))
    assert late == Refusal("window_closed", move="contest", term="XF-rev-ask")
    assert refused("assign", state="accepted", role="unit_head") == Refusal("input_missing", move="assign", field="to")


@pytest.mark.parametrize("move", XINFANG.moves)
def test_chief_qian_who_is_complained_about_hears_one_thing_only(move: str) -> None:
    for state in XINFANG.states:
        assert refused(move, state=state, role="unit_head", barred=True) == Refusal("barred", move=move)


@pytest.mark.parametrize("field", DECLINE)
def test_a_matter_is_declined_only_with_reason_route_law_and_text(field: str) -> None:
    registrar = frozenset({"registrar"})
    assert may_move(XINFANG, "decline", state="registered", roles=registrar, given=DECLINE).outcome == "routed"
    for empty in ({}, {field: ""}, {field: " \u3000\n"}):
        given = {name: text for name, text in DECLINE.items() if name != field} | empty
        with pytest.raises(Refusal) as found:
            may_move(XINFANG, "decline", state="registered", roles=registrar, given=given)
        assert found.value == Refusal("input_missing", move="decline", field=field)


@pytest.mark.parametrize("field", ["reason", "route"])
def test_reason_and_route_come_from_the_lists(field: str) -> None:
    with pytest.raises(Refusal) as found:
        may_move(
            XINFANG, "decline", state="registered", roles=frozenset({"registrar"}), given=DECLINE | {field: "because"}
        )
    assert found.value == Refusal("unknown_choice", move="decline", field=field)


@pytest.mark.parametrize(("move", "role", "state", "given"), [
    ("reply", "handler", "assigned", REPLY | {"outcome": "withdrawn"}),
    ("triage", "registrar", "registered", {"class": "nuisance"}),
])  # fmt: skip
def test_outcome_and_class_come_from_the_lists(move: str, role: str, state: str, given: dict[str, str]) -> None:
    with pytest.raises(Refusal) as found:
        may_move(XINFANG, move, state=state, roles=frozenset({role}), given=given)
    assert found.value.code == "unknown_choice"


@given(st.sampled_from(sorted(PACKS)), st.data())
def test_what_is_offered_is_what_may_be_done(name: str, data: st.DataObject) -> None:
    pack = PACKS[name]
    state = data.draw(st.sampled_from(sorted(pack.states)))
    roles = frozenset(data.draw(st.sets(st.sampled_from(ROLES), max_size=3)))
    lapsed = frozenset(data.draw(st.sets(st.sampled_from(sorted(pack.terms)))))
    standing = Standing(lapsed=lapsed, checks=OF_THE_RECEIVER)
    offers = moves_from(pack, state=state, roles=roles, standing=standing)
    assert [offer.move.id for offer in offers] == list(pack.moves)
    for offer in offers:
        if offer.refusal is None:
            inputs = full_input(pack, offer.move)
            assert (
                may_move(pack, offer.move.id, state=state, roles=roles, given=inputs, standing=standing) is offer.move
            )
        else:
            with pytest.raises(Refusal) as found:
                may_move(
                    pack, offer.move.id, state=state, roles=roles, given=full_input(pack, offer.move), standing=standing
                )
            assert found.value == offer.refusal


@settings(max_examples=300)
@given(st.sampled_from(sorted(PACKS)), st.data())
def test_on_every_walk_an_end_stays_near_and_somebody_owes_the_next_step(name: str, data: st.DataObject) -> None:
    pack = PACKS[name]
    state, armed = pack.start, set(pack.opening_terms)
    lapsed: set[str] = set()
    for _ in range(data.draw(st.integers(0, 15))):
        open_now = _open(pack, state, lapsed)
        if not open_now:
            break
        move = data.draw(st.sampled_from(open_now))
        state = move.to_state
        recurring = {term for term in armed & set(move.meets) if pack.terms[term].recurs}
        armed = (armed - {*move.meets, *move.ends}) | set(move.starts) | recurring
        lapsed -= {*move.meets, *move.ends, *move.starts}
        if data.draw(st.booleans()):
            lapsed |= armed
    if pack.states[state].stage in {"intake", "acceptance", "handling"}:
        assert any(pack.terms[term].owed_by not in OUTSIDERS for term in armed)
    assert _steps_to_an_end(pack, state, frozenset(armed)) <= 6


def _open(pack: Procedure, state: str, lapsed: set[str]) -> list[Move]:
    offers = moves_from(pack, state=state, roles=frozenset(ROLES), lapsed=frozenset(lapsed))
    return [offer.move for offer in offers if offer.refusal is None]


def _steps_to_an_end(pack: Procedure, state: str, lapsed: frozenset[str]) -> int:
    reached, steps = {state}, 0
    while not any(pack.states[one].is_final for one in reached):
        reached |= {move.to_state for one in reached for move in _open(pack, one, set(lapsed))}
        steps += 1
        assert steps < 20
    return steps


CONFIRMING = [(name, move) for name, pack in PACKS.items() for move in pack.moves if to_confirm(pack, pack.moves[move])]


@pytest.mark.parametrize(("name", "move_id"), CONFIRMING)
def test_each_thing_no_program_can_know_is_confirmed_or_the_step_is_not_made(name: str, move_id: str) -> None:
    pack = PACKS[name]
    move = pack.moves[move_id]
    standing = Standing(lapsed=frozenset(move.only_after), checks=frozenset(CHECKS))
    complete = full_input(pack, move)
    for guard in to_confirm(pack, move):
        left = " ".join(each for each in complete["confirmed"].split() if each != guard.id)
        with pytest.raises(Refusal) as found:
            may_move(
                pack, move_id, state=move.from_states[0], roles=frozenset(move.roles),
                given=complete | {"confirmed": left}, standing=standing,
            )  # fmt: skip
        assert (found.value.code, found.value.params["guard"]) == ("not_confirmed", guard.id)
    with pytest.raises(Refusal) as found:
        may_move(
            pack, move_id, state=move.from_states[0], roles=frozenset(move.roles),
            given=complete | {"confirmed": complete["confirmed"] + " anything"}, standing=standing,
        )  # fmt: skip
    assert found.value.code == "unknown_choice"


def test_where_a_matter_goes_is_judged_once_it_is_said() -> None:
    roles = frozenset({"registrar"})
    given = {"to": "police", "text": "转送", "confirmed": "agreed_or_superior"}
    (offer,) = [each for each in moves_from(XINFANG, state="registered", roles=roles) if each.move.id == "transfer"]
    assert offer.refusal is None
    with pytest.raises(Refusal) as found:
        may_move(XINFANG, "transfer", state="registered", roles=roles, given=given)
    assert found.value == Refusal("goes_to_the_accused", move="transfer", field="to")
    allowed = Standing(checks=frozenset({"not_to_the_accused"}))
    moved = may_move(XINFANG, "transfer", state="registered", roles=roles, given=given, standing=allowed)
    assert moved.to_state == "triaged"
