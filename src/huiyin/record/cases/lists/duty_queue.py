"""What my posts have promised and not yet said to be done, nearest day first; also in matters that have ended."""

from __future__ import annotations

import datetime
from dataclasses import replace

from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.models import Duty
from huiyin.record.cases.shown.rows import Promise, Row, page_of
from huiyin.record.cases.who import scope
from huiyin.rules.duties import name_of


def page(reader: Reader, start: tuple[datetime.date, int] | None, limit: int) -> tuple[tuple[Row, ...], str | None]:
    """A page of promises to keep, a line each, and where the next one begins."""
    owed = Duty.objects.filter(owed_by__in=reader.post_ids, state="open", case__in=scope.not_barred(reader))
    return page_of(owed, reader, start, limit, _line)


def _line(duty: Duty, row: Row) -> Row:
    text = duty.text if row.subject is not None and not row.is_sealed else None
    return replace(row, promise=Promise(duty.number, duty.kind, name_of(duty.kind), text))
