"""What an answer binds to: read as given, ended by the complainant or a reviewer alone, never by the office or the clock."""

from __future__ import annotations

import datetime
import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules import duties
from huiyin.rules.catalogue import load_procedure
from huiyin.rules.duties import Deed, Duty, State
from huiyin.rules.refusal import Refusal
from tests.cast import PROCEDURES

TODAY = datetime.date(2026, 1, 27)
DEEDS: tuple[Deed, ...] = get_args(Deed)
PETITION = load_procedure((PROCEDURES / "cn-xinfang.toml").read_text("utf-8"))
TEXTS = st.text(
    st.characters(min_codepoint=0x20, exclude_categories=("Cs", "Cn", "Zs")), min_size=1, max_size=80
).filter(lambda text: bool(text.strip()))
GIVEN = st.lists(
    st.builds(Duty, st.sampled_from(sorted(duties.KINDS)), st.dates(min_value=datetime.date(1000, 1, 1)), TEXTS),
    max_size=duties.MOST,
)


def refusal(act: Any, *args: Any, **named: Any) -> Refusal:
    with pytest.raises(Refusal) as found:
        act(*args, **named)
    return found.value


@given(GIVEN)
def test_what_is_written_is_read_back(promised: list[Duty]) -> None:
    assert duties.read(duties.written(promised)) == tuple(promised)


@given(st.text() | st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["kind", "due_on", "text", "more"]), inner), max_leaves=12).map(json.dumps))  # fmt: skip
def test_whatever_is_given_is_read_or_refused(text: str) -> None:
    try:
        found = duties.read(text)
    except Refusal:
        return
    assert len(found) <= duties.MOST
    assert all(each.kind in duties.KINDS and each.text.strip() for each in found)


def test_deep_nesting_is_refused_like_any_nonsense() -> None:
    assert refusal(duties.read, "[" * 10_000) == Refusal("invalid", field="duties")


ROW = {"kind": "payment", "due_on": "2026-2-1", "text": "支付工资三千元。"}


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"kind": ""}, "input_missing", "kind"),
        ({"kind": "promise"}, "unknown_choice", "kind"),
        ({"kind": 5}, "invalid", "kind"),
        ({"due_on": ""}, "input_missing", "due_on"),
        ({"due_on": "2026-2-30"}, "invalid", "due_on"),
        ({"due_on": "2月1日"}, "invalid", "due_on"),
        ({"due_on": "２０２６-2-1"}, "invalid", "due_on"),
        ({"text": " \u3000"}, "input_missing", "text"),
        ({"text": "\x00"}, "input_missing", "text"),
        ({"text": "长" * 1_001}, "too_long", "text"),
    ],
)
def test_what_cannot_be_taken_is_named_with_its_line(change: dict[str, Any], code: str, field: str) -> None:
    found = refusal(duties.of_rows, [ROW, ROW | change])
    assert (found.code, found.params["field"], found.params["line"]) == (code, field, 1)


def test_ten_duties_and_not_eleven() -> None:
    assert len(duties.of_rows([ROW] * 10)) == 10
    assert refusal(duties.of_rows, [ROW] * 11).code == "too_many"


def test_the_longest_that_may_be_given_can_be_read() -> None:
    longest = [Duty("state_compensation", TODAY, '"\\\n' * 333)] * duties.MOST
    assert duties.read(duties.written(longest)) == tuple(longest)


@given(st.dates(min_value=datetime.date(2000, 1, 1), max_value=datetime.date(2090, 1, 1)), st.sampled_from(sorted(duties.KINDS)))  # fmt: skip
def test_a_day_is_never_past_and_never_out_of_sight(today: datetime.date, kind: str) -> None:
    day, last = datetime.timedelta(days=1), duties.last_day(kind, today)
    for good in (today, last):
        duties.check([Duty(kind, good, "做到")], outcome="supported", today=today)
    assert refusal(duties.check_day, kind, today - day, today=today).code == "day_past"
    assert refusal(duties.check_day, kind, last + day, today=today).code == "day_too_far"


def test_what_is_not_possible_yet_is_looked_at_again_within_a_year() -> None:
    assert duties.last_day(duties.LOOK_AGAIN, TODAY) == datetime.date(2027, 1, 27)
    assert duties.last_day("payment", datetime.date(2024, 2, 29)) == datetime.date(2029, 2, 28)


@pytest.mark.parametrize("outcome", ["explained", "not_supported", "routed", "withdrawn", ""])
def test_who_says_no_promises_nothing(outcome: str) -> None:
    assert refusal(duties.check, [Duty("payment", TODAY, "付")], outcome=outcome, today=TODAY).code == "duties_unwanted"
    duties.check([], outcome=outcome, today=TODAY)


def test_only_a_decision_of_the_office_can_bind() -> None:
    able = {move.id for move in PETITION.moves.values() if duties.may_bind(move)}
    assert able == {"reply"}


@given(st.lists(st.sampled_from(DEEDS), max_size=12), st.sampled_from(sorted(duties.KINDS)))
def test_the_office_alone_never_ends_what_it_owes(done: list[Deed], kind: str) -> None:
    state: State = "open"
    for deed in done:
        if deed not in duties.possible(state, kind, frozenset(DEEDS)):
            assert refusal(duties.after, state, deed, kind).code in {"repeated", "not_allowed_now"}
            continue
        state = duties.after(state, deed, kind)
        if deed in duties.OFFICE_DEEDS:
            assert state in duties.PENDING
        assert (state not in duties.PENDING) == (deed in {"confirm", "find"})


@given(st.sampled_from(duties.STATES), st.sampled_from(sorted(duties.KINDS)))
def test_what_can_be_done_is_what_is_not_refused(state: State, kind: str) -> None:
    able = duties.possible(state, kind, frozenset(DEEDS))
    assert ("move" in able) == (state == "open" and kind == duties.LOOK_AGAIN)
    assert ("confirm" in able) == (state in duties.PENDING)
    assert ("deny" in able) == (state in {"said_done", "confirmed"})


def test_a_promised_day_is_kept_or_missed_never_moved() -> None:
    assert refusal(duties.after, "open", "move", "payment").code == "not_allowed_now"
    assert duties.after("open", "move", duties.LOOK_AGAIN) == "open"


def test_the_same_word_twice_is_told_as_such() -> None:
    assert refusal(duties.after, "said_done", "say_done", "repair") == Refusal("repeated")
    assert refusal(duties.after, "confirmed", "confirm", "repair") == Refusal("repeated")
    assert refusal(duties.after, "found_done", "confirm", "repair") == Refusal("not_allowed_now")


@given(st.dates(max_value=datetime.date(9999, 12, 30)))
def test_the_clock_reminds_on_the_day_reports_after_it_and_then_is_silent(due_on: datetime.date) -> None:
    assert duties.next_act(due_on, 0) == (due_on, "reminder")
    assert duties.next_act(due_on, 1) == (due_on + datetime.timedelta(days=1), "missed")
    assert duties.next_act(due_on, 2) is None
