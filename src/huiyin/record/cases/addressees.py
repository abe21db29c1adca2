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
    side: int = 1  # of a dispute: whose it is
    own_number: str = ""  # by which another side of a dispute knows it


def _sides(**of: object) -> QuerySet[Party, tuple[str, int]]:
    return Party.objects.filter(kind="complainant", **of).order_by("id").values_list("case__number", "pk")


_OF_ONE = Prepared(lambda: _sides(case__number=Place("number")))


def complainants(case_numbers: Collection[str]) -> list[tuple[str, int]]:
    """The complainants' sides of some cases, as (case number, key of the party)."""
    if len(case_numbers) == 1:  # every step of an officer asks this
        return _OF_ONE.all(number=next(iter(case_numbers)))
    return list(_sides(case__number__in=case_numbers))


def other_sides(case_numbers: Collection[str]) -> list[tuple[str, int]]:
    """The other sides of some disputes that take part and have a code of their own, in the same form."""
    rows = Party.objects.filter(case__number__in=list(case_numbers), kind="other_party", has_contact=True)
    rows = rows.filter(side__state="in", side__receipt__isnull=False, side__erased_at=None)
    return list(rows.order_by("id").values_list("case__number", "pk"))


def addressee(party: int) -> Addressee:
    """One party, with what its notice needs."""
    names = ("pk", "vault_id", "case__number", "language", "case__body__time_zone")
    of_side = ("kind", "side__number", "side__receipt__number")
    pk, vault_id, number, language, zone, kind, side, own = Party.objects.values_list(*names, *of_side).get(pk=party)
    is_other = kind == "other_party"
    return Addressee(pk, vault_id, number, language, zone, side if is_other else 1, own if is_other else "")
