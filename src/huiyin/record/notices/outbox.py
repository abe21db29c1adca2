"""Puts notices into the outbox, in the transaction of the events that they tell of (``ledger.following``).

Whoever appends to a case's chain holds its lock: nobody else writes a notice
of the same case meanwhile. A worker that takes a notice holds that lock too.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Sequence

from django.conf import settings
from django.db import connections, router

from huiyin.record import clock
from huiyin.record.cases.addressees import complainants, other_sides
from huiyin.record.ledger.following import Told
from huiyin.record.notices.models import Notice
from huiyin.record.notices.occasions import TO_ALL_SIDES, is_told

COLUMNS = ("party", "number", "told_until", "made_at", "state", "tries", "next_try_at")
# The condition is that of the constraint one_notice_gathers_for_a_party.
GATHER = (
    "INSERT INTO notices_notice (party_id, number, told_until, made_at, state, tries, next_try_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (party_id) WHERE state = 'waiting' AND tries = 0"
    " DO UPDATE SET told_until = excluded.told_until"
)


def draft(told: Sequence[Told]) -> None:
    """Tell the people of each case of its events: in the notice that waits for them, or in a new one."""
    of_cases = [each for each in told if each.chain.kind == "case"]
    _gather([each for each in of_cases if is_told(each.kind, by=each.by)], complainants)
    _gather([each for each in of_cases if each.kind in TO_ALL_SIDES and each.by != "other_party"], other_sides)


def tell_again(told: Sequence[Told]) -> None:
    """A new contact takes the place of one that could not be reached: what was not delivered is told once more."""
    parties = dict(complainants([each.chain.key for each in told if each.chain.kind == "case"]))
    lost = Notice.objects.filter(party__in=parties.values(), state="undelivered")
    again = set(lost.values_list("party_id", flat=True))
    if again:
        lost.update(state="done")
        _gather([each for each in told if parties.get(each.chain.key) in again], complainants)


def _gather(told: Sequence[Told], whom: Callable[[Collection[str]], list[tuple[str, int]]]) -> None:
    spans: dict[str, tuple[int, int]] = {}
    for each in told:
        first, last = spans.get(each.chain.key, (each.seq, each.seq))
        spans[each.chain.key] = (min(first, each.seq), max(last, each.seq))
    if not spans:
        return
    now = clock.now()
    next_try_at = now + datetime.timedelta(seconds=settings.HUIYIN_NOTICE_PAUSE)
    connection = connections[router.db_for_write(Notice)]
    by_name = {field.name: field for field in Notice._meta.concrete_fields}
    fields = [by_name[name] for name in COLUMNS]
    rows = [
        [
            field.get_db_prep_save(value, connection)
            for field, value in zip(fields, (party, *spans[number], now, "waiting", 0, next_try_at), strict=True)
        ]
        for number, party in whom(spans)
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(GATHER, rows)
