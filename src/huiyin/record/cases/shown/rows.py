"""The lines of a list: what may be seen of a case before it is opened."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db.models import Q, QuerySet

from huiyin.record import clock
from huiyin.record.bodies.models import Officer
from huiyin.record.bodies.queries import Reader, holders
from huiyin.record.cases.models import Ask, Case, Duty, Grant
from huiyin.record.cases.models.case import NO_DATE
from huiyin.record.cases.who import scope
from huiyin.record.law.versions import procedure_of
from huiyin.rules.procedure import Words
from huiyin.rules.withdrawal import state_of

Owed = TypeVar("Owed", Ask, Duty)  # what a post owes by a day

COLUMNS = (
    "number", "law", "state", "stage", "unit__name_zh", "unit__name_en", "responsible_post", "is_restricted",
    "is_waiting", "channel", "language", "subject", "received_on", "due_on", "is_provisional", "last_word_at",
    "last_word_by", "version", "is_open", "outcome", "key_epoch",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promise:
    """What is owed in a line of the queue of promises; ``text`` is None where the reader may not open the case."""

    number: int
    kind: str
    name: Words
    text: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list. ``subject`` is None for a colleague's case: number, stage and clock only; of a sealed one it is empty.

    With a ``promise`` the day due is that of the promise; with ``asked``, that of what a complainant asked of the reader.
    """

    number: str
    subject: str | None
    state: Words
    stage: str
    due_on: datetime.date | None
    is_provisional: bool
    days_left: int | None
    responsible: Words | None
    unit: Words
    received_on: datetime.date
    last_word_by: str
    last_word_at: datetime.datetime
    channel: str
    is_waiting: bool
    version: int
    language: str
    is_sealed: bool
    promise: Promise | None = None
    asked: Promise | None = None


def lean(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases with what a line needs, without their long texts."""
    return cases.select_related("unit").only(*COLUMNS)


def rows_of(cases: Sequence[Case], reader: Reader) -> tuple[Row, ...]:
    """The lines for some cases, with subjects only where the reader may open them."""
    if not cases:
        return ()
    desks = set(scope.desk_units(reader))
    others = [case.pk for case in cases if case.is_restricted or case.unit_id not in desks]
    own = _granted(others, reader) if others else set()
    acting = holders({case.responsible_post_id for case in cases if case.responsible_post_id})
    units = {post.unit_id: post.unit for post in reader.posts}
    today = clock.today(reader.zone)
    return tuple(_row(case, own, desks, acting, units, today) for case in cases)


def page_of(
    owed: QuerySet[Owed],
    reader: Reader,
    start: tuple[datetime.date, int] | None,
    limit: int,
    line: Callable[[Owed, Row], Row],
) -> tuple[tuple[Row, ...], str | None]:
    """A page of what posts owe, nearest day first, a line each, and where the next page begins (None at the end)."""
    if start:
        owed = owed.filter(Q(due_on__gte=start[0]) & (Q(due_on__gt=start[0]) | Q(id__gt=start[1])))
    found = list(owed.order_by("due_on", "id")[: limit + 1])
    shown, last = found[:limit], found[limit - 1] if len(found) > limit else None
    cases = list(lean(Case.scoped.filter(pk__in={each.case_id for each in shown})))
    rows = dict(zip((case.pk for case in cases), rows_of(cases, reader), strict=True))
    today = clock.today(reader.zone)
    return (
        tuple(
            replace(
                line(each, rows[each.case_id]),
                due_on=each.due_on,
                days_left=(each.due_on - today).days,
                is_provisional=False,
            )
            for each in shown
        ),
        f"{last.due_on.isoformat()}.{last.pk}" if last else None,
    )


def _granted(keys: Iterable[int], reader: Reader) -> set[int]:
    grants = Grant.objects.filter(scope.current_grants(), post__in=reader.post_ids, case__in=list(keys))
    return {key for key in grants.values_list("case_id", flat=True) if key}


def _row(
    case: Case,
    own: set[int],
    desks: set[int],
    acting: dict[int, Officer],
    units: dict[int, Words],
    today: datetime.date,
) -> Row:
    may_open = case.pk in own or (not case.is_restricted and case.unit_id in desks)
    due_on = None if case.due_on == NO_DATE else case.due_on
    officer = acting.get(case.responsible_post_id or 0)
    return Row(
        number=case.number,
        subject=None if not may_open else "" if case.key_epoch else case.subject,
        state=state_of(procedure_of(case.law_id), case.state, is_open=case.is_open, outcome=case.outcome).name,
        stage=case.stage,
        due_on=due_on,
        is_provisional=case.is_provisional,
        days_left=(due_on - today).days if due_on else None,
        responsible=officer.name if officer else None,
        unit=units.get(case.unit_id) or case.unit.name,
        received_on=case.received_on,
        last_word_by=case.last_word_by,
        last_word_at=case.last_word_at,
        channel=case.channel,
        is_waiting=case.is_waiting,
        version=case.version,
        language=case.language,
        is_sealed=bool(case.key_epoch),
    )
