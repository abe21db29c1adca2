"""Fair to both when a complaint is about staff: its class, evidence first, and nobody found at fault unheard.

A complaint about a service or a decision is answered by another officer of the body. Of misconduct (force, a
bribe, insult, abuse, reprisal) the whole unit stays out. What can vanish is secured before anybody is asked.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal

ComplaintClass = Literal["service", "misconduct"]
CLASSES: tuple[ComplaintClass, ...] = ("service", "misconduct")
CLASS_NAMES: dict[str, Words] = {
    "service": Words("服务或处理决定", "service or decision"),
    "misconduct": Words("违纪违法行为", "misconduct"),
}
EVIDENCE: dict[str, Words] = {
    "camera": Words("有摄像头", "a camera"),
    "call": Words("有通话或者短信", "a call or a text message"),
    "injury": Words("有人受伤", "an injury"),
    "witness": Words("有人在场看见", "a witness"),
}
FOUND = frozenset({"supported", "partly_supported"})  # outcomes that find somebody at fault
UNFOUNDED = frozenset({"not_supported"})


def check_class(complaint_class: str) -> str:
    """The class, where it is one. Raises Refusal("unknown_choice") for the field ``complaint_class``."""
    if complaint_class not in CLASSES:
        raise Refusal("unknown_choice", field="complaint_class")
    return complaint_class


def check_evidence(kinds: Collection[str]) -> tuple[str, ...]:
    """The kinds in their order, each once. Raises Refusal("unknown_choice") for the field ``evidence``."""
    if not set(kinds) <= set(EVIDENCE):
        raise Refusal("unknown_choice", field="evidence")
    return tuple(kind for kind in EVIDENCE if kind in kinds)


def wants_evidence(complaint_class: str, kinds: Collection[str] | None, words: str) -> bool:
    """Whether something must be secured now: what was named, unless it is about a service.

    ``kinds`` None: the question was not put; of misconduct that says nothing, so it is looked for all the same.
    """
    if complaint_class == "service":
        return False
    return bool(kinds) or bool(words.strip()) or (complaint_class == "misconduct" and kinds is None)


def bars_whole_unit(complaint_class: str) -> bool:
    """Whether an officer's unit stays out with the officer; also where the class is not known yet."""
    return complaint_class != "service"


def check_may_put(*, evidence_open: bool) -> None:
    """Raises Refusal("evidence_first") while what could vanish is not secured."""
    if evidence_open:
        raise Refusal("evidence_first")


def check_finding(
    outcome: str, complaint_class: str, *, accused: Collection[int], heard: Collection[int], anybody: bool
) -> None:
    """Raises Refusal("unheard") where somebody would be found at fault of misconduct without having been heard.

    ``accused`` are the officers a matter names, ``heard`` those who answered or let the time pass; ``anybody`` says
    whether a unit is named, of which then at least one officer must have been heard.
    """
    if complaint_class != "misconduct" or outcome not in FOUND:
        return
    if not set(accused) <= set(heard) or (anybody and not heard):
        raise Refusal("unheard", field="outcome")


def is_closed_to_view(complaint_class: str, outcome: str, *, is_open: bool) -> bool:
    """Whether an ended matter is read by the desk outside, those who review it and the complainant alone."""
    return complaint_class == "misconduct" and outcome in UNFOUNDED and not is_open
