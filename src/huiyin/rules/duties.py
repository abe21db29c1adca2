"""What an answer binds its office to: an apology, a payment, a repair, each with its day, open until it is done.

The office may say that it has done what it owes; only the complainant, or a reviewer who finds so, ends it.
"Right, but not possible yet" is a duty too: it carries the reason and the day on which it is looked at again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from huiyin.rules.procedure import Move, Words
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable

State = Literal["open", "said_done", "confirmed", "found_done"]
Deed = Literal["say_done", "confirm", "deny", "find", "move"]
Act = Literal["reminder", "missed"]

LOOK_AGAIN = "look_again"
KINDS: dict[str, Words] = {
    "apology": Words("赔礼道歉", "An apology"),
    "correction": Words("纠正", "A correction"),
    "return": Words("返还", "A return"),
    "payment": Words("付款", "A payment"),
    "state_compensation": Words("国家赔偿", "State compensation"),
    "repair": Words("修复", "A repair"),
    "discipline_referral": Words("移送追究责任", "A referral for discipline"),
    LOOK_AGAIN: Words("合理但暂时做不到，到期再看", "Right, but not possible yet: looked at again"),
    "other": Words("其他承诺", "Another promise"),
}
STATES: tuple[State, ...] = ("open", "said_done", "confirmed", "found_done")
PENDING: tuple[State, ...] = ("open", "said_done")
"""What is still owed: the office's own word ends nothing."""
OFFICE_DEEDS: frozenset[Deed] = frozenset({"say_done", "move"})
COMPLAINANT_DEEDS: frozenset[Deed] = frozenset({"confirm", "deny"})
BINDING = frozenset({"supported", "partly_supported"})
"""Outcomes that may bind: who says no promises nothing."""

MOST = 10
TEXT_LIMIT = 1_000  # characters
LONGEST_YEARS = 5
LOOK_AGAIN_YEARS = 1
WRITTEN_LIMIT = MOST * (TEXT_LIMIT + 200)  # characters of all duties of an answer, as kept with a draft
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
_WORDS_NEEDED: frozenset[Deed] = frozenset({"say_done", "deny", "find", "move"})

