"""How a letter reached the person, and the time to act that opens with it.

A window that the law counts from receipt does not run before: not from the day of the letter, not from its sending.
"""

from __future__ import annotations

import datetime

from huiyin.record import clock
from huiyin.record.cases.days import terms
from huiyin.record.cases.models import Case, RunningTerm
from huiyin.record.files import store
from huiyin.record.files.models import Letter
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.prepared import Place, Prepared
from huiyin.rules.procedure import OUTSIDERS, Move, Procedure

EVENTS = {
    "portal_read": "letter_read",
    "post": "letter_posted",
    "handed_over": "letter_handed_over",
    "returned": "letter_returned",
}
RECEIVED = ("portal_read", "handed_over")  # ways by which a letter is known to have arrived
_WAITING = Prepared(
    lambda: RunningTerm.objects.filter(case=Place("case"), state="running").exclude(waits_for="").order_by("id")
)


def wait_for_receipt(case: Case, procedure: Procedure, rule: Move, letter: str) -> None:
    """Let the windows that a move has just started, and the law counts from receipt, wait for its letter."""
    opened = [procedure.terms[name] for name in rule.starts]
    waiting = [term.id for term in opened if term.window_opens == "receipt" and term.owed_by in OUTSIDERS]
    if waiting:
        rows = RunningTerm.objects.filter(case=case, term__in=waiting, state="running")
        rows.update(waits_for=letter, next_act_on=None)


def serve(case: Case, letter: Letter, *, how: str, on: datetime.date, actor: Actor) -> None:
    """Write down how a letter was served; on the first day it is known to have arrived its windows open."""
    by = actor.duty_number or actor.kind
    if store.note_service(letter, how=how, on=on, at=clock.now(), by=by):
        details = {"number": letter.number, "how": how, "on": on.isoformat()}
        append_event(ChainRef.case(case.number), EVENTS[how], actor=actor, details=details)
    if how in RECEIVED:
        for row in _WAITING.all(case=case.pk):
            if row.waits_for == letter.number:
                _open(case, row, on, actor)


def serve_what_is_read(case: Case) -> None:
    """Reading the matter on the portal, answer and all, is receipt of the letters that something waits for."""
    for number in {row.waits_for for row in _WAITING.all(case=case.pk)}:
        letter = store.find_number(case.pk, number)
        if letter is not None:
            serve(case, letter, how="portal_read", on=clock.today(case.body.time_zone), actor=Actor.complainant())


def _open(case: Case, row: RunningTerm, on: datetime.date, actor: Actor) -> None:
    term = procedure_of(case.law_id).terms[row.term]
    row.waits_for, row.starts_on = "", on
    terms.count_into(row, term, country=case.body.calendar, zone=case.body.time_zone)
    row.first_due_on = row.due_on
    row.save()
    details = {"term": row.term, "since": on.isoformat(), "due_on": row.due_on.isoformat()}
    append_event(ChainRef.case(case.number), "window_opened", actor=actor, details=details)
