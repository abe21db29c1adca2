"""A calendar year became known: dates that were provisional are counted again, and the people told.

A date only moves as the calendar says; the first promise stays visible
(``first_due_on``), and the complainant reads in the timeline what changed.
"""

from __future__ import annotations

from django.db import transaction

from huiyin.record.cases import terms
from huiyin.record.cases.models import Case, RunningTerm
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef

BATCH = 500


def recount_provisional(country: str, *, by: Actor, limit: int = BATCH) -> int:
    """Count the provisional running terms of a country again; gives how many are settled now.

    Idempotent: a term that is no longer provisional is not touched again.
    """
    keys = RunningTerm.objects.filter(state="running", is_provisional=True, case__body__calendar=country)
    return sum(_recount(key, by) for key in list(keys.order_by("id").values_list("pk", flat=True)[:limit]))


def _recount(key: int, by: Actor) -> int:
    with transaction.atomic():
        row = RunningTerm.objects.filter(pk=key, state="running", is_provisional=True).first()
        if row is None:
            return 0
        case = Case.scoped.select_for_update(of=("self",)).select_related("body").get(pk=row.case_id)
        counted = terms.count_again(row, procedure_of(case.law_id), case.body.calendar)
        if counted.provisional and counted.on == row.due_on:
            return 0
        before = row.due_on
        row.due_on, row.is_provisional = counted.on, counted.provisional
        row.save(update_fields=["due_on", "is_provisional"])
        terms.set_next_due(case, RunningTerm.objects.filter(case=case))
        case.version += 1
        case.save(update_fields=["due_on", "is_provisional", "is_waiting", "version"])
        append_event(
            ChainRef.case(case.number),
            "term_recounted",
            actor=by,
            details={"term": row.term, "before": before.isoformat(), "due_on": row.due_on.isoformat()},
        )
    return 1
