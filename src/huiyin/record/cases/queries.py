"""Lists and counts for the desk, newest duty first; no personal data, nothing a reader may not know.

Sorted by due day with keyset paging: every page costs the same.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from huiyin.record import clock
from huiyin.record.bodies.models import Officer
from huiyin.record.bodies.queries import Reader, holders
from huiyin.record.cases import scope
from huiyin.record.cases.models import Case, Draft, Grant, RunningTerm
from huiyin.record.cases.models.case import NO_DATE
from huiyin.record.law.versions import procedure_of
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal

COUNT_LIMIT = 1_000
Value = int | datetime.date
QUEUES = ("mine", "unit", "overdue", "today", "week", "new", "waiting", "sign")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list. ``subject`` is None for a colleague's case: number, stage and clock only."""

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


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a queue. Counts stop at 1,000."""

    items: tuple[Row, ...]
    next: str | None
    counts: dict[str, int]


def rows_of(cases: Sequence[Case], reader: Reader) -> tuple[Row, ...]:
    """The lines for some cases, with subjects only where the reader may open them."""
    if not cases:
        return ()
    keys = [case.pk for case in cases]
    grants = Grant.objects.filter(scope.current_grants(), post__in=reader.post_ids)
    pairs = list(grants.filter(Q(case=None) | Q(case__in=keys)).values_list("case_id", "unit_id"))
    own, desks = {case for case, _ in pairs if case}, {unit for _, unit in pairs if unit}
    acting = holders({case.responsible_post_id for case in cases if case.responsible_post_id})
    units = {post.unit_id: post.unit for post in reader.posts}
    today = clock.today(reader.zone)
    return tuple(_row(case, own, desks, acting, units, today) for case in cases)


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
        subject=case.subject if may_open else None,
        state=procedure_of(case.law_id).states[case.state].name,
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
    )


def _mine(reader: Reader) -> QuerySet[Case]:
    return scope.not_barred(reader).filter(responsible_post__in=reader.post_ids, is_open=True)


def _unit(reader: Reader) -> QuerySet[Case]:
    """Open cases of the reader's units; a restricted one is there only for those who hold a grant on it."""
    return scope.not_barred(reader).filter(unit__in=reader.unit_ids, is_open=True, is_restricted=False)


def _selected(queue: str, reader: Reader, today: datetime.date) -> QuerySet[Case]:
    mine = _mine(reader)
    if queue == "mine":
        return mine
    if queue == "unit":
        return _unit(reader)
    if queue == "overdue":
        return mine.filter(due_on__lt=today)
    if queue == "today":
        return mine.filter(due_on=today)
    if queue == "week":
        return mine.filter(due_on__gt=today, due_on__lte=today + datetime.timedelta(days=7))
    if queue == "new":
        return mine.filter(stage="intake")
    if queue == "waiting":
        return mine.filter(is_waiting=True)
    if queue == "sign":
        return scope.openable(reader).filter(
            pk__in=Draft.objects.filter(waiting_post__in=reader.post_ids, step__gt=0).values("case_id")
        )
    raise Refusal("unknown_choice", field="queue")


