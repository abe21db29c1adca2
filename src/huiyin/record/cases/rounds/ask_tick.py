"""What the clock does about what was asked: a reminder on the day, the next one above where it was missed; withdrawals take effect."""

from __future__ import annotations

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies.models import Post
from huiyin.record.cases.asks import asking
from huiyin.record.cases.deeds import withdrawing
from huiyin.record.cases.fairness import putting
from huiyin.record.cases.models import Ask, Case, Grant
from huiyin.record.cases.rounds.duty_tick import BATCH, act_on_each
from huiyin.record.cases.who import scope
from huiyin.record.cases.who.conflict import Away, away_from
from huiyin.record.cases.who.outside import post_above, units_that_handled, without_outside_desks
from huiyin.record.law.calendars import calendar
from huiyin.record.ledger.chains import Actor
from huiyin.rules import asking as rule
from huiyin.rules.deadline import due

OUTSIDE = frozenset({"withdrawal", "withdrawn"})  # never answered inside a unit that has or had the matter


def act_on_asks(limit: int = BATCH) -> int:
    """Remind of what is to be answered today, pass what was missed to the next one above, let withdrawals take effect.

    Each once, also when it runs twice or was broken off. Gives how many.
    """
    return act_on_each(Ask.objects.all(), _act, limit)


@transaction.atomic
def _act(key: int, case_key: int) -> int:
    case = scope.locked(case_key)
    row = Ask.objects.select_for_update(of=("self",)).select_related("owed_by__unit__body").get(pk=key)
    row.case = case
    today = clock.today(case.body.time_zone)
    if row.next_act_on is None or row.next_act_on > today:
        return 0
    if row.state == "answered":
        withdrawing.take_effect(case, row)
        return 1
    act = rule.act_due(row.due_on, row.acts_done, today)
    if act == "reminder":
        if row.due_on == today:  # a reminder that comes too late is none
            asking.note(row, "ask_reminder", Actor.system())
        row.acts_done += 1
        row.next_act_on = rule.next_act_on(row.due_on, row.acts_done)
        row.save(update_fields=["acts_done", "next_act_on"])
    elif row.kind == "put":
        putting.not_answered(row)
    else:
        _missed(case, row)
    return 1


def _missed(case: Case, row: Ask) -> None:
    """Nobody answered in time: it goes to the next one above, with a day of its own; the complainant is told."""
    post = _above(case, row)
    if post is None:
        row.next_act_on = None
        row.save(update_fields=["next_act_on"])
        asking.note(row, "ask_missed", Actor.system())
        return
    before = row.due_on
    grants = Grant.objects.filter(case=case, post=row.owed_by, why=f"{row.kind} {row.number}", until_at=None)
    for capacity in list(grants.values_list("capacity", flat=True)):
        grants.filter(capacity=capacity).update(until_at=clock.now())
        Grant.objects.create(
            case=case, post=post, capacity=capacity, from_at=clock.now(), why=f"{row.kind} {row.number}"
        )
    today = clock.today(case.body.time_zone)
    row.owed_by, row.acts_done = post, 0
    row.due_on = due(today, asking.term_for(case, row.kind), calendar(case.body.calendar)).on
    row.next_act_on = rule.next_act_on(row.due_on, 0)
    row.save(update_fields=["owed_by", "acts_done", "due_on", "next_act_on"])
    to = {"to": post.code, "to_zh": post.unit.name_zh, "to_en": post.unit.name_en}
    asking.note(row, "ask_reported", Actor.system(), before=before.isoformat(), **to)


def _above(case: Case, row: Ask) -> Post | None:
    """The next one above whoever did not answer, whom the matter does not concern; for a withdrawal outside the units that had it."""
    away = away_from(case)
    had = without_outside_desks(units_that_handled([case.pk])) | {case.unit_id} if row.kind in OUTSIDE else frozenset()
    return post_above(row.owed_by, Away(away.units | had, away.officers))
