"""How the outbox stands: for whoever keeps the service running, and for the officer who answers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Min, Q

from huiyin.record.cases.who.addressees import recipients
from huiyin.record.notices import mail
from huiyin.record.notices.models import Notice
from huiyin.record.prepared import Place, Prepared

_LOST = Prepared(
    lambda: (
        Notice.objects.filter(party=Place("party"), state="undelivered").order_by("made_at").values_list("made_at")[:1]
    )
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many notices wait, since when, and how many reached nobody."""

    is_set_up: bool
    waiting: int
    oldest: datetime.datetime | None
    undelivered: int


def standing() -> Standing:
    """The outbox as a whole; nothing of it tells of one case."""
    waits = Q(state="waiting")
    found = Notice.objects.aggregate(
        waiting=Count("pk", filter=waits),
        oldest=Min("made_at", filter=waits),
        undelivered=Count("pk", filter=Q(state="undelivered")),
    )
    return Standing(mail.is_set_up(), found["waiting"], found["oldest"], found["undelivered"])


def undelivered_since(case_number: str) -> datetime.datetime | None:
    """Since when notices of a case reach nobody; for those who may open it and do."""
    return unreached(case_number).get(1)


def unreached(case_number: str) -> dict[int, datetime.datetime]:
    """The same for each side of a dispute that notices do not reach, by its number; for those who may open it and do."""
    sides = {each.party: each.side for each in recipients([case_number])}
    return {side: at for party, side in sides.items() for (at,) in _LOST.all(party=party)}
