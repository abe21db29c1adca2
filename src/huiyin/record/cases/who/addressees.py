"""Whom a notice goes to: a thread to the sealed address, never the address."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

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


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who reads of a case: the complainant, as 1, or another side of a dispute by its number."""

    case_number: str
    party: int
    side: int


# Who asked, and every other side that holds a code of its own and has not left. Whether it left an address is not asked:
# the rows of all look alike.
_TOLD = Q(kind="complainant") | Q(
    kind="other_party", side__state__in=("invited", "in"), side__receipt__isnull=False, side__erased_at=None
)


def _sides(**of: object) -> QuerySet[Party, tuple[str, int, str, int | None]]:
    rows = Party.objects.filter(_TOLD, **of).order_by("id")
    return rows.values_list("case__number", "pk", "kind", "side__number")


_OF_ONE = Prepared(lambda: _sides(case__number=Place("number")))


def recipients(case_numbers: Collection[str]) -> list[Recipient]:
    """Everybody who is told of some cases."""
    if len(case_numbers) == 1:  # every step of an officer asks this
        rows = _OF_ONE.all(number=next(iter(case_numbers)))
    else:
        rows = list(_sides(case__number__in=list(case_numbers)))
    return [Recipient(number, party, (side or 0) if kind == "other_party" else 1) for number, party, kind, side in rows]


def invited(case_number: str, side: int) -> Addressee | None:
    """Another side of an open dispute that was asked and has not said yes, with a code of its own."""
    rows = Party.objects.filter(case__number=case_number, case__is_open=True, kind="other_party", side__number=side)
    rows = rows.filter(side__state="invited", side__receipt__isnull=False, side__erased_at=None)
    key = rows.values_list("pk", flat=True).first()
    return addressee(key) if key is not None else None


def addressee(party: int) -> Addressee:
    """One party, with what its notice needs."""
    names = ("pk", "vault_id", "case__number", "language", "case__body__time_zone")
    of_side = ("kind", "side__number", "side__receipt__number")
    pk, vault_id, number, language, zone, kind, side, own = Party.objects.values_list(*names, *of_side).get(pk=party)
    is_other = kind == "other_party"
    return Addressee(pk, vault_id, number, language, zone, side if is_other else 1, own if is_other else "")
