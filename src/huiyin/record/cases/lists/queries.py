"""What may be asked about cases without opening one: lists, counts, where a case stands for a reader."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.lists import external
from huiyin.record.cases.lists.queues import COUNT_LIMIT as COUNT_LIMIT
from huiyin.record.cases.lists.queues import QUEUES as QUEUES
from huiyin.record.cases.lists.queues import Page as Page
from huiyin.record.cases.lists.queues import counts as counts
from huiyin.record.cases.lists.queues import queue as queue
from huiyin.record.cases.models import Case, Draft, RunningTerm
from huiyin.record.cases.shown.rows import Row as Row
from huiyin.record.cases.shown.rows import rows_of as rows_of
from huiyin.record.cases.who import scope
from huiyin.record.law.versions import procedure_of
from huiyin.record.prepared import Place, Prepared
from huiyin.rules.procedure import Procedure, Words

_WAITS_AT = Prepared(lambda: Draft.objects.filter(case=Place("case"), step__gt=0).values_list("waiting_post_id"))


def case_id_of(case_number: str) -> int | None:
    """The inner key of a case, for stages that keep a row of their own beside it."""
    return Case.scoped.filter(number=case_number).values_list("pk", flat=True).first()


def law_and_state_of(case_number: str) -> tuple[int, Procedure, str, datetime.date]:
    """The inner key of a case, its law, where it stands, and today there: for stages that keep a row beside it."""
    case = Case.scoped.select_related("body").get(number=case_number)
    return case.pk, procedure_of(case.law_id), case.state, clock.today(case.body.time_zone)


def due_rules(rows: Sequence[Row]) -> dict[str, tuple[Words, str]]:
    """For each line that has a due day: the term behind it, as (name, article)."""
    found: dict[str, tuple[Words, str]] = {}
    terms = RunningTerm.objects.filter(case__number__in=[row.number for row in rows if row.due_on], state="running")
    terms = terms.exclude(owed_by="complainant").order_by("due_on", "term")
    for number, law_id, term in terms.values_list("case__number", "case__law_id", "term"):
        law = procedure_of(law_id).terms[term]
        if law.is_duty:
            found.setdefault(number, (law.name, law.article))
    return found


def external_dues(rows: Sequence[Row]) -> dict[str, tuple[str, datetime.date]]:
    """For the lines the reader may open: the nearest day that another system set, as (system, day)."""
    return external.nearest_dues([row.number for row in rows if row.subject is not None])


def purpose_of(case: Case, *, reader: Reader) -> str:
    """Why an officer opens a case, from where it stands."""
    if any(post in reader.post_ids for (post,) in _WAITS_AT.all(case=case.pk)):
        return "sign_off"
    if case.stage == "intake" and "registrar" in reader.roles:
        return "register"
    return "review" if case.stage == "review" and "reviewer" in reader.roles else "handle"


def may_open(case_number: str, *, reader: Reader) -> bool:
    """Whether the reader could open the case now; reads nothing of it."""
    return scope.openable_case(case_number, reader) is not None
