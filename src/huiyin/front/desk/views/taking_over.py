"""Take over matters from a table: choose it, see row by row what will happen, then do it, as often as it takes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.front.desk import table_labels
from huiyin.front.desk.carried import Carried, closed, opened
from huiyin.front.desk.forms.external import SUGGESTIONS, suggested_systems
from huiyin.front.desk.forms.taking_over import MappingForm, TableForm
from huiyin.front.desk.refusing import put_into
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.sheets import Cell, table_file
from huiyin.rules.cells import Unreadable
from huiyin.rules.external import system_name
from huiyin.rules.refusal import Refusal
from huiyin.rules.table import find_heading, recognised
from huiyin.stages.intake.table_file import read_file
from huiyin.stages.intake.taking_over import Done, Planned, Source, note_looked_at, plan, take_over

ORDER = ("wrong", "taken", "register", "twice", "there")


@require_http_methods(["GET", "HEAD", "POST"])
def take_over_table(request: OfficerRequest) -> HttpResponse:
    """Every step is one address; the table travels sealed in the page."""
    step = request.POST.get("step", "")
    if request.method != "POST":
        return _choose(request, TableForm())
    if step == "choose":
        return _chosen(request)
    carried = opened(request.POST.get("table", ""), request.user.pk)
    if carried is None:
        return _choose(request, TableForm(), 409, sentence=table_labels.of_file(Unreadable("gone")))
    if step == "do" and not _is_changed(request, carried):
        return _do(request, carried)
    if step in {"wrong", "result"}:
        return _file(request, carried, step)
    return _mapped(request, carried)


def _choose(request: OfficerRequest, form: TableForm, status: int = 200, sentence: str = "") -> HttpResponse:
    context = {"form": form, "systems": suggested_systems(), "list_id": SUGGESTIONS, "sentence": sentence}
    return render(request, "desk/take_over.html", context, status=status)


def _chosen(request: OfficerRequest) -> HttpResponse:
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid():
        return _choose(request, form, 422)
    try:
        system = system_name(form.cleaned_data["system"])
        read = read_file(form.cleaned_data["file"])
        table = find_heading(read.lines)
        carried = Carried(
            table, system, form.cleaned_data["channel"], recognised(table.heading), read.begins, read.empty
        )
        closed(carried, request.user.pk)
    except Unreadable as unreadable:
        form.add_error("file", table_labels.of_file(unreadable))
        return _choose(request, form, 422)
    except Refusal as refusal:
        return _choose(request, form, put_into(form, refusal))
    note_looked_at(_source(carried), len(table.lines), by=request.reader)
    return _check(request, carried, MappingForm(table, carried.mapping))


def _is_changed(request: OfficerRequest, carried: Carried) -> bool:
    """Whether another column was chosen on the page: then that is shown before anything is done by it."""
    form = MappingForm(carried.table, carried.mapping, request.POST)
    return not request.POST.keys().isdisjoint(form.fields) and (
        not form.is_valid() or form.mapping() != carried.mapping
    )


def _mapped(request: OfficerRequest, carried: Carried) -> HttpResponse:
    form = MappingForm(carried.table, carried.mapping, request.POST)
    if not form.is_valid():
        return _check(request, carried, form, 422)
    carried = replace(carried, mapping=form.mapping())
    return _check(request, carried, MappingForm(carried.table, carried.mapping))


def _check(request: OfficerRequest, carried: Carried, form: MappingForm, status: int = 200) -> HttpResponse:
    """The dry run: nothing is written."""
    try:
        planned = plan(carried.table, carried.mapping, _source(carried), by=request.reader)
    except Refusal:
        planned = []  # a column that is needed is not chosen yet: the form says which
        form = form if form.is_bound else MappingForm(carried.table, carried.mapping, _as_typed(carried))
    context = _context(request, carried, planned) | {"form": form, "is_mapped": not form.errors}
    return render(request, "desk/take_over_check.html", context, status=status)


def _do(request: OfficerRequest, carried: Carried) -> HttpResponse:
    source = _source(carried)
    done = take_over(plan(carried.table, carried.mapping, source, by=request.reader), source, by=request.reader)
    carried = replace(carried, made=carried.made | done.registered, outside=carried.outside | done.outside)
    planned = plan(carried.table, carried.mapping, source, by=request.reader)
    context = _context(request, carried, planned) | {"done": done, "failed": _failed(done, carried)}
    return render(request, "desk/take_over_done.html", context)


def _file(request: OfficerRequest, carried: Carried, step: str) -> HttpResponse:
    """The rows to correct with the reason beside them, or all rows with what became of them."""
    planned = plan(carried.table, carried.mapping, _source(carried), by=request.reader)
    heading: list[Cell] = list(carried.table.heading.cells)
    if step == "wrong":
        rows = [[*row.line.cells, table_labels.of_row(row, carried.mapping)] for row in planned if row.deed == "wrong"]
        return table_file([[*heading, _("Why it was not taken over")], *rows], "to-correct", "xlsx")
    told: list[list[Cell]] = [
        [row.line.row, row.number, _number(row, carried), _became(row, carried)] for row in planned
    ]
    titles: list[Cell] = [_("Row"), _("Number in the other system"), _("Number"), _("What became of it")]
    return table_file([titles, *told], "taken-over", "xlsx")


def _context(request: OfficerRequest, carried: Carried, planned: list[Planned]) -> dict[str, Any]:
    groups: dict[str, list[dict[str, Any]]] = {deed: [] for deed in ORDER}
    for row in planned:
        groups["taken" if row.line.row in carried.made else row.deed].append(_shown(row, carried))
    return {
        "table": closed(carried, request.user.pk),
        "carried": carried,
        "groups": [
            {"deed": deed, "word": table_labels.DEEDS[deed], "rows": rows} for deed, rows in groups.items() if rows
        ],
        "counts": {deed: len(rows) for deed, rows in groups.items()},
        "total": len(carried.table.lines),
    }


def _shown(row: Planned, carried: Carried) -> dict[str, Any]:
    filing, reference = row.filing, row.reference
    return {
        "row": row.line.row,
        "number": row.number,
        "subject": filing.subject if filing else "",
        "language": filing.language if filing else "",
        "received_on": filing.received_on if filing else None,
        "due_on": reference.due_on if reference else None,
        "why": table_labels.of_row(row, carried.mapping) if row.problems else "",
        "notes": table_labels.notes_of(row),
        "case_number": _number(row, carried),
        "is_outside": row.line.row in carried.outside,
    }


def _number(row: Planned, carried: Carried) -> str:
    return carried.made.get(row.line.row, row.case_number)


def _became(row: Planned, carried: Carried) -> str:
    if row.line.row in carried.outside:
        return _("Registered at the desk outside the units")
    if row.line.row in carried.made:
        return str(table_labels.DEEDS["taken"])
    return table_labels.of_row(row, carried.mapping)


def _failed(done: Done, carried: Carried) -> list[str]:
    return [table_labels.failed(problem, row, carried.mapping) for row, problem in done.failed.items()]


def _source(carried: Carried) -> Source:
    return Source(carried.system, carried.channel, carried.begins)


def _as_typed(carried: Carried) -> dict[str, str]:
    return {field: str(place) for field, place in carried.mapping.items()}
