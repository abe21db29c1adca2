"""A reader copy as pages show it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from huiyin.rules.procedure import Words


@dataclass(frozen=True, slots=True)
class ReaderCopyView:
    """What the readers of a matter read, how many places are covered, and who keeps the original."""

    subject: str
    description: str
    count: int
    made_at: datetime.datetime
    keeper: Words
    may_open_original: bool = False
