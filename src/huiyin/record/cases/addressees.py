"""Whom a notice goes to: a thread to the sealed address, never the address."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from huiyin.record.cases.models import Party
from huiyin.record.prepared import Place, Prepared


@dataclass(frozen=True, slots=True)
class Addressee:
    """The party of a case to whom a notice goes."""

    party: int
    vault_id: UUID
    case_number: str
    language: str
    zone: str


def _sides(**of: object) -> QuerySet[Party, tuple[str, int]]:
    return Party.objects.filter(kind="complainant", **of).order_by("id").values_list("case__number", "pk")


_OF_ONE = Prepared(lambda: _sides(case__number=Place("number")))


def complainants(case_numbers: Collection[str]) -> list[tuple[str, int]]:
    """The complainants' sides of some cases, as (case number, key of the party)."""
    if len(case_numbers) == 1:  # every step of an officer asks this
        return _OF_ONE.all(number=next(iter(case_numbers)))
    return list(_sides(case__number__in=case_numbers))


def addressee(party: int) -> Addressee:
    """One party, with what its notice needs."""
    names = ("pk", "vault_id", "case__number", "language", "case__body__time_zone")
    return Addressee(*Party.objects.values_list(*names).get(pk=party))
