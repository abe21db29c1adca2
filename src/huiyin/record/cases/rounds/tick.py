"""What happens by the clock alone: reminders, the missed day, the ladder; once each, whoever is watching or not.

Deadlines stand on rows and are computed from dates; a night in which nothing
ran is made up for by the next run. Nothing here refuses, merges or closes.

The rows are taken in batches, each in a transaction of its own: killed
anywhere, a batch is done or not begun, and how many acts lie behind a term
stands on its row beside them.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Q

from huiyin.record import clock
from huiyin.record.bodies import queries as bodies
from huiyin.record.cases.days.terms import COMPLAINANT
from huiyin.record.cases.models import Case, RunningTerm
from huiyin.record.cases.who.escalating import ESCALATES_TO, Ladder, Matter, matters_of
from huiyin.record.law.calendars import calendar
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.append import append_across
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.prepared import update_each
from huiyin.rules import ladder
from huiyin.rules.chain import Json
from huiyin.rules.ladder import Act

Found = tuple[datetime.date, int, int]
"""The day of a term's next act, its key, and that of its case."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many terms in one transaction, and how many seconds to let others write before the next."""

    batch: int
    breath: float


BESIDE_OTHERS = Pace(500, 0.0)
"""Where rows are locked one by one: whoever wants another case does not wait at all."""

ONE_WRITER = Pace(10, 0.03)
"""Where one writes at a time: a complaint that comes in waits for a few milliseconds, never for a whole run."""


def act_on_terms(*, seconds: float | None = None, pace: Pace | None = None) -> int:
    """Carry out every act that is due, each once, in its case's chain; gives how many terms were touched.

    After ``seconds`` the rest is left for the next run. A missed duty of the office stays owed: the
    term goes on running, late. A case that somebody is working on is left for the next run too.
    """
    pace = pace or (BESIDE_OTHERS if connection.features.has_select_for_update_skip_locked else ONE_WRITER)
    until = time.monotonic() + seconds if seconds is not None else None
    run, touched, after = _Run(), 0, (datetime.date.min, 0)
    while found := _due(after, pace.batch):
        after = found[-1][:2]
        touched += _act(found, run)
        if len(found) < pace.batch or (until is not None and time.monotonic() > until):
            break
        time.sleep(pace.breath)
    return touched


@dataclass(slots=True)
class _Run:
    """What need not be asked again while one run lasts."""

    ladder: Ladder = field(default_factory=Ladder)
    planned: dict[tuple[object, ...], tuple[Act, ...]] = field(default_factory=dict)
    days: dict[str, datetime.date] = field(default_factory=dict)

    def acts(self, row: RunningTerm, matter: Matter) -> tuple[Act, ...]:
        """Everything that happens by itself for a term; many terms share their dates."""
        key = (matter.law, row.term, row.starts_on, row.due_on, matter.country)
        if key not in self.planned:
            term = procedure_of(matter.law).terms[row.term]
            self.planned[key] = ladder.acts(term, row.starts_on, row.due_on, calendar(matter.country))
        return self.planned[key]

    def today(self, zone: str) -> datetime.date:
        """The day at a body's place when the run first asked."""
        return self.days.setdefault(zone, clock.today(zone))


@dataclass(frozen=True, slots=True)
class _Happening:
    """One act of one term, due now."""

    row: RunningTerm
    matter: Matter
    kind: str


def _due(after: tuple[datetime.date, int], size: int) -> list[Found]:
    """Terms whose next act is due at the place of some body, in the order of their days."""
    day, key = after
    latest = max((clock.today(zone) for zone in bodies.zones()), default=clock.today("UTC"))
    rows = RunningTerm.objects.filter(state="running", next_act_on__gte=day, next_act_on__lte=latest)
    rows = rows.filter(Q(next_act_on__gt=day) | Q(pk__gt=key)).order_by("next_act_on", "id")
    return [(on, pk, case) for on, pk, case in rows.values_list("next_act_on", "pk", "case_id")[:size] if on]


@transaction.atomic
def _act(found: Sequence[Found], run: _Run) -> int:
    """One batch. The cases are locked first, as a move locks them, then their chains: nobody waits in a circle."""
    cases = Case.scoped.select_for_update(skip_locked=True, no_key=True).filter(pk__in={case for *_, case in found})
    matters = matters_of(list(cases.order_by("pk").values_list("pk", flat=True)))
    rows = RunningTerm.objects.filter(pk__in=[key for _, key, _ in found], case__in=list(matters), state="running")
    happenings: list[_Happening] = []
    touched: list[RunningTerm] = []
    stale: list[RunningTerm] = []
    for row in rows.order_by("next_act_on", "id"):
        matter, done, next_on = matters[row.case_id], row.acts_done, row.next_act_on
        kinds = _advance(row, run.acts(row, matter), run.today(matter.zone))
        happenings += [_Happening(row, matter, kind) for kind in kinds]
        if row.acts_done != done:
            touched.append(row)
        elif row.next_act_on != next_on:
            stale.append(row)
    append_across(_events(happenings, run.ladder), actor=Actor.system())
    update_each(touched + stale, "acts_done", "next_act_on")
    return len(touched)


def _advance(row: RunningTerm, planned: tuple[Act, ...], today: datetime.date) -> list[str]:
    """Which acts of a term are due, with the row moved past them; not yet saved."""
    begun = row.acts_done
    while row.acts_done < len(planned) and planned[row.acts_done].on <= today:
        row.acts_done += 1
    row.next_act_on = ladder.next_on(planned, row.acts_done)
    return [act.kind for act in planned[begun : row.acts_done] if not _is_nobodys(row, act.kind)]


def _is_nobodys(row: RunningTerm, kind: str) -> bool:
    """A window that closes is nobody's lateness."""
    return row.owed_by == COMPLAINANT and kind in {"due", "overdue"}


def _events(happenings: Sequence[_Happening], up: Ladder) -> dict[ChainRef, list[tuple[str, dict[str, Json]]]]:
    """What goes into each case's chain; who is reported to has a grant to look from now on."""
    reached = up.climb((each.matter, each.kind, each.row.term) for each in happenings if each.kind in ESCALATES_TO)
    events: dict[ChainRef, list[tuple[str, dict[str, Json]]]] = {}
    for each in happenings:
        row, kind = each.row, each.kind
        details: dict[str, Json] = {"term": row.term, "due_on": row.due_on.isoformat(), "act": kind}
        post = reached.get((each.matter.key, kind))
        if post is not None:
            details |= {"to": post.code, "to_zh": post.unit.name_zh, "to_en": post.unit.name_en}
        events.setdefault(ChainRef.case(each.matter.number), []).append((_kind(each), details))
    return events


def _kind(each: _Happening) -> str:
    """What an act is called in the history. A time that the sides of a dispute have together is no clock of the office."""
    if each.kind == "overdue":
        return "term_lapsed"
    if each.kind in ESCALATES_TO:
        return "term_escalated"
    is_of_the_sides = each.row.owed_by == COMPLAINANT and procedure_of(each.matter.law).kind == "mediation"
    return "window_closing" if is_of_the_sides else "term_reminder"
