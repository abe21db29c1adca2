"""Who may mediate: kinds of mediators, what each discloses first, and when somebody cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from huiyin.rules.procedure import Words

KINDS: Mapping[str, Words] = {
    "peoples_mediator": Words("人民调解员", "People's mediator"),
    "officer": Words("民警、干部", "Officer"),
    "lawyer": Words("律师", "Lawyer"),
    "cadre": Words("村（居）干部", "Village or community cadre"),
    "elder": Words("乡贤长者", "Elder"),
    "volunteer": Words("志愿者", "Volunteer"),
}
TIES: Mapping[str, Words] = {
    "none": Words("与各方都没有亲属、利害关系", "No tie to any side"),
    "knows": Words("认识，没有亲属或者利害关系", "Knows a side, without kinship or interest"),
    "kin": Words("有亲属关系", "Is related to a side"),
    "interest": Words("有利害关系", "Has an interest in it"),
    "other": Words("有其他可能影响公正的关系", "Has another tie that could matter"),
}
HEARD: Mapping[str, Words] = {
    "in_person": Words("当面", "in person"),
    "phone": Words("电话里", "by telephone"),
    "paper": Words("书面", "on paper"),
}
"""How an officer heard whom a side chose, where the side did not say it with its own code."""

BINDING = frozenset({"kin", "interest"})
"""Ties with which nobody mediates, whatever the sides say."""


def may_mediate(tie: str, *, may_penalise: bool, is_void: bool = False) -> bool:
    """Whether somebody who disclosed ``tie`` may mediate at all. Who can penalise a side never does."""
    return tie in TIES and tie not in BINDING and not may_penalise and not is_void


def is_chosen(answers: Mapping[int, str], sides: Iterable[int]) -> bool:
    """Whether every side that takes part accepts the mediator; a request to step aside is binding."""
    staying = list(sides)
    return len(staying) > 1 and all(answers.get(side) == "accept" for side in staying)
