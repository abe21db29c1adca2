"""How the words of a matter lie, as its complainant reads it: sealed since when, and what is still missing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from huiyin.record.cases.keys import matter_keys
from huiyin.record.cases.models import Case
from huiyin.record.ledger.queries import EventView
from huiyin.rules.sealing import is_to_be_sealed


@dataclass(frozen=True, slots=True)
class SealingView:
    """``later_at``: sealed while it was under way. ``waits_for_code``: the server still holds the complainant's key.

    ``lies_open``: it is to be sealed, and its desk has no key yet.
    """

    later_at: datetime.datetime | None = None
    waits_for_code: bool = False
    lies_open: bool = False


AS_IT_CAME = SealingView()
"""Nothing to say: an ordinary matter, or one sealed from its first word."""


def sealing_of(case: Case, events: Iterable[EventView], *, is_complainant: bool) -> SealingView:
    """The same, of one matter; officers read when it was sealed, and nothing of the code."""
    if not case.key_epoch:
        wanted = is_to_be_sealed(confidentiality=case.confidentiality, is_restricted=case.is_restricted)
        return SealingView(lies_open=wanted)
    later = next((event.at for event in events if event.kind == "sealed_later"), None)
    return SealingView(later, is_complainant and matter_keys.waits_for_entry([case.pk]))
