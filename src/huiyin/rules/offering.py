"""Offers and counter-offers between the sides of a mediation, and the facts they agree on: a small state machine.

An offer lies open until the others answer, its maker takes it back, or it is countered: a counter-offer closes the
one it answers. What was conceded in a mediation that comes to nothing binds nobody and is used nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal

OfferState = Literal["open", "taken", "declined", "countered", "taken_back"]
OFFER_STATES: dict[str, Words] = {
    "open": Words("等待答复", "Waits for an answer"),
    "taken": Words("已接受", "Taken"),
    "declined": Words("没有接受", "Not taken"),
    "countered": Words("有了新的提议", "Answered by another offer"),
    "taken_back": Words("已收回", "Taken back"),
}
DEEDS = ("take", "decline", "counter", "take_back")
_AFTER: dict[str, OfferState] = {"decline": "declined", "counter": "countered", "take_back": "taken_back"}


def answer(state: str, deed: str, *, by: int, maker: int, taken_by: Collection[int], others: Collection[int]) -> str:
    """The state of an offer after a deed of a side. It is taken when all the others took it.

    Raises Refusal("unknown_choice"), "repeated" where it does not lie open any more or the side has taken it
    before, "not_your_move" for a maker who answers the own offer, or somebody else who takes it back.
    """
    if deed not in DEEDS:
        raise Refusal("unknown_choice", field="deed")
    if state != "open":
        raise Refusal("repeated")
    if (by == maker) != (deed == "take_back"):
        raise Refusal("not_your_move", move=deed)
    if deed == "take":
        if by in taken_by:
            raise Refusal("repeated")
        return "taken" if set(others) <= {*taken_by, by} else "open"
    return _AFTER[deed]


def fact_state(answers: Mapping[int, bool], sides: Collection[int]) -> str:
    """A fact is common ground when every side says so, and disputed as soon as one says no."""
    if any(not said for said in answers.values()):
        return "disputed"
    return "agreed" if sides and set(sides) <= set(answers) else "open"
