"""Who acts for a complainant, as pages show it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from huiyin.record import keyring
from huiyin.record.cases.models import Authority, Case
from huiyin.record.prepared import Place, Prepared

LABEL = "what a helper is called"
_OF_CASE = Prepared(
    lambda: Authority.objects.select_related("party__receipt").filter(party__case=Place("case")).order_by("number")
)


@dataclass(frozen=True, slots=True)
class HelperView:
    """A helper of the complainant. ``label`` is in the complainant's own words, and empty for officers."""

    number: int
    who: str
    may: str
    until_on: datetime.date | None
    made_at: datetime.datetime
    ended_at: datetime.datetime | None
    is_active: bool
    has_code: bool
    label: str = ""


def authorities(case: Case) -> list[Authority]:
    """Everybody who acts or acted for the complainant of a case, in order."""
    return _OF_CASE.all(case=case.pk)


def helpers_of(case: Case, *, is_complainant: bool, today: datetime.date) -> tuple[HelperView, ...]:
    """The same, as pages show it; what the complainant calls them is for the complainant alone."""
    return tuple(
        HelperView(
            number=row.number,
            who=row.who,
            may=row.may,
            until_on=row.until_on,
            made_at=row.made_at,
            ended_at=row.ended_at,
            is_active=row.ended_at is None and (row.until_on is None or row.until_on >= today),
            has_code=hasattr(row.party, "receipt"),
            label=label_of(row, case) if is_complainant else "",
        )
        for row in authorities(case)
    )


def label_of(row: Authority, case: Case) -> str:
    """What the complainant calls a helper, and on what the authority rests."""
    return keyring.open_sealed(LABEL, bytes(row.sealed_label), label_place(case, row.number)).decode()


def label_place(case: Case, number: int) -> bytes:
    """What a label is bound to."""
    return f"{case.number} cases_authority {number}".encode()
