"""Our figures, for everybody: the office's own acts exactly, every breakdown rounded and withheld where it is small."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.front.portal.definitions import COLUMNS, COMPLAINT_ACTS, SHOWN, TABLES
from huiyin.oversight.statistics import disputes, publishing
from huiyin.record import clock
from huiyin.rules.cells import shielded
from huiyin.rules.counting import Rate
from huiyin.rules.outreach import coverage, quarter_of
from huiyin.rules.procedure import Words
from huiyin.stages.outreach import queries as outreach
from huiyin.ui.languages import page_tag
from huiyin.ui.parts import Figure
from huiyin.ui.sayings_of_figures import ACTS

Json = dict[str, Any]
Names = Mapping[str, Mapping[str, Words]]
EXACT_BY_TOWN = ("office_hours_by_town", "suggestions_answered_by_town")  # each of them was in public one by one
NOT_SAID = {publishing.NOT_SAID: Words("未注明", "not said")}


@dataclass(frozen=True, slots=True)
class Table:
    """One breakdown as a page shows it: a line for each row, a column for each kind where there are two dimensions."""

    title: str
    definition: str
    total: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Totals since the count began, coverage of this quarter, and the last quarter that was published."""
    told = publishing.releases()
    context = {
        "totals": [_act(name, value) for name, value in publishing.totals().items()],
        "coverage": _coverage_now(),
        "quarters": [each["quarter"] for each in told],
        "newest": _shown(told[0]) if told else None,
    }
    return render(request, "portal/statistics.html", context)


@require_safe
def quarter(request: HttpRequest, quarter: str) -> HttpResponse:
    """The figures of one quarter: cells that are sums, never a matter."""
    found = publishing.release(quarter)
    if found is None:
        raise Http404
    return render(request, "portal/statistics_quarter.html", {"shown": _shown(found)})


@require_safe
def open_data(request: HttpRequest, form: str) -> HttpResponse:
    """The same as a file, with its definitions: ``json`` or ``csv``."""
    if form == "json":
        return JsonResponse(_whole(), json_dumps_params={"ensure_ascii": False})
    if form != "csv":
        raise Http404
    text = io.StringIO()
    csv.writer(text).writerows([shielded(cell) if isinstance(cell, str) else cell for cell in row] for row in _rows())
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="statistics.csv"'
    return response


def _whole() -> Json:
    names = _names()
    return {
        "publisher": settings.HUIYIN_ORIGIN,
        "rules": {"smallest_shown": 10, "rounded_to": 5, "definition": str(SHOWN["rule"])},
        "definitions": {name: str(said[1]) for name, said in {**ACTS, **COMPLAINT_ACTS, **TABLES}.items()},
        "names": {
            kind: {key: {"zh": said.zh, "en": said.en} for key, said in each.items()} for kind, each in names.items()
        },
        "totals": publishing.totals(),
        "quarters": publishing.releases(),
    }


def _rows() -> Iterator[list[str | int]]:
    yield ["quarter", "figure", "row", "column", "value", "why_not_shown"]
    for name, value in publishing.totals().items():
        yield ["", name, "", "", value, ""]
    for told in publishing.releases():
        quarter = told["quarter"]
        for name, value in told["acts"].items():
            if name == "complaints":
                for each, count in value.items():
                    yield [quarter, f"complaints_{each}", "", "", count, ""]
            else:
                yield [quarter, name, "", "", value, ""]
        yield [quarter, "coverage", "part", "", told["coverage"]["part"], ""]
        yield [quarter, "coverage", "whole", "", told["coverage"]["whole"], ""]
        for name in EXACT_BY_TOWN:
            for town, value in told[name].items():
                yield [quarter, name, town, "", value, ""]
        for town, cell in told["came_by_town"].items():
            yield [quarter, "came_by_town", town, "", *_two(cell["shown"])]
        for table in told["tables"]:
            for cell in table["cells"] or ():
                yield [quarter, table["name"], cell["row"], cell["column"], *_two(cell["shown"])]


def _two(shown: str | int) -> tuple[str | int, str]:
    return (shown, "") if isinstance(shown, int) else ("", shown)


