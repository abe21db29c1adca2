"""What must hold before a move, beyond state and role: the checks a program can make.

A guard of a pack either names one of these checks or is a sentence the officer confirms. Who asks
``lifecycle.may_move`` hands in the names of the checks that hold; one that is not handed in does not hold.
"""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.rules.procedure import Guard, Move, Procedure, Words

CHECKS: dict[str, Words] = {
    "first_objection": Words("没有对这次转送提过异议", "No body has objected to where this matter was sent before"),
    "second_objection": Words("已经有过一次异议", "A body has objected to where this matter was sent once before"),
    "not_settled": Words("管辖没有被共同上级确定过", "The common superior has not yet named the competent body"),
    "asked_late": Words("请求在期限之后提出", "The request came after the time for it"),
    "consent_of_all": Words("各方都同意，并有记录", "Every side has consented, and it is recorded"),
    "chosen_by_all": Words(
        "每一方都自己选定或者接受了这位调解员，并有记录", "Every side accepts this mediator, and it is on record"
    ),
    "ties_disclosed": Words("这位调解员说明过与各方的关系", "This mediator has disclosed every tie to the sides"),
    "free_to_mediate": Words(
        "这位调解员没有应当回避的关系和职权，也没有一方请求回避",
        "No tie and no power keeps this mediator away, and no side asks for somebody else",
    ),
    "not_to_the_accused": Words(
        "接收的单位和人员不是事项中点名的对象", "Whoever it goes to is not whom the matter names"
    ),
}

CONSENT_OF_ALL = "consent_of_all"  # holds for one move alone: each step has a consent of its own

MOST = 40  # guards of one move

# Known only once it is said where the matter goes: they judge the input ``to`` and close no step before.
OF_A_MEDIATOR: Mapping[str, str] = {
    "free_to_mediate": "mediator_must_stay_away",
    "ties_disclosed": "not_told_yet",
    "chosen_by_all": "not_chosen_by_all",
}
"""What is known of a mediator out of the record of the table, and what a step is refused with; the gravest first."""

OF_THE_RECEIVER = frozenset({"not_to_the_accused", *OF_A_MEDIATOR})

# Nothing in a procedure may depend on whether the complainant gave a name.
IDENTITY_CHECKS = frozenset({"named", "anonymous", "confidential", "identified", "real_name", "has_contact"})


def to_confirm(procedure: Procedure, move: Move) -> tuple[Guard, ...]:
    """What whoever makes the move confirms: the guards that no program can check, in the order of the file."""
    return tuple(procedure.guards[name] for name in move.guards if not procedure.guards[name].check)


# A program written for the first contract of the API says nothing about guards. Its officer's move counts, and the
# record keeps that nothing was said; no page of ours ever sends this.
UNSAID = "unsaid"


def kept(procedure: Procedure, move: Move, confirmed: str) -> str:
    """What the record keeps: a move that wants nothing confirmed has nothing left unsaid."""
    return "" if confirmed == UNSAID and not to_confirm(procedure, move) else confirmed


def written(confirmed: list[str] | tuple[str, ...]) -> str:
    """What was confirmed as one input of a move: the ids of the guards, with blanks between."""
    return " ".join(confirmed)
