"""Review: somebody else looks again, in a case of its own at the next higher body."""

from __future__ import annotations

from huiyin.record.cases.effects import Deed
from huiyin.record.cases.moving import moves


def open_review(deed: Deed) -> None:
    """A contest opens a linked review with its own clock; the units that decided stay away."""
    moves.open_review(deed)


def review_decided(deed: Deed) -> None:
    """The review decision goes back into the original: it ends, or it is taken up again."""
    moves.decide_original(deed, upheld="end_after_review", changed="resume_after_review")
