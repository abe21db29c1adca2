"""Puts notices into the outbox, in the transaction of the events that they tell of (``ledger.following``).

Whoever appends to a case's chain holds its lock: nobody else writes a notice
of the same case meanwhile. A worker that takes a notice holds that lock too.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.db import connections, router

from huiyin.record import clock
from huiyin.record.cases.who.addressees import Recipient, recipients
from huiyin.record.ledger.following import Told
from huiyin.record.notices.models import Notice
from huiyin.record.notices.occasions import TELLING, is_told

Span = tuple[int, int, int]
"""A party, and the first and the last event that it is told of."""

COLUMNS = ("party", "number", "told_until", "made_at", "state", "tries", "next_try_at")
# The condition is that of the constraint one_notice_gathers_for_a_party.
GATHER = (
    "INSERT INTO notices_notice (party_id, number, told_until, made_at, state, tries, next_try_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (party_id) WHERE state = 'waiting' AND tries = 0"
    " DO UPDATE SET told_until = excluded.told_until"
)


def draft(told: Sequence[Told]) -> None:
    """Tell the people of each case of its events: in the notice that waits for them, or in a new one."""
    of_cases: dict[str, list[Told]] = {}
    for each in told:
        if each.chain.kind == "case" and each.kind in TELLING:
            of_cases.setdefault(each.chain.key, []).append(each)
    spans: list[Span] = []
    for whom in recipients(of_cases) if of_cases else ():
        seqs = [each.seq for each in of_cases[whom.case_number] if _concerns(each, whom)]
        if seqs:
            spans.append((whom.party, min(seqs), max(seqs)))
    _gather(spans)


def tell_side(case_number: str, side: int, seq: int) -> None:
    """Tell one side alone of event ``seq``, which says nothing of whom it concerns; in the transaction of that event."""
    _gather([(each.party, seq, seq) for each in recipients([case_number]) if each.side == side])


def tell_again(told: Sequence[Told]) -> None:
    """A new contact takes the place of one that could not be reached: what was not delivered is told once more."""
    spans: list[Span] = []
    for each in told:
        if each.chain.kind == "case":
            whose = [whom for whom in recipients([each.chain.key]) if whom.side == (each.about or each.side or 1)]
            lost = Notice.objects.filter(party__in=[whom.party for whom in whose], state="undelivered")
            again = set(lost.values_list("party_id", flat=True))
            lost.update(state="done")
            spans += [(party, each.seq, each.seq) for party in again]
    _gather(spans)


def _concerns(each: Told, whom: Recipient) -> bool:
    return is_told(each.kind, by=each.by, side=whom.side, by_side=each.side)


def _gather(spans: Sequence[Span]) -> None:
    now = clock.now()
    next_try_at = now + datetime.timedelta(seconds=settings.HUIYIN_NOTICE_PAUSE)
    connection = connections[router.db_for_write(Notice)]
    by_name = {field.name: field for field in Notice._meta.concrete_fields}
    fields = [by_name[name] for name in COLUMNS]
    rows = [
        [
            field.get_db_prep_save(value, connection)
            for field, value in zip(fields, (*span, now, "waiting", 0, next_try_at), strict=True)
        ]
        for span in spans
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(GATHER, rows)
