"""Withdrawal: asked by the complainant alone, confirmed by a desk outside the unit, undone for seven days.

While it is asked and confirmed the matter goes on with all its clocks, and the unit does not read of it: nobody
can see whether a withdrawal that was pressed for was undone. Supervision looks afterwards whether it must go on.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Post
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases import milestones
from huiyin.record.cases.asks import asking
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.days import terms
from huiyin.record.cases.models import Ask, Case, Draft, Grant, RunningTerm
from huiyin.record.cases.models.case import NO_DATE
from huiyin.record.cases.opening import access
from huiyin.record.cases.who import scope
from huiyin.record.cases.who.conflict import Away, Nearest, away_from
from huiyin.record.cases.who.outside import outside_post, units_that_handled, without_outside_desks
from huiyin.record.cases.who.responsible import close_what_came_before
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.chains import Actor
from huiyin.rules import asking as rule
from huiyin.rules.receipt import parse_case_number
from huiyin.rules.refusal import Refusal
from huiyin.rules.running import Stopped, resumed
from huiyin.rules.withdrawal import OUTCOME, STOPPED_FOR

DESK = "withdrawal_desk"
PAPER_AT_LIMIT = 200  # characters


def ask_to_withdraw(holder: Holder, *, case_number: str = "", text: str = "") -> int:
    """Ask, as the complainant, to withdraw an open matter; why need not be said. Gives the number of what was asked.

    Raises Refusal("not_allowed_now") for a matter that has ended, "repeated" while a withdrawal is under way,
    "too_long", and "no_desk" where no desk outside the unit can confirm it.
    """
    text = asking.checked(text, is_needed=False)
    with transaction.atomic():
        case = scope.locked(access.family_case(holder, case_number, to="own").pk)
        return _asked(case, Actor.complainant(), "withdrawal_asked", text=text)


def record_paper(case_number: str, *, by: Reader, signed_on: datetime.date, kept_at: str) -> int:
    """Record, at a desk outside the unit, a withdrawal that the complainant signed on paper; somebody else confirms it.

    Raises Refusal("not_your_move") for anybody else, "check_digits" for a number that is not there or not
    theirs, "date_in_future", "input_missing", and what ``ask_to_withdraw`` raises.
    """
    desk = outside_desk_of(by)
    if desk is None:
        raise Refusal("not_your_move", move="withdraw")
    kept_at = asking.checked(kept_at, field="kept_at")[:PAPER_AT_LIMIT]
    with transaction.atomic():
        found = Case.scoped.filter(number=parse_case_number(case_number) or "").values_list("pk", flat=True).first()
        case = scope.locked(found) if found else None
        if case is None or scope.is_barred(by, case) or case.unit_id in by.unit_ids:
            raise Refusal("check_digits")
        if signed_on > clock.today(case.body.time_zone):
            raise Refusal("date_in_future", field="signed_on")
        actor = by.actor(desk)
        paper = (signed_on, kept_at)
        return _asked(case, actor, "withdrawal_on_paper", paper=paper, recorded_by=by.officer_id)


def outside_desk_of(by: Reader) -> int | None:
    """The reader's post at a desk where paper is recorded: the withdrawal desk, or an outside desk."""
    return next((each.id for each in by.posts if DESK in each.roles or each.is_outside), None)


def undo(holder: Holder, *, case_number: str = "") -> None:
    """Undo a withdrawal before it takes effect: the complainant alone, without a reason. Raises Refusal("not_allowed_now")."""
    with transaction.atomic():
        case = scope.locked(access.family_case(holder, case_number).pk)
        row = under_way(case)
        if row is None:
            raise Refusal("not_allowed_now")
        row.state, row.next_act_on, row.effective_on = "undone", None, None
        row.save(update_fields=["state", "next_act_on", "effective_on"])
        _end_reading(row)
        asking.note(row, "withdrawal_undone", Actor.complainant(holder.helper))


def under_way(case: Case) -> Ask | None:
    """The withdrawal of a case that waits to be confirmed or to take effect, locked."""
    rows = Ask.objects.select_for_update(of=("self",)).filter(case=case, kind="withdrawal")
    found = rows.filter(state="open").first() or rows.filter(state="answered", outcome="confirmed").first()
    if found is not None:
        found.case = case
    return found


def answered(case: Case, row: Ask, actor: Actor) -> None:
    """What follows when the desk has answered: seven days, or nothing. Raises Refusal("not_your_move") inside the unit."""
    if row.owed_by.unit_id == case.unit_id:
        raise Refusal("not_your_move", move="withdraw")
    if row.outcome != "confirmed":
        _end_reading(row)
        asking.note(row, "withdrawal_not_confirmed", actor, text=row.answer)
        return
    row.effective_on = row.next_act_on = rule.effective_on(clock.today(case.body.time_zone))
    row.save(update_fields=["effective_on", "next_act_on"])
    asking.note(row, "withdrawal_confirmed", actor, text=row.answer, on=row.effective_on.isoformat())


