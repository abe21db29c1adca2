"""What a complainant asked, as pages read it: on the matter, and at the post that must answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import cast

from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.asks import asking
from huiyin.record.cases.models import Ask, Case
from huiyin.record.cases.shown.case_view import AskView, LookView
from huiyin.record.cases.shown.rows import Promise, Row, page_of
from huiyin.record.cases.shown.timeline import look_of
from huiyin.record.cases.who import scope
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import EventView, event_of
from huiyin.rules import asking as rule
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal

OF_STAFF = ("evidence", "put", "class", "removal")  # shown to whoever may open a matter about staff
ASKED = frozenset({"look_asked", "withdrawal_asked", "withdrawal_on_paper", "recusal_asked"}) | {
    f"{kind}_asked" for kind in OF_STAFF
}


@dataclass(frozen=True, slots=True)
class AskToAnswer:
    """Something asked of one of the reader's posts. ``look`` is the look it is about; ``may_open``: the matter may be read."""

    case_number: str
    view: AskView
    outcomes: tuple[str, ...]
    language: str
    look: LookView | None
    may_open: bool


def asks_of(case: Case, events: Iterable[EventView]) -> tuple[AskView, ...]:
    """What was asked in a case, oldest first; the table is read only where the history says that there is something."""
    if not any(event.kind in ASKED for event in events):
        return ()
    rows = Ask.objects.select_related("owed_by__unit", "case").filter(case=case).order_by("number")
    return tuple(view_of(row) for row in rows)


def view_of(row: Ask) -> AskView:
    """One of them, frozen."""
    name, (text, answer) = Words(zh=row.officer_name_zh, en=row.officer_name_en), asking.words_of(row)
    return AskView(
        number=row.number,
        kind=row.kind,
        name=rule.name_of(row.kind),
        text=text,
        asked_at=row.asked_at,
        look_seq=row.look_seq,
        owed_by=row.owed_by.unit.name,
        due_on=row.due_on,
        state=cast("rule.State", row.state),
        outcome=row.outcome,
        answer=answer,
        answered_at=row.answered_at,
        officer=name if name.zh or name.en else None,
        effective_on=row.effective_on,
        paper_on=row.paper_on,
        paper_at=row.paper_at,
    )


def to_answer(case_number: str, number: int, *, by: Reader) -> AskToAnswer:
    """What was asked of one of my posts, also where I may not read the matter. Raises Refusal("not_found")."""
    row = (
        Ask.objects.select_related(*asking.RELATED)
        .filter(case__number=case_number, number=number, owed_by__in=by.post_ids)
        .first()
    )
    if row is None or scope.is_barred(by, row.case):
        raise Refusal("not_found")
    event = event_of(ChainRef.case(row.case.number), row.look_seq) if row.look_seq is not None else None
    return AskToAnswer(
        case_number=row.case.number,
        view=view_of(row),
        outcomes=rule.KINDS[row.kind].outcomes,
        language=row.case.language,
        look=look_of(event) if event else None,
        may_open=scope.openable_case(row.case.number, by) is not None,
    )


def page(reader: Reader, start: tuple[datetime.date, int] | None, limit: int) -> tuple[tuple[Row, ...], str | None]:
    """A page of what my posts are to answer, nearest day first, and where the next one begins."""
    owed = Ask.objects.filter(owed_by__in=reader.post_ids, state="open", case__in=scope.not_barred(reader))
    return page_of(owed, reader, start, limit, _line)


def _line(row: Ask, line: Row) -> Row:
    text = None if line.is_sealed else row.text
    return replace(line, asked=Promise(row.number, row.kind, rule.name_of(row.kind), text))
