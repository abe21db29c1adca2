"""What a complainant asks of one post: why somebody looked, that a withdrawal be confirmed, that an officer step aside.

Each has its own day. No law read so far sets these times: they are targets of the office, the same everywhere,
and pages call them so. A withdrawal takes effect seven calendar days after it was confirmed, never sooner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from huiyin.rules.duties import Act, next_act
from huiyin.rules.procedure import Term, Words
from huiyin.rules.refusal import Refusal

State = Literal["open", "answered", "undone", "ended"]
STATES: tuple[State, ...] = ("open", "answered", "undone", "ended")
TEXT_LIMIT = 2_000  # characters
NOT_ANSWERED = "did_not_answer"  # what the clock writes where an officer let the time pass
UNDO_DAYS = 7  # calendar days in which a confirmed withdrawal can be undone


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of asking: what it is called, how many working days the answer may take, how it can be answered.

    ``is_hidden``: the units that have the matter do not read of it.
    """

    name: Words
    working_days: int
    outcomes: tuple[str, ...]
    is_hidden: bool = True


KINDS: dict[str, Kind] = {
    "look": Kind(Words("说明为什么查阅", "Say why the matter was opened"), 5, ("answered",)),
    "withdrawal": Kind(
        Words("核实撤回是否出于自愿", "Make sure that a withdrawal is freely made"), 3, ("confirmed", "not_confirmed")
    ),
    "recusal": Kind(
        Words("决定经办人是否回避", "Decide whether the officer must step aside"), 3, ("granted", "refused")
    ),
    "evidence": Kind(
        Words("固定可能灭失的证据", "Secure evidence that could vanish"),
        2,
        ("secured", "partly", "nothing_left"),
        False,
    ),
    "put": Kind(Words("向被反映人核实", "Put it to the officer"), 5, ("answered",), False),
    "class": Kind(Words("复核事项的分类", "Look again at the class"), 3, ("stays", "changed"), False),
    "removal": Kind(
        Words("决定是否不再要求回避", "Decide whether somebody may see the matter again"),
        3,
        ("let_back", "kept_away"),
        False,
    ),
    "withdrawn": Kind(
        Words("查看撤回的事项是否应当继续", "Look whether a withdrawn matter must go on"), 10, ("left", "goes_on")
    ),
}


def name_of(kind: str) -> Words:
    """A kind in words; of one that a newer record invents, its id."""
    return KINDS[kind].name if kind in KINDS else Words(kind, kind)


def term_of(kind: str, days: Mapping[str, int] | None = None) -> Term:
    """The time for an answer, as a target of the office; ``days`` are a pack's own working days, by kind."""
    length = (days or {}).get(kind, KINDS[kind].working_days)
    return Term(
        id=f"ask_{kind}", name=KINDS[kind].name, length=length, unit="working_days",
        count_from="next_day", roll="next_workday", owed_by="handler", basis="target", article="", source="",
        verified=False,
    )  # fmt: skip


def check_outcome(kind: str, outcome: str) -> str:
    """The outcome of an answer; where there is only one it need not be chosen.

    Raises Refusal("input_missing") or Refusal("unknown_choice") for the field ``outcome``.
    """
    possible = KINDS[kind].outcomes
    if not outcome and len(possible) == 1:
        return possible[0]
    if not outcome:
        raise Refusal("input_missing", field="outcome")
    if outcome not in possible:
        raise Refusal("unknown_choice", field="outcome")
    return outcome


def effective_on(confirmed_on: date) -> date:
    """The day on which a withdrawal takes effect: until the day before it can be undone."""
    return confirmed_on + timedelta(days=UNDO_DAYS)


def next_act_on(due_on: date, acts_done: int) -> date | None:
    """When the clock acts next on something unanswered: a reminder on its day, the report the day after."""
    act = next_act(due_on, acts_done)
    return act[0] if act else None


def act_due(due_on: date, acts_done: int, today: date) -> Act | None:
    """What the clock does now, or None."""
    act = next_act(due_on, acts_done)
    return act[1] if act and act[0] <= today else None
