"""The one query layer: which cases a reader may find, count and open.

Every list, count and search starts here. Being named in a matter goes before
every grant: such a case is not there.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.models import Barred, Case, Grant


def current_grants() -> Q:
    """Grants in force at this instant."""
    now = clock.now()
    return Q(from_at__lte=now) & (Q(until_at=None) | Q(until_at__gt=now))


def not_barred(reader: Reader) -> QuerySet[Case]:
    """Cases that name neither the reader nor a unit of the reader."""
    named = Barred.objects.filter(case=OuterRef("pk")).filter(
        Q(officer=reader.officer_id) | Q(unit__in=reader.unit_ids)
    )
    return Case.scoped.filter(~Exists(named))


def not_barred_sql(reader: Reader) -> tuple[str, list[int]]:
    """The same barrier for hand-written SQL over ``cases_case AS c``: a condition and its parameters."""
    units, places = reader.unit_ids, ", ".join(["%s"] * len(reader.unit_ids))
    in_unit = f" OR b.unit_id IN ({places})" if units else ""
    condition = (
        "NOT EXISTS (SELECT 1 FROM cases_barred b WHERE b.case_id = c.id AND (b.officer_id = %s" + in_unit + "))"  # noqa: S608
    )
    return condition, [reader.officer_id, *units]


def desk_units(reader: Reader) -> list[int]:
    """Units whose unrestricted cases the reader may open, by a desk grant."""
    rows = Grant.objects.filter(current_grants(), post__in=reader.post_ids, case=None)
    return list(rows.values_list("unit_id", flat=True).distinct().order_by())


def openable(reader: Reader) -> QuerySet[Case]:
    """Cases the reader may open by a current grant."""
    own = Grant.objects.filter(current_grants(), case=OuterRef("pk"), post__in=reader.post_ids)
    return not_barred(reader).filter(Q(is_restricted=False, unit__in=desk_units(reader)) | Exists(own))


def granting_posts(reader: Reader, case: Case) -> list[int]:
    """The reader's posts through which this case may be opened."""
    rows = Grant.objects.filter(current_grants(), post__in=reader.post_ids)
    on_case = Q(case=case)
    if not case.is_restricted:
        on_case |= Q(unit=case.unit_id)
    return list(rows.filter(on_case).values_list("post_id", flat=True))
