"""The monthly report in one click: to read, to print, to take along."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.front.desk.figures import Section, sections
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.sheets import KINDS, Cell, table_file
from huiyin.front.desk.views.day import with_queues
from huiyin.oversight.statistics.monthly import Month, Report, bodies_of, current_month, months, report
from huiyin.ui.dates import plain_date
from huiyin.ui.languages import page_tag


@require_safe
def monthly(request: OfficerRequest) -> HttpResponse:
    """Last month of my own body, unless another month or a body below it is asked for."""
    bodies = bodies_of(request.reader)
    if not bodies:
        raise Http404
    known = months(current_month(request.reader.zone).today)
    month = _asked(known, request.GET.get("month", ""))
    code = request.GET.get("body", "") or bodies[0].code
    found = report(code, month, reader=request.reader)
    told = sections(found)
    kind = request.GET.get("as", "")
    if kind in KINDS:
        return table_file(_rows(found, told), f"report-{code}-{month.name}", KINDS[kind], heading_at=4)
    if kind:
        raise Http404
    context = {
        "report": found,
        "sections": told,
        "bodies": [(each.code, each.name) for each in bodies],
        "months": known,
        "query": f"body={code}&month={month.name}",
    }
    return render(request, "desk/report.html", with_queues(request.reader, context))


def _asked(known: list[Month], name: str) -> Month:
    """The month of this name; without a name the last one that is over."""
    month = next((each for each in known if each.name == name), None)
    if name and month is None:
        raise Http404
    return month or known[1]


def _rows(found: Report, told: list[Section]) -> list[list[Cell]]:
    """The report as a table: title lines, then one line for each figure."""
    rows: list[list[Cell]] = [
        [_("Monthly report")],
        [found.body.name.in_language(page_tag())],
        [_("%(first)s to %(last)s") % {"first": plain_date(found.month.first), "last": plain_date(found.month.last)}],
        [_not_counted()],
        [_("Part"), _("Figure"), _("Value"), _("What it counts")],
    ]
    for section in told:
        rows += [[section.title, line.name, _number(line.value), line.definition] for line in section.lines]
        if section.note:
            rows.append([section.title, "", section.note, ""])
    return rows


def _not_counted() -> str:
    return _("Matters about the conduct of staff are not in these figures: the supervising level counts them.")


def _number(shown: str) -> Cell:
    bare = shown.replace(",", "")
    return int(bare) if bare.isdecimal() else shown
