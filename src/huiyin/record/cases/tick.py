"""What happens by the clock alone: reminders, the missed day, the ladder; once each, whoever is watching or not.

Deadlines stand on rows and are computed from dates; a night in which nothing
ran is made up for by the next run. Nothing here refuses, merges or closes.
"""

from __future__ import annotations

import datetime
import time

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Post
from huiyin.record.cases.models import Barred, Case, Grant, RunningTerm
from huiyin.record.cases.terms import COMPLAINANT
from huiyin.record.law.calendars import calendar
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules import ladder
from huiyin.rules.chain import Json

BATCH = 200  # in one go: the worker has other work, of which some is promised within seconds
BREATH = 0.01  # seconds between two acts, so that a complaint that comes in never waits behind a whole batch
ESCALATES_TO = {"superior": ("unit_head", "body_head"), "supervision": ("supervisor", "body_head")}


def act_on_terms(limit: int = BATCH) -> int:
    """Carry out every act that is due, each once, in its case's chain; gives how many terms were touched.

    A missed duty of the office stays owed: the term goes on running, late.
    """
    latest = clock.now().date() + datetime.timedelta(days=1)
    due = RunningTerm.objects.filter(state="running", next_act_on__lte=latest).order_by("next_act_on", "id")
    touched = 0
    for key in list(due.values_list("pk", flat=True)[:limit]):
        touched += _act(key)
        time.sleep(BREATH)
    return touched


def _act(key: int) -> int:
    with transaction.atomic():
        row = (
            RunningTerm.objects.select_for_update(of=("self",))
            .select_related("case__body", "case__unit")
            .filter(pk=key, state="running")
            .first()
        )
        if row is None:
            return 0
        case = row.case
        term = procedure_of(case.law_id).terms[row.term]
        planned = ladder.acts(term, row.starts_on, row.due_on, calendar(case.body.calendar))
        today, done = clock.today(case.body.time_zone), row.acts_done
        while done < len(planned) and planned[done].on <= today:
            _carry_out(case, row, planned[done].kind)
            done += 1
        if done == row.acts_done:
            return 0
        row.acts_done, row.next_act_on = done, ladder.next_on(planned, done)
        row.save(update_fields=["acts_done", "next_act_on"])
    return 1


def _carry_out(case: Case, row: RunningTerm, kind: str) -> None:
    if row.owed_by == COMPLAINANT and kind in {"due", "overdue"}:
        return  # a window that closes is nobody's lateness
    details: dict[str, Json] = {"term": row.term, "due_on": row.due_on.isoformat(), "act": kind}
    if kind in ESCALATES_TO:
        post = _superior(case, ESCALATES_TO[kind])
        if post is not None:
            details |= {"to": post.code, "to_zh": post.unit.name_zh, "to_en": post.unit.name_en}
            Grant.objects.get_or_create(
                case=case, post=post, capacity=kind, until_at=None, defaults={"from_at": clock.now(), "why": row.term}
            )
    event = "term_lapsed" if kind == "overdue" else "term_escalated" if kind in ESCALATES_TO else "term_reminder"
    append_event(ChainRef.case(case.number), event, actor=Actor.system(), details=details)


def _superior(case: Case, roles: tuple[str, ...]) -> Post | None:
    """The nearest post with one of the roles that the matter does not concern: unit, body, then the bodies above."""
    barred = Barred.objects.filter(case=case)
    units = set(barred.exclude(unit=None).values_list("unit_id", flat=True))
    officers = set(barred.exclude(officer=None).values_list("officer_id", flat=True))
    for role in roles:
        places = [bodies.posts_with_role(role, units=[case.unit_id])]
        places += [bodies.posts_with_role(role, body=body.pk) for body in bodies.line_of_bodies(case.body)]
        for posts in places:
            acting = bodies.holders([post.pk for post in posts])
            for post in posts:
                is_free = post.unit_id not in units and post.pk in acting and acting[post.pk].pk not in officers
                if is_free and post.pk != case.responsible_post_id:
                    return post
    return None
