"""A call or a visit as pages show it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from huiyin.rules.procedure import Words


@dataclass(frozen=True, slots=True)
class WayOfTalking:
    """A rule of conduct of one call or visit: why, and its last day."""

    name: Words
    reason: str
    ends_on: datetime.date
    runs: bool


@dataclass(frozen=True, slots=True)
class ConversationView:
    """A call or a visit as it was written down."""

    kind_id: str
    kind: Words
    held_on: datetime.date
    text: str
    was_read_back: bool
    language: str
    at: datetime.datetime
    officer: Words | None
    talking: WayOfTalking | None
