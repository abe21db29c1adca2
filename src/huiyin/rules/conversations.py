"""A call or a visit: what was said, and where it is needed, how the two sides go on talking for a short while.

A rule of conduct is a way of talking, the same for both sides. It belongs to this one call or visit, ends by its
date alone and stops nothing: whoever it is about files, writes, asks for a review and reads as before. It says
nothing about a person, so its words are ours and come from a list; what the officer adds is what happened in the talk.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal

Kind = Literal["call", "visit"]

KINDS: dict[str, Words] = {"call": Words("来电", "A call"), "visit": Words("来访", "A visit to the office")}
CONDUCT: dict[str, Words] = {
    "one_at_a_time": Words(
        "双方轮流说话，一方说完另一方再说", "One side speaks at a time, and the other lets it finish"
    ),
    "no_insults": Words(
        "双方都不辱骂、不威胁；提醒后仍然这样的，这一次谈话先停下，改时间接着谈",
        "Neither side insults or threatens. If it goes on after somebody asked to stop, this talk pauses and goes on another time",
    ),
    "third_person": Words("双方都同意的第三人可以在场", "A third person, whom both sides accept, may be there"),
    "writing_too": Words(
        "谈话之外也可以写下来，写的和说的一样算数",
        "What is hard to say may be written: it counts as much as the spoken word",
    ),
}
LONGEST_DAYS = 30  # calendar days from the call or visit
TEXT_LIMIT = 5_000  # characters of what was said
REASON_LIMIT = 400


def check(kind: str, held_on: date, text: str, *, today: date) -> None:
    """Refuses a note that says nothing, is of no known kind, or of a day still to come."""
    if kind not in KINDS:
        raise Refusal("unknown_choice", field="kind")
    if held_on > today:
        raise Refusal("date_in_future", field="on")
    if not text.strip():
        raise Refusal("input_missing", field="text")
    if len(text) > TEXT_LIMIT:
        raise Refusal("too_long", field="text", maximum=TEXT_LIMIT)


def check_conduct(conduct: str, reason: str, ends_on: date | None, *, held_on: date, today: date) -> None:
    """Refuses a rule of conduct that is not in the list, gives no reason, or does not end in time."""
    if conduct not in CONDUCT:
        raise Refusal("unknown_choice", field="conduct")
    if not reason.strip():
        raise Refusal("input_missing", field="reason")
    if len(reason) > REASON_LIMIT:
        raise Refusal("too_long", field="reason", maximum=REASON_LIMIT)
    if ends_on is None:
        raise Refusal("input_missing", field="ends_on")
    if ends_on < today:
        raise Refusal("day_past", field="ends_on")
    if ends_on > last_day(held_on):
        raise Refusal("day_too_far", field="ends_on", last_day=last_day(held_on))


def last_day(held_on: date) -> date:
    """The latest day on which a rule of conduct may end."""
    return held_on + timedelta(days=LONGEST_DAYS)


def runs(ends_on: date, today: date) -> bool:
    """Whether it still holds: by the date alone, its last day included."""
    return today <= ends_on