# What each deed makes of a state. A confirmation can be taken back, by the one who gave it: it may have been pressed for.
_AFTER: dict[tuple[State, Deed], State] = {
    ("open", "say_done"): "said_done",
    ("open", "confirm"): "confirmed",
    ("open", "find"): "found_done",
    ("open", "move"): "open",
    ("said_done", "confirm"): "confirmed",
    ("said_done", "deny"): "open",
    ("said_done", "find"): "found_done",
    ("confirmed", "deny"): "open",
}


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing the office will do, and its last day."""

    kind: str
    due_on: date
    text: str


def name_of(kind: str) -> Words:
    """A kind in words; one that a newer record invents is "another promise"."""
    return KINDS.get(kind, KINDS["other"])


def may_bind(move: Move) -> bool:
    """Whether a move can answer "you are right", in a document that says what is done about it."""
    return move.decides and not BINDING.isdisjoint({*move.outcomes, move.outcome or ""})


def written(duties: Sequence[Duty]) -> str:
    """The duties as text, to be kept with a draft; nothing for none."""
    rows = [{"kind": each.kind, "due_on": each.due_on.isoformat(), "text": each.text} for each in duties]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def read(text: str) -> tuple[Duty, ...]:
    """The duties out of ``written``. Raises Refusal("invalid") or Refusal("too_long") for the field ``duties``."""
    if not text.strip():
        return ()
    if len(text) > 2 * WRITTEN_LIMIT:  # marks and line breaks are written as two characters
        raise Refusal("too_long", field="duties", maximum=WRITTEN_LIMIT)
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        raise Refusal("invalid", field="duties") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refusal("invalid", field="duties")
    return of_rows(rows)


def of_rows(rows: Sequence[Mapping[str, Any]]) -> tuple[Duty, ...]:
    """The duties as typed. A refusal names the ``line`` (from 0) and its ``field``."""
    if len(rows) > MOST:
        raise Refusal("too_many", field="duties", maximum=MOST)
    return tuple(_of_row(row, line) for line, row in enumerate(rows))


def _of_row(row: Mapping[str, Any], line: int) -> Duty:
    kind, day, text = (row.get(name) or "" for name in ("kind", "due_on", "text"))
    for name, value in (("kind", kind), ("due_on", day), ("text", text)):
        if not isinstance(value, str):
            raise Refusal("invalid", field=name, line=line)
    if not kind.strip():
        raise Refusal("input_missing", field="kind", line=line)
    if kind not in KINDS:
        raise Refusal("unknown_choice", field="kind", line=line)
    text = storable(text)
    if not text.strip():
        raise Refusal("input_missing", field="text", line=line)
    if len(text) > TEXT_LIMIT:
        raise Refusal("too_long", field="text", line=line, maximum=TEXT_LIMIT)
    return Duty(kind, _day(day, line), text)


def _day(text: str, line: int) -> date:
    if not text.strip():
        raise Refusal("input_missing", field="due_on", line=line)
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise Refusal("invalid", field="due_on", line=line)
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        raise Refusal("invalid", field="due_on", line=line) from None


def check(duties: Sequence[Duty], *, outcome: str, today: date) -> None:
    """Refuses duties of an answer that says no, and days that are past or so far away that they bind nobody."""
    if duties and outcome not in BINDING:
        raise Refusal("duties_unwanted", field="duties")
    for line, duty in enumerate(duties):
        check_day(duty.kind, duty.due_on, today=today, line=line)


def check_day(kind: str, due_on: date, *, today: date, line: int | None = None) -> None:
    """Raises Refusal("day_past") or Refusal("day_too_far") for the field ``due_on``."""
    where: dict[str, object] = {"field": "due_on"} | ({} if line is None else {"line": line})
    if due_on < today:
        raise Refusal("day_past", **where)
    last = last_day(kind, today)
    if due_on > last:
        raise Refusal("day_too_far", last_day=last, **where)


def last_day(kind: str, today: date) -> date:
    """The latest day that may be set today: what is not possible yet is looked at again within a year."""
    years = LOOK_AGAIN_YEARS if kind == LOOK_AGAIN else LONGEST_YEARS
    try:
        return today.replace(year=today.year + years)
    except ValueError:  # 29 February
        return today.replace(year=today.year + years, day=28)


def after(state: State, deed: Deed, kind: str) -> State:
    """The state of a duty once a deed is done. Raises Refusal("repeated") or Refusal("not_allowed_now")."""
    found = _AFTER.get((state, deed))
    if found is None:
        is_done_already = state in {after for (_, each), after in _AFTER.items() if each == deed != "move"}
        raise Refusal("repeated" if is_done_already else "not_allowed_now")
    if deed == "move" and kind != LOOK_AGAIN:
        raise Refusal("not_allowed_now")  # a promised day is kept or missed, never moved
    return found


def possible(state: State, kind: str, deeds: frozenset[Deed]) -> frozenset[Deed]:
    """Those of the deeds that can be done now."""
    found = set()
    for deed in deeds:
        try:
            after(state, deed, kind)
        except Refusal:
            continue
        found.add(deed)
    return frozenset(found)


def needs_words(deed: Deed) -> bool:
    """Whether a deed says why, or what was done."""
    return deed in _WORDS_NEEDED


def next_act(due_on: date, acts_done: int) -> tuple[date, Act] | None:
    """What the clock does next for a duty that is open: a reminder on its day, the report the day after; no more."""
    acts: tuple[tuple[date, Act], ...] = ((due_on, "reminder"), (due_on + timedelta(days=1), "missed"))
    return acts[acts_done] if acts_done < len(acts) else None
