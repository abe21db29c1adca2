"""What a move does to the clocks: meets, ends, starts, extends, stops and resumes terms."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace

from huiyin.record.cases.days import terms
from huiyin.record.cases.given import Given
from huiyin.record.cases.models import Case, RunningTerm
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.prepared import Place, Prepared, insert, update
from huiyin.rules.chain import Json
from huiyin.rules.procedure import Move, Procedure, Term
from huiyin.rules.refusal import Refusal
from huiyin.rules.running import may_extend, may_stop, resumed

_UNFINISHED = Prepared(
    lambda: RunningTerm.objects.filter(case=Place("case"), state__in=("running", "stopped")).order_by("id")
)


@dataclass(slots=True)
class _Clocks:
    """The clocks of one locked case while a move changes them."""

    case: Case
    procedure: Procedure
    actor: Actor
    today: datetime.date
    rows: dict[str, RunningTerm]
    met: list[Json] = field(default_factory=list)
    ended: list[Json] = field(default_factory=list)
    started: list[Json] = field(default_factory=list)

    @property
    def country(self) -> str:
        return self.case.body.calendar

    def note(self, kind: str, row: RunningTerm, **more: Json) -> None:
        """One event about one clock."""
        details: dict[str, Json] = {"term": row.term, "due_on": row.due_on.isoformat(), **more}
        append_event(ChainRef.case(self.case.number), kind, actor=self.actor, details=details)

    def count(self, row: RunningTerm) -> None:
        """Count a term again by its history."""
        terms.count_into(row, self.procedure.terms[row.term], country=self.country, zone=self.case.body.time_zone)


def move_clocks(
    case: Case, procedure: Procedure, rule: Move, given: Given, *, actor: Actor, today: datetime.date
) -> dict[str, Json]:
    """Carry out what the move says about clocks, write the case's next due day, and tell what was done.

    Raises Refusal for an extension or a suspension that the law does not allow now.
    """
    clocks = _Clocks(case, procedure, actor, today, {row.term: row for row in _UNFINISHED.all(case=case.pk)})
    is_final = procedure.states[rule.to_state].is_final
    if rule.extends:
        _extend(clocks, rule.extends, given)
    for name in rule.suspends:
        _stop(clocks, name, given)
    for name in rule.resumes:
        _resume(clocks, name)
    for name, row in list(clocks.rows.items()):
        _finish(clocks, rule, name, row, is_final=is_final)
    for name in rule.starts:
        _start(clocks, procedure.terms[name], given)
    terms.set_next_due(case, clocks.rows.values())
    return {"terms_met": clocks.met, "terms_ended": clocks.ended, "terms_started": clocks.started}


def _finish(clocks: _Clocks, rule: Move, name: str, row: RunningTerm, *, is_final: bool) -> None:
    if name in rule.meets:
        terms.finish(row, on=clocks.today)
        clocks.met.append({"term": name, "late": row.state == "met_late"})
    elif name in rule.ends or name in rule.starts or (is_final and row.owed_by != terms.COMPLAINANT):
        terms.finish(row, on=clocks.today, state="ended")
        clocks.ended.append(name)
    else:
        return
    update(row, "state", "ended_on")
    del clocks.rows[name]
    again = clocks.procedure.terms[name].recurs
    if again is not None and name in rule.meets and not is_final:
        _begin(clocks, replace(clocks.procedure.terms[name], length=again.every, unit=again.unit), again.every)


def _start(clocks: _Clocks, term: Term, given: Given) -> None:
    _begin(clocks, term, _days(given, maximum=term.length) if term.length_is_set and given.days else None)


def _begin(clocks: _Clocks, term: Term, length: int | None) -> None:
    zone = clocks.case.body.time_zone
    row = terms.new_term(clocks.case, term, start=clocks.today, country=clocks.country, length=length, zone=zone)
    insert(row)
    clocks.rows[term.id] = row
    clocks.started.append({"term": term.id, "due_on": row.due_on.isoformat()})


def _extend(clocks: _Clocks, name: str, given: Given) -> None:
    row = _running(clocks, name)
    term, history = clocks.procedure.terms[name], terms.history_of(row)
    maximum = term.extension.maximum if term.extension else 0
    length = _days(given, maximum=None) if given.days else maximum
    more = may_extend(term, history, length=length, due_on=row.due_on, on=clocks.today)
    before = row.due_on
    terms.keep_history(row, replace(history, extensions=(*history.extensions, more)))
    clocks.count(row)
    row.save()
    clocks.note("term_extended", row, before=before.isoformat(), days=length)


def _stop(clocks: _Clocks, name: str, given: Given) -> None:
    row = clocks.rows.get(name)
    if row is None:
        return
    term, history = clocks.procedure.terms[name], terms.history_of(row)
    stop = may_stop(term, history, reason=given.reason or _only_reason(term), on=clocks.today)
    terms.keep_history(row, replace(history, stops=(*history.stops, stop)))
    row.state = "stopped"
    row.save()
    why = next(each.name for each in term.stops if each.id == stop.reason)
    clocks.note("term_stopped", row, reason_zh=why.zh, reason_en=why.en)


def _resume(clocks: _Clocks, name: str) -> None:
    row = clocks.rows.get(name)
    if row is None or row.state != "stopped":
        return
    terms.keep_history(row, resumed(terms.history_of(row), on=clocks.today))
    row.state = "running"
    clocks.count(row)
    row.save()
    clocks.note("term_resumed", row)


def _running(clocks: _Clocks, name: str) -> RunningTerm:
    row = clocks.rows.get(name)
    if row is None or row.state != "running":
        raise Refusal("no_extension", term=name)
    return row


def _only_reason(term: Term) -> str:
    return term.stops[0].id if len(term.stops) == 1 else ""


def _days(given: Given, *, maximum: int | None) -> int:
    if not given.days.strip().isdecimal():
        raise Refusal("unknown_choice", field="days")
    days = int(given.days)
    if maximum is not None and not 1 <= days <= maximum:
        raise Refusal("extension_too_long", maximum=maximum)
    return days
