"""What the office keeps, and what waits for a second person."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.front.office.faults import lines_of
from huiyin.front.office.keeping import OfficeRequest, page
from huiyin.record import clock
from huiyin.record.approvals.actions import proposals
from huiyin.record.law import calendars, folders, routes, sources


@require_safe
def start(request: OfficeRequest) -> HttpResponse:
    """Four rooms, what waits, what is missing."""
    directory = routes.places()
    named = routes.named_by_packs()
    this_year = clock.today(request.reader.zone).year
    context = {
        "proposed": sources.proposed(),
        "years_proposed": [each for each in proposals(calendars.KIND) if each.state == "open"],
        "in_folders": len(sources.in_folders()),
        "faults": lines_of(folders.faults()),
        "missing_routes": sorted(key for key in named if key not in directory),
        "unpublished": [
            (country, year)
            for country in calendars.countries()
            for year in (this_year, this_year + 1)
            if not calendars.calendar(country).is_published(year)
        ],
    }
    return render(request, "office/start.html", page(request, "start", context))
