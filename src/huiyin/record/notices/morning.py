"""The mail of the morning: what is due today and what is late, for officers who want it; never for a closed matter.

It says two counts and the way to the desk. It is a convenience beside the desk, where everything stands: an officer
who never reads it misses nothing, and none goes out where nothing is due.
"""

from __future__ import annotations

import datetime
import logging
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q

from huiyin.record import clock
from huiyin.record.bodies.models import Account, Body
from huiyin.record.bodies.queries import reader_for_account
from huiyin.record.cases.lists import queues
from huiyin.record.law.calendars import calendar
from huiyin.record.notices import mail, wording
from huiyin.record.notices.channels import Line, NotAccepted

log = logging.getLogger("huiyin.notices")

FROM = datetime.time(7, 30)  # at the place of the officer's body


@dataclass(frozen=True, slots=True)
class _Mailbox:
    email: str
    phone: str = ""


def send_morning_mail() -> int:
    """Send what is due to each officer who asked for it, once on each of their working days; gives how many went out.

    The day is marked before sending and unmarked where the mail was not taken: a process killed in between leaves
    one out rather than sending twice. Raises ``ChannelDown`` where the mail server cannot be reached.
    """
    waiting = Q(morning_told_on=None) | Q(morning_told_on__lt=clock.newest_day())
    keys = Account.objects.filter(waiting, is_active=True).exclude(morning_mail="").values_list("pk", flat=True)
    if not mail.is_set_up() or not keys:
        return 0
    with mail.Mail().line() as line:
        return sum(_tell(key, line) for key in keys)


def _tell(key: int, line: Line) -> int:
    account = Account.objects.get(pk=key)
    reader = reader_for_account(account)
    if reader is None or not reader.posts:
        return 0
    body = Body.objects.get(pk=reader.posts[0].body_id)
    local = clock.now().astimezone(ZoneInfo(body.time_zone))
    day, before = local.date(), account.morning_told_on
    if local.time() < FROM or not calendar(body.calendar).is_workday(day):
        return 0
    mine = Account.objects.filter(pk=key, morning_mail=account.morning_mail, morning_told_on=before)
    if before == day or not mine.update(morning_told_on=day):
        return 0
    overdue, today = queues.due_by(reader, day)
    if not overdue and not today:
        return 0
    said = wording.of_the_morning(key, day, overdue, today, account.language)
    try:
        line.send(_Mailbox(account.morning_mail), said)
    except Exception as problem:
        Account.objects.filter(pk=key, morning_told_on=day).update(morning_told_on=before)
        if not isinstance(problem, NotAccepted):
            raise
        log.warning("the mail of a morning was not taken (%s)", type(problem).__name__)
        return 0
    return 1
