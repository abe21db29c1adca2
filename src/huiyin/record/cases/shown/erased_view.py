"""What pages say of an erasure: that one was proposed, or that the words of a matter are gone."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from huiyin.record.ledger.queries import EventView
from huiyin.rules.procedure import Words


@dataclass(frozen=True, slots=True)
class Ahead:
    """An erasure that was proposed: by whom, by which law, and from which day on a second person may carry it out."""

    by: Words
    legal_basis: str
    from_on: datetime.date


@dataclass(frozen=True, slots=True)
class Erased:
    """The words of a matter were erased: when, by which law, and who the two people were."""

    at: datetime.datetime
    legal_basis: str
    first: Words
    second: Words


def erased_in(events: Iterable[EventView]) -> Erased | None:
    """The mark of an erasure; None where there is none."""
    mark = next((event for event in events if event.kind == "content_erased"), None)
    if mark is None:
        return None
    details = mark.details
    first = Words(str(details.get("first_zh", "")), str(details.get("first_en", "")))
    return Erased(mark.at, str(details.get("legal_basis", "")), first, _name(mark.actor))


def ahead_in(events: Iterable[EventView]) -> Ahead | None:
    """A proposal that nobody has decided yet; None where there is none."""
    found = None
    for event in events:
        if event.kind == "erasure_proposed":
            found = event
        elif event.kind in {"erasure_declined", "content_erased"}:
            found = None
    if found is None or found.erased:
        return None
    from_on = datetime.date.fromisoformat(str(found.details["on"]))
    return Ahead(_name(found.actor), str(found.details["legal_basis"]), from_on)


def _name(actor: Mapping[str, Any]) -> Words:
    name, unit = actor.get("name") or {}, actor.get("unit_name") or {}
    return Words(
        f"{unit.get('zh', '')} {name.get('zh', '')}".strip(), f"{name.get('en', '')}, {unit.get('en', '')}".strip(", ")
    )
