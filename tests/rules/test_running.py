"""A stopped clock does not count, an extension counts on from the old date, and acts come in order."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.catalogue import load_procedure
from huiyin.rules.deadline import due
from huiyin.rules.ladder import acts, next_on
from huiyin.rules.procedure import Extension, Stop, Term, Words
from huiyin.rules.refusal import Refusal
from huiyin.rules.running import Extended, History, Stopped, due_now, is_stopped, may_extend, may_stop, resumed
from huiyin.rules.workdays import load_calendar

PROCEDURES = Path(__file__).parents[2] / "procedures"
CN = load_calendar((PROCEDURES / "workdays" / "CN.toml").read_text("utf-8"))
DAYS = st.dates(date(2024, 1, 1), date(2026, 6, 30))


def term(unit: str = "calendar_days", length: int = 60, roll: str = "next_workday") -> Term:
    return Term(
        id="T", name=Words("期限", "Term"), length=length, unit=unit, count_from="next_day", roll=roll,  # type: ignore[arg-type]
        owed_by="handler", basis="law", article="34", source="s", verified=True,
        extension=Extension(30, "calendar_days", 1, "body_head", "34"),
        stops=(Stop("hearing", Words("听证", "Hearing"), "36"),),
    )  # fmt: skip


TERMS = st.builds(
    term,
    st.sampled_from(["calendar_days", "working_days", "weeks", "months"]),
    st.integers(1, 12),
    st.sampled_from(["none", "next_workday"]),
)


@given(DAYS, TERMS)
def test_without_a_history_it_is_the_plain_due_date(start: date, rule: Term) -> None:
    assert due_now(start, rule, CN, History()) == due(start, rule, CN)


@given(DAYS, TERMS, st.integers(0, 20), st.integers(1, 60))
def test_each_stopped_day_is_given_back(start: date, rule: Term, after: int, standing: int) -> None:
    stop = Stopped(start + timedelta(days=after), start + timedelta(days=after + standing), "hearing")
    plain, stopped = due(start, rule, CN), due_now(start, rule, CN, History(stops=(stop,)))
    assert stopped.on >= plain.on
    counted = [line.day for line in stopped.days if line.counted]
    assert not any(stop.from_on < day <= (stop.to_on or day) for day in counted)
    assert len(counted) == len([line for line in plain.days if line.counted])
    if rule.roll == "next_workday":
        assert CN.is_workday(stopped.on)
    if rule.unit == "calendar_days" and rule.roll == "none" and stop.from_on < plain.on:
        assert stopped.on == plain.on + timedelta(days=standing)


@given(DAYS, TERMS, st.integers(1, 30))
def test_an_extension_counts_on_from_the_old_end(start: date, rule: Term, more: int) -> None:
    plain = due(start, rule, CN)
    longer = due_now(start, rule, CN, History(extensions=(Extended(start, more, "calendar_days"),)))
    assert longer.on > plain.on or rule.roll == "next_workday"
    assert longer.on >= due(start, rule, CN).days[0].day + timedelta(days=more)


def test_sixty_days_and_thirty_more() -> None:
    start = date(2026, 3, 2)
    assert due_now(start, term(), CN, History()).on == date(2026, 5, 6)  # 1 May is a holiday until 5 May
    longer = due_now(start, term(), CN, History(extensions=(Extended(date(2026, 4, 30), 30, "calendar_days"),)))
    assert longer.on == date(2026, 6, 1)  # 31 May is a Sunday


def test_an_extension_is_bounded_and_only_before_expiry() -> None:
    rule, none = term(), History()
    for length, on, code in (
        (31, date(2026, 4, 1), "extension_too_long"),
        (0, date(2026, 4, 1), "extension_too_long"),
        (30, date(2026, 5, 7), "window_closed"),
    ):
        with pytest.raises(Refusal) as refused:
            may_extend(rule, none, length=length, due_on=date(2026, 5, 6), on=on)
        assert refused.value.code == code
    used = History(extensions=(may_extend(rule, none, length=30, due_on=date(2026, 5, 6), on=date(2026, 5, 6)),))
    with pytest.raises(Refusal) as again:
        may_extend(rule, used, length=1, due_on=date(2026, 6, 1), on=date(2026, 5, 7))
    assert again.value.code == "extension_used"


def test_a_clock_stops_only_for_a_reason_of_the_pack_and_once() -> None:
    rule = term()
    with pytest.raises(Refusal, match="no_stop"):
        may_stop(rule, History(), reason="busy", on=date(2026, 4, 1))
    stopped = History(stops=(may_stop(rule, History(), reason="hearing", on=date(2026, 4, 1)),))
    assert is_stopped(stopped)
    with pytest.raises(Refusal, match="repeated"):
        may_stop(rule, stopped, reason="hearing", on=date(2026, 4, 2))
    assert not is_stopped(resumed(stopped, on=date(2026, 4, 9)))


@given(DAYS, TERMS)
def test_acts_come_in_order_and_the_ladder_after_the_last_day(start: date, rule: Term) -> None:
    last = due(start, rule, CN).on
    planned = acts(rule, start, last, CN)
    assert [act.on for act in planned] == sorted(act.on for act in planned)
    assert next(act.kind for act in planned if act.on > last) in {"overdue", "reminder"}
    assert {"reminder", "superior", "supervision"} <= {act.kind for act in planned if act.on > last}
    assert next_on(planned, 0) == planned[0].on
    assert next_on(planned, len(planned)) is None


def test_the_petition_procedure_allows_one_extension_of_thirty_days() -> None:
    rule = load_procedure((PROCEDURES / "cn-xinfang.toml").read_text("utf-8")).terms["XF-handle"].extension
    assert rule is not None
    assert (rule.maximum, rule.times) == (30, 1)
