"""Who is competent: what was sent, objected to and settled, and what that leaves open.

The first objection goes back to the sender, who may take the matter back or leave it where it is. The second goes
to the common superior, who names a body; what was named cannot be objected to again (信访工作条例 23(3), 24).
"""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.rules.procedure import Move, Transfer


def kind_of(move: Move, past: Sequence[Transfer]) -> Transfer:
    """What a move does to competence. Naming an officer in answer to an objection settles it too."""
    if move.transfers:
        return move.transfers
    return "settle" if move.assigns and past and past[-1] == "object" else ""


def objections(past: Sequence[Transfer]) -> int:
    """How many times a body has said that the matter is not its own."""
    return past.count("object")


def goes_to_superior(past: Sequence[Transfer]) -> bool:
    """Is the objection that comes next for the common superior to settle?"""
    return objections(past) >= 1


def checks(past: Sequence[Transfer]) -> frozenset[str]:
    """The checks of ``rules.guards`` about competence that hold after these transfers, oldest first."""
    found = {"second_objection" if objections(past) > 1 else "first_objection"}
    if "settle" not in past:
        found.add("not_settled")
    return frozenset(found)
