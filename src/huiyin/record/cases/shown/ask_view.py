"""What was asked in a matter, and what a matter about staff has besides: frozen values for pages."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from huiyin.rules import asking
from huiyin.rules.fairness import CLASS_NAMES
from huiyin.rules.procedure import Words


@dataclass(frozen=True, slots=True)
class AskView:
    """Something the complainant asked of one post, by when it is answered, and the answer with its reasons."""

    number: int
    kind: str
    name: Words
    text: str
    asked_at: datetime.datetime
    look_seq: int | None
    owed_by: Words
    due_on: datetime.date
    state: asking.State
    outcome: str
    answer: str
    answered_at: datetime.datetime | None
    officer: Words | None
    effective_on: datetime.date | None
    paper_on: datetime.date | None
    paper_at: str

    @property
    def is_under_way(self) -> bool:
        """Whether a withdrawal waits to be confirmed or to take effect: until then it can be undone."""
        return self.kind == "withdrawal" and (
            self.state == "open" or (self.state == "answered" and self.outcome == "confirmed")
        )


@dataclass(frozen=True, slots=True)
class StaffView:
    """What a matter about staff has besides: its class, evidence, what was put to whom; and what its reader may do.

    ``said`` is the class as whoever complains said it, ``complaint_class`` as it was set. ``officers`` can have something
    put to them; ``kept_away`` can be proposed to be let back, both as (code, name).
    """

    said: str
    complaint_class: str
    why: str
    set_at: datetime.datetime | None
    evidence: tuple[Words, ...]
    evidence_words: str
    asks: tuple[AskView, ...]
    may_set: bool = False
    may_contest: bool = False
    officers: tuple[tuple[str, Words], ...] = ()
    kept_away: tuple[tuple[str, Words], ...] = ()

    @property
    def name(self) -> Words | None:
        """The class that counts, in words."""
        return CLASS_NAMES.get(self.complaint_class or self.said)

    def of(self, kind: str) -> tuple[AskView, ...]:
        """What was asked of one kind, oldest first."""
        return tuple(each for each in self.asks if each.kind == kind)
