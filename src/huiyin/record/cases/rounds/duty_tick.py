"""What the clock does about duties: a reminder on the day, and one report of what was missed. It ends nothing."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet

from huiyin.record import clock
from huiyin.record.bodies.models import Post
from huiyin.record.cases.models import Case, Duty
from huiyin.record.cases.promises.promising import told_of
from huiyin.record.cases.shown.rows import Owed
from huiyin.record.cases.who import scope
from huiyin.record.cases.who.escalating import Ladder, matters_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules import duties
from huiyin.rules.chain import Json

BATCH = 200
BREATH = 0.01  # seconds between two acts, so that a complaint that comes in never waits behind a whole batch


def act_on_duties(limit: int = BATCH) -> int:
    """Remind of duties on their day, report those that were missed to the superior, each once; gives how many.

    How far the clock has come stands on the row, written with the act: what ran twice or was broken off
    does nothing twice. What the office says it has done waits for the complainant, and is left alone.
    """
    return act_on_each(Duty.objects.filter(state="open"), _act, limit)


def act_on_each(rows: QuerySet[Owed], act: Callable[[int, int], int], limit: int) -> int:
    """Let ``act`` look at each row whose day has come where its body is, by its key and that of its case.

    Gives how many it touched.
    """
    found = rows.filter(next_act_on__lte=clock.newest_day()).order_by("next_act_on", "id")
    touched = 0
    for key, case, zone, on in list(found.values_list("pk", "case_id", "case__body__time_zone", "next_act_on")[:limit]):
        if on is not None and on <= clock.today(zone):
            touched += act(key, case)
            time.sleep(BREATH)
    return touched


@transaction.atomic
def _act(key: int, case_key: int) -> int:
    case = scope.locked(case_key)
    duty = Duty.objects.select_for_update().filter(pk=key, state="open").first()
    if duty is None:
        return 0
    today, begun = clock.today(case.body.time_zone), duty.acts_done
    act = duties.next_act(duty.due_on, duty.acts_done)
    while act is not None and act[0] <= today:
        if act[1] == "missed" or act[0] == today:  # a reminder that comes too late is none
            _carry_out(case, duty, act[1])
        duty.acts_done += 1
        act = duties.next_act(duty.due_on, duty.acts_done)
    duty.next_act_on = act[0] if act else None
    duty.save(update_fields=["acts_done", "next_act_on"])
    return int(duty.acts_done != begun)


def _carry_out(case: Case, duty: Duty, act: duties.Act) -> None:
    details: dict[str, Json] = told_of(duty)
    event = f"duty_{act}"
    post = _superior(case) if act == "missed" else None
    if post is not None:
        event = "duty_reported"
        details |= {"to": post.code, "to_zh": post.unit.name_zh, "to_en": post.unit.name_en}
    append_event(ChainRef.case(case.number), event, actor=Actor.system(), details=details)


def _superior(case: Case) -> Post | None:
    """The nearest superior whom the matter does not concern; may look into it from now on."""
    matter = matters_of([case.pk])[case.pk]
    return Ladder().climb([(matter, "superior", "duty")]).get((case.pk, "superior"))
