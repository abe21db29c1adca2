"""Exact counts of disputes and of going out; and the office's register of disputes, with what leads from one to the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.front.desk.labels import said
from huiyin.front.desk.register_labels import BY, COMPLEXITIES, OPENED_BY, RESULTS, TIMES
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.sheets import KINDS, Cell, table_file
from huiyin.front.desk.views.day import with_queues
from huiyin.oversight.statistics import disputes, publishing
from huiyin.record import clock
from huiyin.rules.outreach import coverage, quarter_of
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.stages.outreach import queries as outreach
from huiyin.ui.languages import page_tag
from huiyin.ui.parts import Figure
from huiyin.ui.sayings_of_figures import ACTS, COVERAGE, GROUND, SETTLED_BY_LEVEL


@dataclass(frozen=True, slots=True)
class Count:
    """One count, and where it opens to (empty: nowhere)."""

    name: str
    count: int
    url: str = ""


@require_safe
def figures(request: OfficerRequest) -> HttpResponse:
    """Counts by kind, level, time and result, each opening to the lines one may read; and what was done going out."""
    if not disputes.bodies_of(request.reader):
        raise Http404
    total, counted = disputes.counted(request.reader)
    settled = disputes.settled_for(request.reader)
    late: Counter[bool | None] = Counter(each.is_late for each in settled)
    words = _words()
    groups = [
        (
            str(BY[name]),
            "",
            [Count(_named(words[name], key), count, _opening(name, key)) for key, count in _sorted(counts)],
        )
        for name, counts in counted.items()
    ]
    groups.append(
        (
            _("Settled, by level"),
            str(SETTLED_BY_LEVEL[1]),
            _counts(Counter(each.level for each in settled), words["level"]),
        )
    )
    in_time = [
        Count(said(TIMES, name), late[key]) for name, key in (("in_time", False), ("late", True), ("without", None))
    ]
    groups.append((_("Settled, by time"), "", in_time))
    zone, today = request.reader.zone, clock.today(request.reader.zone)
    now = quarter_of(today)
    here = outreach.counted(now.first, today, zone=zone)
    context = {
        "total": total,
        "settled": len(settled),
        "groups": groups,
        "settled_means": ACTS["disputes_settled"][1],
        "ground": _ground(),
        "acts": [_act(name, value) for name, value in publishing.totals().items() if name != "disputes_settled"],
        "coverage": coverage(here.held_in, outreach.villages()),
        "coverage_means": COVERAGE,
        "quarter": now.name,
        "came": _came(here.came_by_month),
    }
    return render(request, "desk/figures.html", with_queues(request.reader, context))


@require_safe
def register(request: OfficerRequest) -> HttpResponse:
    """The register of disputes: what the reader may open, newest first; taken along, that is a look."""
    if not disputes.bodies_of(request.reader):
        raise Http404
    chosen = {name: request.GET[name] for name in BY if name in request.GET}
    kind = request.GET.get("as", "")
    if kind and kind not in KINDS:
        raise Http404
    before = request.GET.get("before", "")
    if before and not (before.isascii() and before.isdecimal() and len(before) < 18):
        raise Http404
    words = _words()
    try:
        if kind:
            lines = disputes.taken_along(request.reader, chosen=chosen)
            return table_file(_rows(lines, words), "register", KINDS[kind])
        found, following, count = disputes.register(request.reader, chosen=chosen, before=int(before or 0))
    except Refusal:
        raise Http404 from None
    here = reverse("desk:disputes")
    context = {
        "lines": [(each, _cells(each, words), _named(words["result"], each.result)) for each in found],
        "count": count,
        "chosen": [(str(BY[name]), _named(words[name], value)) for name, value in chosen.items()],
        "query": urlencode(chosen),
        "next_url": f"{here}?{urlencode({**chosen, 'before': following})}" if following else "",
        "first_url": f"{here}?{urlencode(chosen)}" if before else "",
    }
    return render(request, "desk/disputes.html", with_queues(request.reader, context))


def _act(name: str, value: int) -> Figure:
    return Figure(str(ACTS[name][0]), f"{value:,}", str(ACTS[name][1]))


def _ground() -> list[Figure]:
    """How many villages and communities the county has."""
    counted = outreach.ground_covered()
    return [Figure(str(name), f"{counted[kind]:,}", str(means)) for kind, (name, means) in GROUND.items()]


def _words() -> dict[str, Mapping[str, Any]]:
    kinds, levels = disputes.names()
    return {"kind": kinds, "level": levels, "complexity": COMPLEXITIES, "result": RESULTS, "opened_by": OPENED_BY}


def _named(words: Mapping[str, Any], key: str) -> str:
    found = words.get(key)
    if isinstance(found, Words):
        return found.in_language(page_tag())
    return str(found) if found is not None else key or _("not named yet")


def _sorted(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def _counts(counts: Mapping[str, int], words: Mapping[str, Any]) -> list[Count]:
    return [Count(_named(words, key), count) for key, count in _sorted(counts)]


def _opening(name: str, key: str) -> str:
    return f"{reverse('desk:disputes')}?{urlencode({name: key})}"


def _came(by_month: Mapping[tuple[str, str], int]) -> list[tuple[str, str, int]]:
    names = dict(outreach.towns())
    return [(month, _named(names, town), count) for (town, month), count in sorted(by_month.items(), key=lambda each: (each[0][1], each[0][0]))]  # fmt: skip


def _cells(line: disputes.Line, words: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return [
        _named(words["kind"], line.kind), _named(words["level"], line.level), _named(words["complexity"], line.complexity),
    ]  # fmt: skip


def _rows(lines: Iterable[disputes.Line], words: Mapping[str, Mapping[str, Any]]) -> list[list[Cell]]:
    heads: list[Cell] = [
        _("Number"), _("Kind"), _("Level"), _("Term"), _("Opened"), _("Begun"), _("Ended"), _("Result"),
    ]  # fmt: skip
    rows = [heads]
    for each in lines:
        days = [day.isoformat() if day else "" for day in (each.opened_on, each.begun_on, each.ended_on)]
        rows.append([each.number, *_cells(each, words), *days, _named(words["result"], each.result)])
    return rows
