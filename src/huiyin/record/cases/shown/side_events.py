"""Which events of a dispute a side reads of: what concerns all, what it did itself, and who looked."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.record.cases.shown.timeline_of_sides import OF_ONE_SIDE
from huiyin.record.cases.shown.timeline_of_table import OF_TABLE
from huiyin.record.ledger.queries import EventView
from huiyin.rules.replay import LOOKS

TOLD_TO_ALL = frozenset(OF_TABLE) | frozenset(
    {
        "case_moved", "responsible_named", "responsible_changed", "consent_given", "consent_refused", "side_added",
        "side_code_given", "side_erased", "sides_joined", "term_lapsed", "term_escalated", "term_recounted",
        "mediator_proposed", "mediator_picked", "mediator_objected", "tie_told", "tie_found_late", "handed_over_to_body", "body_accepted", "urgency_set", "urgency_looked_at", "urgency_expired", "urgency_doubted", "parallel_joined", "body_declined",
        "invitation_failed", "side_invited", "window_closing", "erasure_proposed", "erasure_declined",
    }
)  # fmt: skip
"""Events of a dispute that every side reads of; whatever else stands in its history is told to whom it concerns."""


def told_to(events: Iterable[EventView], side: int) -> list[EventView]:
    """The events that the side of this number reads of. The asking side reads whatever is not another side's own."""
    return [each for each in events if _is_told(each, side)]


def _is_told(event: EventView, side: int) -> bool:
    if event.kind in LOOKS:
        return _is_look_for(event, side)
    if event.kind in OF_ONE_SIDE:
        return bool(event.details.get("side") == side)
    return side == 1 or event.kind in TOLD_TO_ALL or _is_by(event, side)


def _is_look_for(event: EventView, side: int) -> bool:
    """Looks of officers at the matter, and this side's own; not when another side read, nor whose name was opened but its own."""
    of = event.details.get("side")
    if of is not None:
        return bool(of == side)
    if event.kind in {"identity_unsealed", "contact_opened"}:
        return side == 1
    kind = event.actor.get("kind")
    if kind == "other_party":
        return _is_by(event, side)
    return kind != "complainant" or side == 1


def _is_by(event: EventView, side: int) -> bool:
    return event.actor.get("kind") == "other_party" and event.actor.get("duty_number") == str(side)
