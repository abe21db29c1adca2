"""Who is there for me: an area is chosen step by step or by a poster's QR code, and says who answers for it."""

from __future__ import annotations

import io

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.front.portal import law
from huiyin.record.bodies import ground, portraits
from huiyin.record.bodies.ground import Here
from huiyin.record.law import routes, versions
from huiyin.rules.procedure import Term
from huiyin.stages.outreach import queries

HOURS = 10  # office hours on the page of an area


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """The first choice: counties, and what lies right below them."""
    tops = [(top, ground.below(top.code)) for top in ground.below()]
    return render(request, "portal/areas.html", {"tops": tops})


@require_safe
def area(request: HttpRequest, area: str) -> HttpResponse:
    """One area: who can be reached now, who answers for it, how long things take, and how to complain about them."""
    here = _found(area)
    found = law.promises(law.current())
    levels = ground.levels(here.code)
    context = {
        "area": here,
        "above": [level.area for level in reversed(levels[1:])],
        "below": ground.below(here.code),
        "levels": levels,
        "reached": ground.reached(here.code),
        "hours": queries.hours_to_come(here.code)[:HOURS],
        "inform_within": law.length(found.inform) if found.inform else "",
        "answer_within": law.length(found.answer) if found.answer else "",
    }
    return render(request, "portal/area.html", context)


@require_safe
def poster(request: HttpRequest, area: str) -> HttpResponse:
    """The poster of an area, one sheet of A4 in both languages."""
    return _sheet(request, _found(area), None)


@require_safe
def card(request: HttpRequest, area: str, key: int) -> HttpResponse:
    """The same sheet with the name of the firm or school that asked for it."""
    here = _found(area)
    wanted = next((each for each in ground.posters(here.code) if each.id == key), None)
    if wanted is None:
        raise Http404
    return _sheet(request, here, wanted)


@require_safe
def qr(request: HttpRequest, area: str) -> HttpResponse:
    """The address of the area's page as a QR code."""
    drawing = io.BytesIO()
    segno.make(address_of(_found(area)), error="m").save(drawing, kind="svg", scale=6, border=2, light="white")
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


@require_safe
def photo(request: HttpRequest, key: str) -> HttpResponse:
    """The photo of an officer who wished to show one; a new one has another address."""
    found = portraits.picture(key)
    if found is None:
        raise Http404
    response = HttpResponse(found, content_type="image/jpeg")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def mediation(request: HttpRequest) -> HttpResponse:
    """What mediation cannot do and where to go instead; how it goes, by when, what it never costs; who mediates."""
    packs = versions.mediations_in_force()
    first = packs[0] if packs else None
    context = {
        "pack": first,
        "exclusions": [(each, first.routes[each.route]) for each in first.exclusions.values()] if first else [],
        "disputes": [
            (kind, [first.routes[route] for route in kind.routes]) for kind in first.disputes.values()
        ] if first else [],
        "routes": [(route, routes.place(route.address)) for route in first.routes.values()] if first else [],
        "times": [
            (pack, [(term, law.length(term), law.origin(term)) for term in pack.terms.values() if _is_told(term)])
            for pack in packs
        ],
        "mediators": ground.mediators(),
    }  # fmt: skip
    return render(request, "portal/mediation.html", context)


def _is_told(term: Term) -> bool:
    """The time of the mediation itself, and the window for the court's confirmation."""
    return term.owed_by == "mediator" or term.is_window


def address_of(here: Here) -> str:
    """The address of an area's page, for paper."""
    return f"{settings.HUIYIN_BASE_URL}{reverse('portal:area', args=[here.code])}"


def _sheet(request: HttpRequest, here: Here, wanted: ground.Poster | None) -> HttpResponse:
    levels = ground.levels(here.code)
    context = {
        "area": here,
        "place": wanted.place if wanted and wanted.place.zh else None,
        "levels": [level for level in levels if level.contacts],
        "address": address_of(here),
        "qr": reverse("portal:area-qr", args=[here.code]),
    }
    return render(request, "portal/area_poster.html", context)


def _found(code: str) -> Here:
    here = ground.area_named(code)
    if here is None:
        raise Http404
    return here