def counts(reader: Reader) -> dict[str, int]:
    """How many cases stand in each queue of the reader, at most 1,000 each: one statement."""
    if not reader.posts:
        return dict.fromkeys(QUEUES, 0)
    today = clock.today(reader.zone)
    week = today + datetime.timedelta(days=7)
    barrier, barred = scope.not_barred_sql(reader)
    posts, units = _places(reader.post_ids), _places(reader.unit_ids)
    mine = f"FROM cases_case c WHERE c.responsible_post_id IN ({posts}) AND c.is_open"
    sources: dict[str, tuple[str, list[Value]]] = {
        "mine": (mine, [*reader.post_ids]),
        "unit": (
            f"FROM cases_case c WHERE c.unit_id IN ({units}) AND c.is_open AND NOT c.is_restricted",
            [*reader.unit_ids],
        ),
        "overdue": (f"{mine} AND c.due_on < %s", [*reader.post_ids, today]),
        "today": (f"{mine} AND c.due_on = %s", [*reader.post_ids, today]),
        "week": (f"{mine} AND c.due_on > %s AND c.due_on <= %s", [*reader.post_ids, today, week]),
        "new": (f"{mine} AND c.stage = 'intake'", [*reader.post_ids]),
        "waiting": (f"{mine} AND c.is_waiting", [*reader.post_ids]),
        "sign": (
            "FROM cases_draft d JOIN cases_case c ON c.id = d.case_id"
            f" WHERE d.waiting_post_id IN ({posts}) AND d.step > 0",
            [*reader.post_ids],
        ),
    }
    parts: list[str] = []
    params: list[Value] = []
    for name in QUEUES:
        source, values = sources[name]
        parts.append(f"(SELECT COUNT(*) FROM (SELECT 1 {source} AND {barrier} LIMIT {COUNT_LIMIT}) AS {name}_rows)")  # noqa: S608 - every value is a parameter
        params += [*values, *barred]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), params)
        return dict(zip(QUEUES, cursor.fetchone(), strict=True))


def _places(values: Sequence[int]) -> str:
    return ", ".join(["%s"] * len(values))


def queue(name: str, *, reader: Reader, after: str = "", limit: int = 25, with_counts: bool = True) -> Page:
    """One page of a queue by due day, then age.

    ``after`` is the ``next`` of the page before. Raises Refusal("unknown_choice")
    for an unknown queue or a broken ``after``.
    """
    today = clock.today(reader.zone)
    found = _selected(name, reader, today).select_related("unit").order_by("due_on", "id")
    if after:
        due_on, key = _place(after)
        found = found.filter(Q(due_on__gt=due_on) | Q(due_on=due_on, id__gt=key))
    cases = list(found[: limit + 1])
    more = len(cases) > limit
    cases = cases[:limit]
    last = cases[-1] if more else None
    return Page(
        items=rows_of(cases, reader),
        next=f"{last.due_on.isoformat()}.{last.pk}" if last else None,
        counts=counts(reader) if with_counts else {},
    )


def _place(after: str) -> tuple[datetime.date, int]:
    day, _dot, key = after.partition(".")
    try:
        return datetime.date.fromisoformat(day), int(key)
    except ValueError:
        raise Refusal("unknown_choice", field="after") from None


def case_id_of(case_number: str) -> int | None:
    """The inner key of a case, for stages that keep a row of their own beside it."""
    return Case.scoped.filter(number=case_number).values_list("pk", flat=True).first()


def due_rules(rows: Sequence[Row]) -> dict[str, tuple[str, str]]:
    """For each line that has a due day: the term behind it, as (id, article)."""
    found: dict[str, tuple[str, str]] = {}
    terms = RunningTerm.objects.filter(case__number__in=[row.number for row in rows if row.due_on], state="running")
    for term in terms.exclude(owed_by="complainant").select_related("case").order_by("due_on", "term"):
        law = procedure_of(term.case.law_id).terms[term.term]
        found.setdefault(term.case.number, (law.id, law.article))
    return found


def purpose_of(case_number: str, *, reader: Reader) -> str:
    """Why an officer is about to open a case, from where it stands; says nothing about a case that is not theirs."""
    found = scope.openable_case(case_number, reader)
    if found is None:
        return "handle"
    case = found[0]
    if Draft.objects.filter(case=case, waiting_post__in=reader.post_ids, step__gt=0).exists():
        return "sign_off"
    if case.stage == "intake" and "registrar" in reader.roles:
        return "register"
    return "review" if case.stage == "review" and "reviewer" in reader.roles else "handle"


def may_open(case_number: str, *, reader: Reader) -> bool:
    """Whether the reader could open the case now; reads nothing of it."""
    return scope.openable_case(case_number, reader) is not None
