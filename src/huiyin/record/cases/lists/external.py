"""Numbers and deadlines that other systems gave a matter: noted beside ours, never in their place."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.models import Case, ExternalReference
from huiyin.record.cases.shown.case_view import ExternalView
from huiyin.record.cases.who import scope
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.prepared import Place, Prepared, insert
from huiyin.rules.chain import Json
from huiyin.rules.external import is_personal, matter_number, system_name, written
from huiyin.rules.refusal import Refusal

ASKED_AT_ONCE = 500
_OF_CASE = Prepared(lambda: ExternalReference.objects.filter(case=Place("case")).order_by("id"))


@dataclass(frozen=True, slots=True)
class Reference:
    """A number in another system, and its deadline there."""

    system: str
    number: str
    due_on: datetime.date | None = None
    due_at: datetime.datetime | None = None

    def checked(self) -> Reference:
        """In one spelling. Raises Refusal("empty"), Refusal("too_long") or Refusal("external_personal")."""
        return Reference(system_name(self.system), matter_number(self.number), self.due_on, self.due_at)


def note_external(
    case_number: str,
    system: str,
    number: str,
    due_on: datetime.date | None = None,
    *,
    by: Reader,
    due_at: datetime.datetime | None = None,
) -> None:
    """Note what a matter is called elsewhere; noted again, its deadline is replaced.

    Raises Refusal("not_found"), Refusal("external_taken") where the number belongs to another matter,
    and what ``Reference.checked`` refuses.
    """
    reference = Reference(system, number, due_on, due_at).checked()
    with transaction.atomic():
        case, actor = _mine(case_number, by)
        known = ExternalReference.objects.filter(system=reference.system, number=reference.number).first()
        if known is None:
            _write(case, reference, actor)
        elif known.case_id != case.pk:
            raise Refusal("external_taken", field="external_number")
        elif (known.due_on, known.due_at) != (reference.due_on, reference.due_at):
            known.due_on, known.due_at = reference.due_on, reference.due_at
            known.save(update_fields=["due_on", "due_at"])
            _tell(case, "external_noted", reference, actor)


def note_at_registration(case_number: str, reference: Reference, *, by: Actor) -> None:
    """Note the number with which a matter came from another system, in the transaction that registers it.

    Raises Refusal("external_taken") when the number is there already: nothing is registered twice.
    """
    case = Case.scoped.only("pk", "number").get(number=case_number)
    _write(case, reference, by)


def remove_external(case_number: str, system: str, number: str, *, by: Reader) -> None:
    """Take out a number that was noted by mistake; the ledger keeps both. Raises Refusal("not_found")."""
    with transaction.atomic():
        case, actor = _mine(case_number, by)
        known = ExternalReference.objects.filter(case=case, system=system, number=number).first()
        if known is None:
            raise Refusal("not_found")
        known.delete()
        _tell(case, "external_removed", Reference(system, number), actor)


def references_of(case_id: int) -> tuple[ExternalView, ...]:
    """What one case is called elsewhere, in the order in which it was noted."""
    return tuple(ExternalView(row.system, row.number, row.due_on, row.due_at) for row in _OF_CASE.all(case=case_id))


def cases_numbered(words: str, reader: Reader) -> list[Case]:
    """Cases with exactly this number in another system, among those the reader may open."""
    number = written(words)
    if not number or is_personal(number):
        return []
    numbered = ExternalReference.objects.filter(number=number).values("case_id")
    return list(scope.openable(reader).filter(pk__in=numbered).order_by("-id"))


def registered_as(system: str, numbers: Sequence[str], reader: Reader) -> dict[str, str]:
    """Which of these numbers are registered already, and as which case.

    The case number is empty where the reader may not open the case: a matter that names the reader
    looks like one of any other desk.
    """
    found: dict[str, int] = {}
    for start in range(0, len(numbers), ASKED_AT_ONCE):
        rows = ExternalReference.objects.filter(system=system, number__in=numbers[start : start + ASKED_AT_ONCE])
        found |= dict(rows.values_list("number", "case_id"))
    keys = sorted(found.values())
    names: dict[int, str] = {}
    for start in range(0, len(keys), ASKED_AT_ONCE):
        mine = scope.openable(reader).filter(pk__in=keys[start : start + ASKED_AT_ONCE])
        names |= dict(mine.values_list("pk", "number"))
    return {number: names.get(key, "") for number, key in found.items()}


def nearest_dues(case_numbers: Sequence[str]) -> dict[str, tuple[str, datetime.date]]:
    """The nearest deadline set elsewhere, for each of these cases that has one."""
    if not case_numbers:
        return {}
    rows = ExternalReference.objects.filter(case__number__in=case_numbers, due_on__isnull=False).order_by("-due_on")
    return {number: (system, on) for number, system, on in rows.values_list("case__number", "system", "due_on") if on}


def _mine(case_number: str, by: Reader) -> tuple[Case, Actor]:
    case, posts = scope.opened(case_number, by, lock=True)
    return case, by.actor(posts[0])


def _write(case: Case, reference: Reference, actor: Actor) -> None:
    row = ExternalReference(
        case=case,
        system=reference.system,
        number=reference.number,
        due_on=reference.due_on,
        due_at=reference.due_at,
        noted_at=clock.now(),
    )
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError:  # somebody else was quicker
        raise Refusal("external_taken", field="external_number") from None
    _tell(case, "external_noted", reference, actor)


def _tell(case: Case, kind: str, reference: Reference, actor: Actor) -> None:
    details: dict[str, Json] = {"system": reference.system, "number": reference.number}
    if reference.due_on:
        details["due_on"] = reference.due_on.isoformat()
    append_event(ChainRef.case(case.number), kind, actor=actor, details=details)
