"""Which function carries out which effect, and which follows which event: the whole wiring on one page."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.record.cases.effects import Effect
from huiyin.record.ledger.following import Follower, Told
from huiyin.record.notices import outbox
from huiyin.record.notices.occasions import TELLING
from huiyin.stages.mediation import actions as mediation
from huiyin.stages.mediation import meetings, talks
from huiyin.stages.review import actions as review

EFFECTS: dict[str, Effect] = {
    "open_review": review.open_review,
    "review_decided": review.review_decided,
    "table_closed": talks.table_closed,
    "dispute_moved": mediation.dispute_moved,  # follows every move of a mediation (cases.effects.ALWAYS)
}


def both(first: Follower, then: Follower) -> Follower:
    """Two followers of one kind of event, one after the other."""

    def follow(told: Sequence[Told]) -> None:
        first(told)
        then(told)

    return follow


FOLLOWERS: dict[str, Follower] = {
    **dict.fromkeys(TELLING, outbox.draft),
    "contact_replaced": outbox.tell_again,
    "side_contact_given": outbox.tell_again,
    "tie_found_late": both(outbox.draft, meetings.void_after_tie),
}