def take_effect(case: Case, row: Ask) -> None:
    """End a matter whose confirmed withdrawal was not undone: its clocks stand still, and supervision looks it over."""
    now, today = clock.now(), clock.today(case.body.time_zone)
    row.state, row.next_act_on = "ended", None
    row.save(update_fields=["state", "next_act_on"])
    _end_reading(row)
    if not case.is_open:
        return
    for term in RunningTerm.objects.select_for_update().filter(case=case, state="running"):
        history = terms.history_of(term)
        stop = Stopped(today, None, STOPPED_FOR)
        terms.keep_history(term, replace(history, stops=(*history.stops, stop)))
        term.state = "stopped"
        term.save(update_fields=["stops", "state"])
    Draft.objects.filter(case=case).delete()
    Grant.objects.filter(case=case, capacity="sign_off", until_at=None).update(until_at=now)
    close_what_came_before(case, now)
    case.is_open, case.is_waiting, case.stage, case.outcome = False, False, "ended", OUTCOME
    case.due_on, case.is_provisional, case.closed_at = NO_DATE, False, now
    case.last_word_at, case.last_word_by, case.version = now, "complainant", case.version + 1
    case.save()
    milestones.note(case, "ended")
    asking.note(row, "withdrawal_took_effect", Actor.system())
    _let_supervision_look(case)


def looked_over(case: Case, row: Ask, actor: Actor) -> None:
    """What supervision found: the withdrawal stands, or the matter goes on from where it was."""
    if row.outcome != "goes_on":
        asking.note(row, "withdrawn_left", actor, text=row.answer)
        return
    if case.is_open or case.outcome != OUTCOME:
        raise Refusal("not_allowed_now")
    today = clock.today(case.body.time_zone)
    procedure = procedure_of(case.law_id)
    rows = list(RunningTerm.objects.select_for_update().filter(case=case, state__in=("running", "stopped")))
    for term in rows:
        history = terms.history_of(term)
        if not history.stops or history.stops[-1].reason != STOPPED_FOR or history.stops[-1].to_on is not None:
            continue
        terms.keep_history(term, resumed(history, on=today))
        term.state = "running"
        terms.count_into(term, procedure.terms[term.term], country=case.body.calendar, zone=case.body.time_zone)
        term.save()
    case.is_open, case.outcome, case.closed_at = True, "", None
    case.stage = procedure.states[case.state].stage
    terms.set_next_due(case, rows)
    case.version += 1
    case.save()
    milestones.note(case, "reopened")
    asking.note(row, "withdrawn_goes_on", actor, text=row.answer)


def _asked(
    case: Case,
    actor: Actor,
    event: str,
    *,
    text: str = "",
    paper: tuple[datetime.date, str] | None = None,
    recorded_by: int | None = None,
) -> int:
    if not case.is_open:
        raise Refusal("not_allowed_now")
    if under_way(case) is not None:
        raise Refusal("repeated")
    post = _desk(case, recorded_by)
    if post is None:
        raise Refusal("no_desk")
    row = asking.ask(case, "withdrawal", of=post, actor=actor, text=text, paper=paper, event=event)
    Grant.objects.create(case=case, post=post, capacity="outside", from_at=clock.now(), why=_why(row))
    return row.number


def _desk(case: Case, recorded_by: int | None) -> Post | None:
    """The withdrawal desk outside every unit that had the matter; an outside desk that had it only where it has it no more."""
    away = away_from(case)
    officers = away.officers | ({recorded_by} if recorded_by else set())
    had = units_that_handled([case.pk])
    strict = Away(away.units | had | {case.unit_id}, officers)
    lenient = Away(away.units | without_outside_desks(had) | {case.unit_id}, officers)
    starts = [case.body, bodies.receiving_body() or case.body]
    return outside_post(starts, strict, role=DESK) or outside_post(starts, lenient, role=DESK)


def _let_supervision_look(case: Case) -> None:
    away = away_from(case)
    away = Away(away.units | {case.unit_id}, away.officers)
    starts = dict.fromkeys([case.body, bodies.receiving_body() or case.body])
    for role in ("supervisor", "body_head"):
        for start in starts:
            post = Nearest().post((role,), unit=case.unit_id, body=start.pk, away=away)
            if post is not None:
                row = asking.ask(case, "withdrawn", of=post, actor=Actor.system())
                Grant.objects.create(case=case, post=post, capacity="supervision", from_at=clock.now(), why=_why(row))
                return


def _end_reading(row: Ask) -> None:
    grants = Grant.objects.filter(case=row.case, capacity="outside", why=_why(row), until_at=None)
    grants.update(until_at=clock.now())


def _why(row: Ask) -> str:
    return f"{row.kind} {row.number}"
