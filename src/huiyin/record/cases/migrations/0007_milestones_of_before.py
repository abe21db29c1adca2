"""Milestones of the cases that are older than the milestones, as far as tables tell.

Who registered, passed on, answered, ended, and asked for a review is known. When a case was accepted, and
whether an answer was late, was not kept apart and is left out.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import migrations

BATCH = 500


def fill(apps: Any, schema_editor: Any) -> None:
    """Write what can be known, in batches."""
    case_model, milestone = apps.get_model("cases", "Case"), apps.get_model("cases", "Milestone")
    last = 0
    while True:
        cases = list(
            case_model.scoped.filter(pk__gt=last).defer("description", "officer_summary").order_by("pk")[:BATCH]
        )
        if not cases:
            return
        last = cases[-1].pk
        held, wrote, contested = _beside(apps, [case.pk for case in cases])
        rows = []
        for case in cases:
            known = _of_case(case, held.get(case.pk, []), wrote.get(case.pk, []), contested.get(case.pk, []))
            for kind, at, body, outcome in known:
                rows.append(
                    milestone(
                        case=case, body=body, kind=kind, on=at.astimezone(ZoneInfo(body.time_zone)).date(),
                        outcome=outcome, is_late=None, is_restricted=case.is_restricted,
                        is_review=case.channel == "review",
                    )
                )  # fmt: skip
        milestone.objects.bulk_create(rows, batch_size=BATCH)


def _beside(apps: Any, keys: list[int]) -> tuple[dict[int, list[Any]], ...]:
    """Per case: who was responsible from when, which documents decided, which reviews were asked for."""
    grants = apps.get_model("cases", "Grant").objects.filter(case__in=keys, capacity="responsible")
    documents = apps.get_model("cases", "Document").objects.filter(case__in=keys).exclude(outcome="")
    links = apps.get_model("cases", "CaseLink").objects.filter(from_case__in=keys, kind__in=("review", "recheck"))
    found: tuple[dict[int, list[Any]], ...] = ({}, {}, {})
    for grant in grants.select_related("post__unit__body").order_by("from_at", "id"):
        found[0].setdefault(grant.case_id, []).append((grant.from_at, grant.post.unit.body))
    for document in documents.order_by("at"):
        found[1].setdefault(document.case_id, []).append((document.at, document.outcome))
    for link in links.order_by("made_at"):
        found[2].setdefault(link.from_case_id, []).append(link.made_at)
    return found


def _of_case(
    case: Any, held: list[Any], wrote: list[Any], contested: list[Any]
) -> Iterator[tuple[str, datetime.datetime, Any, str]]:
    if not held:
        return

    def body_at(at: datetime.datetime) -> Any:
        return next((body for since, body in reversed(held) if since <= at), held[0][1])

    yield "registered", case.registered_at, held[0][1], ""
    for (_since, before), (at, body) in pairwise(held):
        if before.pk != body.pk:
            yield "left", at, before, ""
            yield "came", at, body, ""
    for at, outcome in wrote:
        yield ("declined" if outcome == "routed" else "answered"), at, body_at(at), outcome
    for at in contested:
        yield "review_asked", at, body_at(at), ""
    if case.closed_at:
        yield "ended", case.closed_at, body_at(case.closed_at), ""


class Migration(migrations.Migration):
    """Fills the table; taken back, it stays filled."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("cases", "0006_milestones")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunPython(fill, migrations.RunPython.noop)
    ]
