"""The room: sheets that are photographed now and typed within days, by the mediator or by a clerk."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.papers import attaching
from huiyin.record.cases.who import scope
from huiyin.record.law.calendars import calendar
from huiyin.rules import holding
from huiyin.rules.deadline import due
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation import seats
from huiyin.stages.mediation.seats import Seat
from huiyin.stages.mediation.table_models import Paper, SentOnce

SHEETS = (
    "invitation", "rights", "consent", "attendance", "record", "agreement", "oral", "money", "confirmation", "aid",
)  # fmt: skip
BY_HAND = ("consent", "attendance", "record", "agreement", "oral", "money")  # those that come back written on
KEPT_FOR = datetime.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class PaperView:
    """A photographed sheet, and whether it has been typed."""

    key: int
    sheet: str
    attachment: int
    due_on: datetime.date
    text: str
    is_typed: bool


def photograph(case_number: str, sheet: str, data: bytes, *, by: Reader, name: str = "") -> None:
    """Keep the photo of a sheet now; it is typed within the office's days. Raises Refusal("unknown_choice") and what
    ``attaching.add_as_office`` refuses."""
    if sheet not in BY_HAND:
        raise Refusal("unknown_choice", field="sheet")
    added = attaching.add_as_office(case_number, data, by=by, name=name)
    with transaction.atomic():
        seat = seats.of_office(case_number, by)
        if Paper.objects.filter(case=seat.case_id, attachment=added.view.number).exists():
            return
        case = scope.locked(seat.case_id)
        due_on = due(clock.today(seat.zone), holding.WITHIN_DAYS, calendar(case.body.calendar)).on
        Paper.objects.create(
            case_id=seat.case_id, sheet=sheet, attachment=added.view.number, due_on=due_on, made_at=clock.now()
        )
        seats.tell(seat)


def type_in(case_number: str, key: int, text: str, *, by: Reader) -> None:
    """Type what stands on a photographed sheet. Raises Refusal("not_found") or "input_missing"."""
    with transaction.atomic():
        seat = seats.of_office(case_number, by)
        row = Paper.objects.filter(case=seat.case_id, pk=key).first()
        if row is None:
            raise Refusal("not_found")
        row.text, row.typed_at = seats.checked(text, "text", limit=20_000), clock.now()
        row.save(update_fields=["text", "typed_at"])
        seats.tell(seat)


def papers_of(seat: Seat) -> tuple[PaperView, ...]:
    """The photographed sheets, those to be typed first."""
    rows = Paper.objects.filter(case=seat.case_id)
    return tuple(
        PaperView(row.pk, row.sheet, row.attachment, row.due_on, row.text, row.typed_at is not None)
        for row in sorted(rows, key=lambda row: (row.typed_at is not None, row.due_on, row.pk))
    )


def forget_forms() -> int:
    """Forget the keys of forms older than two days; gives how many."""
    return SentOnce.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()[0]
