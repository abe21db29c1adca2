"""What each letter must hold, so that nobody gets one that cannot be checked or contested.

Regulations on Petitions (2022), Articles 23, 32 and 34 to 36: who deals with it and by when; the facts, the
opinion and the law; and with every decision where it can be taken next. A pack may ask for more, never for less.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from huiyin.rules.refusal import Refusal

FILLED_IN = frozenset(
    {"request", "legal_basis", "outcome", "reason", "route", "review_route", "window", "due", "old_due", "responsible"}
)
"""What the program takes from the move, the case and the pack; every other word is the officer's own text."""
BY_WRITER = frozenset(["legal_basis", "outcome", "reason", "route"])
"""Of these, what comes with the move; the rest is in the case and the pack."""

_DECISION = ("text", "outcome", "legal_basis", "review_route")
_REQUIRED: dict[str, tuple[str, ...]] = {
    "acknowledgment": ("due", "responsible"),
    "interim_notice": ("text", "responsible"),
    "acceptance_notice": ("due", "responsible"),
    "decline_notice": ("text", "reason", "route", "legal_basis", "review_route"),
    "reply": _DECISION,
    "decision": _DECISION,
    "review_opinion": _DECISION,
    "recheck_opinion": _DECISION,
    "no_case_notice": (*_DECISION, "route"),
    "prosecutor_reasons": ("text", "review_route"),
    "transfer_notice": ("responsible",),
    "extension_notice": ("text", "old_due", "due"),
    "reminder": ("due", "responsible"),
    "closing_notice": ("review_route",),
}
KINDS = tuple(_REQUIRED)


def required_contents(kind: str, asked: Iterable[str] = ()) -> tuple[str, ...]:
    """The parts a letter of this kind must hold; ``asked`` are those its pack names besides."""
    named = [part if part in FILLED_IN else "text" for part in asked]
    return tuple(dict.fromkeys((*_REQUIRED.get(kind, ("text",)), *named)))


def check_contents(kind: str, present: Collection[str], asked: Iterable[str] = ()) -> None:
    """Raises Refusal("input_missing", field=...) for the first part that is not there."""
    for part in required_contents(kind, asked):
        if part not in present:
            raise Refusal("input_missing", field=part)
