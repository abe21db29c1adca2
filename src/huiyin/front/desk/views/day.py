"""What is to be done: my day, a queue, a search."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.front.desk.labels import LAST_WORD, QUEUES, said
from huiyin.front.desk.requests import OfficerRequest
from huiyin.record import clock
from huiyin.record.bodies import ringing
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.deeds import erasing, unsealing
from huiyin.record.cases.lists import queries
from huiyin.record.cases.lists.queries import COUNT_LIMIT, Row
from huiyin.record.cases.lists.search import search as find
from huiyin.record.cases.words import reader_copies
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable
from huiyin.ui import refusals
from huiyin.ui.dates import ago

LINES = 50
HEADER = ("overdue", "today", "week", "new")
IF_ANY = ("waiting", "sign", "sent", "promises", "asked")  # above the list only where something stands in them
LONGEST_QUERY = 200  # characters
NO_RULE: tuple[Words | None, str] = (None, "")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list, in words."""

    row: Row
    rule: Words | None  # what is due
    article: str
    last_word: str
    elsewhere: tuple[str, datetime.date] | None  # the system that set a day of its own, and the day
    url: str  # of the matter; empty for a colleague's


@require_safe
def day(request: OfficerRequest) -> HttpResponse:
    """My matters in one list, by the day on which something is due."""
    return _list(request, "mine", "desk/day.html", reverse("desk:day"))


@require_safe
def queue(request: OfficerRequest, name: str) -> HttpResponse:
    """One queue. A colleague's matter shows its number, stage and clock, nothing else."""
    if name not in QUEUES:
        raise Http404
    return _list(request, name, "desk/queue.html", reverse("desk:queue", args=[name]))


@require_safe
def search(request: OfficerRequest) -> HttpResponse:
    """Look for words in what I may open. That a search was made is recorded, the words are not."""
    typed = storable(request.GET.get("q", ""))[:LONGEST_QUERY]
    before = request.GET.get("before", "")
    context: dict[str, Any] = {"q": typed, "asked": bool(typed.strip())}
    if not typed.strip():
        return render(request, "desk/search.html", with_queues(request.reader, context))
    try:
        found = find(
            typed, reader=request.reader, before=int(before) if before.isdecimal() and len(before) < 18 else None
        )
    except Refusal as refusal:
        context["sentence"] = refusals.sentence(refusal)
        return render(
            request, "desk/search.html", with_queues(request.reader, context), status=refusals.status(refusal)
        )
    context["lines"] = _lines(found.items, _today(request.reader))
    context["today"] = _today(request.reader)
    if found.next is not None:
        context["next_url"] = reverse("desk:search") + "?" + urlencode({"q": typed, "before": found.next})
    return render(request, "desk/search.html", with_queues(request.reader, context))


def with_queues(
    reader: Reader, context: dict[str, Any], *, current: str = "", counts: dict[str, int] | None = None
) -> dict[str, Any]:
    """The context with the left column: every queue, its word, its count."""
    counted = queries.counts(reader) if counts is None else counts
    links = [
        {
            "name": name,
            "word": word,
            "count": f"{COUNT_LIMIT:,}+" if counted.get(name, 0) >= COUNT_LIMIT else str(counted.get(name, 0)),
            "is_over": name == "overdue" and counted.get(name, 0) > 0,
            "is_current": name == current,
            "url": reverse("desk:queue", args=[name]),
            "is_in_header": name in HEADER or (name in IF_ANY and counted.get(name, 0) > 0),
        }
        for name, word in QUEUES.items()
    ]
    return context | {"queue_links": links, "current_queue": current}


def _list(request: OfficerRequest, name: str, template: str, here: str) -> HttpResponse:
    after = request.GET.get("after", "")
    page = queries.queue(name, reader=request.reader, after=after, limit=LINES)
    today = _today(request.reader)
    context = {
        "groups": _grouped(_lines(page.items, today)),
        "today": today,
        "title": QUEUES[name],
        "is_unit": name == "unit",
        "next_url": f"{here}?{urlencode({'after': page.next})}" if page.next else "",
        "first_url": here if after else "",
        "rings": ringing.ringing_for(request.reader) if name == "mine" else 0,
        "seconds": len(unsealing.waiting_for(request.reader)) if name == "mine" else 0,
        "to_cover": reader_copies.waiting_for(request.reader) if name == "mine" else [],
        "erasures": erasing.count_for(request.reader) if name == "mine" else 0,
    }
    current = "" if template == "desk/day.html" else name
    return render(request, template, with_queues(request.reader, context, current=current, counts=page.counts))


def _today(reader: Reader) -> datetime.date:
    return clock.today(reader.zone)


def _lines(rows: tuple[Row, ...], today: datetime.date) -> list[Line]:
    rules, elsewhere = queries.due_rules(rows), queries.external_dues(rows)
    return [
        Line(
            row=row,
            rule=rule,
            article=article,
            last_word=_("%(who)s, %(when)s")
            % {"who": said(LAST_WORD, row.last_word_by), "when": ago(row.last_word_at, today)},
            elsewhere=elsewhere.get(row.number),
            url=reverse("desk:case", args=[row.number]) if row.subject is not None else "",
        )
        for row, (rule, article) in (
            (row, rules.get(row.number, NO_RULE) if _is_by_law(row) else NO_RULE) for row in rows
        )
    ]


def _is_by_law(row: Row) -> bool:
    """Whether the day due comes from the procedure, and not from a promise or from something that was asked."""
    return row.promise is None and row.asked is None


def _grouped(lines: list[Line]) -> list[dict[str, Any]]:
    """The list cut by day; the order within stays that of the query."""
    names = {
        "overdue": _("Overdue"),
        "today": _("Due today"),
        "week": _("Due this week"),
        "later": _("Due later"),
        "waiting": _("Nothing due from us: waiting for others"),
    }
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(_group_of(line.row.days_left), []).append(line)
    return [{"name": name, "word": names[name], "lines": groups[name]} for name in names if name in groups]


def _group_of(days_left: int | None) -> str:
    if days_left is None:
        return "waiting"
    if days_left < 0:
        return "overdue"
    if days_left == 0:
        return "today"
    return "week" if days_left <= 7 else "later"
