"""What happens by the clock alone: a missed day is noted, once, whoever is watching or not.

Deadlines stand on rows and are computed from dates; a night in which nothing
ran is made up for by the next run. Nothing here refuses, merges or closes.
"""

from __future__ import annotations

import datetime

from django.db import transaction

from huiyin.record import clock
from huiyin.record.cases.models import RunningTerm
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef

BATCH = 500


def note_lapsed(limit: int = BATCH) -> int:
    """Note terms whose last day is over, each in its case's chain and only once; gives how many.

    A missed duty of the office stays owed: the term goes on running, late. A
    complainant's window that closed is marked without an event.
    """
    latest = clock.now().date() + datetime.timedelta(days=1)
    keys = RunningTerm.objects.filter(state="running", lapse_noted_at=None, due_on__lt=latest)
    done = 0
    for key in list(keys.order_by("due_on", "id").values_list("pk", flat=True)[:limit]):
        done += _note(key)
    return done


def _note(key: int) -> int:
    with transaction.atomic():
        row = (
            RunningTerm.objects.select_for_update(of=("self",))
            .select_related("case__body")
            .filter(pk=key, state="running", lapse_noted_at=None)
            .first()
        )
        if row is None or row.due_on >= clock.today(row.case.body.time_zone):
            return 0
        row.lapse_noted_at = clock.now()
        row.save(update_fields=["lapse_noted_at"])
        if row.owed_by != "complainant":
            append_event(
                ChainRef.case(row.case.number),
                "term_lapsed",
                actor=Actor.system(),
                details={"term": row.term, "due_on": row.due_on.isoformat()},
            )
    return 1
