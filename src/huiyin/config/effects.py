"""Which function carries out which effect: the whole wiring on one page."""

from __future__ import annotations

from huiyin.record.cases.effects import Effect
from huiyin.stages.review import actions as review

EFFECTS: dict[str, Effect] = {
    "open_review": review.open_review,
    "review_decided": review.review_decided,
}