def _shown(told: Mapping[str, Any]) -> Json:
    """A quarter in words: its acts, its rates, its tables."""
    names, acts = _names(), told["acts"]
    complaints = acts["complaints"]
    decided = complaints["in_time"] + complaints["late"]
    reviewed = complaints["review_changed"] + complaints["review_upheld"]
    share = Rate(**told["coverage"])
    return {
        "quarter": told["quarter"],
        "acts": [_act(name, acts[name]) for name in ACTS if name in acts],
        "coverage": Figure(str(_("Coverage")), in_words(share), str(SHOWN["coverage"])),
        "complaints": [
            *(Figure(str(COMPLAINT_ACTS[name][0]), f"{complaints[name]:,}", str(COMPLAINT_ACTS[name][1])) for name in COMPLAINT_ACTS),
            Figure(_("Decided in time, of all decided under a time limit"), in_words(Rate(complaints["in_time"], decided)), str(SHOWN["rate"])),
            Figure(_("Changed after a review, of all reviews decided"), in_words(Rate(complaints["review_changed"], reviewed)), str(SHOWN["rate"])),
        ],
        "tables": [*(_table(each, names) for each in told["tables"]), *_by_town(told, names)],
    }  # fmt: skip


def _by_town(told: Mapping[str, Any], names: Names) -> list[Table]:
    exact = [
        _plain(name, {town: {"shown": value} for town, value in told[name].items()}, names) for name in EXACT_BY_TOWN
    ]
    return [*exact, _plain("came_by_town", told["came_by_town"], names)]


def _plain(name: str, cells: Mapping[str, Any], names: Names) -> Table:
    rows = tuple((_called(town, names["town"]), (shown(cell["shown"]),)) for town, cell in cells.items())
    return Table(str(TABLES[name][0]), str(TABLES[name][1]), "", (), rows)


def _table(told: Mapping[str, Any], names: Names) -> Table:
    name, cells = told["name"], told["cells"]
    of_columns = names[name.rpartition("_")[2]]
    title, definition = (str(each) for each in TABLES[name])
    total = f"{told['total']:,}"
    if cells is None:
        return Table(title, definition, total, (), ())
    known = {(cell["row"], cell["column"]): shown(cell["shown"]) for cell in cells}
    columns = tuple(dict.fromkeys(cell["column"] for cell in cells if cell["column"]))
    lines = tuple(dict.fromkeys(cell["row"] for cell in cells if cell["row"]))
    if not lines:
        return Table(
            title, definition, total, (), tuple((_called(each, of_columns), (known["", each],)) for each in columns)
        )
    heads = (*(_called(each, of_columns) for each in columns), str(COLUMNS["all"]))
    rows = [
        (_called(row, names["town"]), tuple(known.get((row, each), "0") for each in (*columns, ""))) for row in lines
    ]
    rows.append((str(COLUMNS["all"]), (*(known["", each] for each in columns), total)))
    return Table(title, definition, total, heads, tuple(rows))


def shown(value: str | int) -> str:
    """A number of a table, or in words why there is none."""
    return f"{value:,}" if isinstance(value, int) else str(SHOWN[value])


def in_words(rate: Rate) -> str:
    """``41 of 42 (97.6 %)``; without a percentage where there are fewer than ten."""
    if rate.percent is None:
        return _("%(part)s out of %(whole)s") % {"part": rate.part, "whole": rate.whole}
    return _("%(part)s of %(whole)s (%(percent)s %%)") % {
        "part": rate.part, "whole": rate.whole, "percent": rate.percent,
    }  # fmt: skip


def _coverage_now() -> Figure:
    zone = settings.TIME_ZONE
    now = quarter_of(clock.today(zone))
    out = outreach.counted(now.first, min(now.last, clock.today(zone)), zone=zone)
    share = coverage(out.held_in, outreach.villages())
    return Figure(_("Coverage in %(quarter)s, so far") % {"quarter": now.name}, in_words(share), str(SHOWN["coverage"]))


def _act(name: str, value: int) -> Figure:
    said: tuple[Promise, Promise] = ACTS[name]
    return Figure(str(said[0]), f"{value:,}", str(said[1]))


def _names() -> Names:
    """What rows and columns are called: towns, kinds and levels each in their own right, for a code can be in two."""
    kinds, levels = disputes.names()
    return {"town": dict(outreach.towns()), "kind": kinds, "level": levels}


def _called(key: str, names: Mapping[str, Words]) -> str:
    return (names.get(key) or NOT_SAID.get(key) or Words(key, key)).in_language(page_tag())
