"""The directory of routes: where a matter that is not ours can be taken. One person is enough; the old entry stays."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.front.office.forms import RouteForm
from huiyin.front.office.keeping import OfficeRequest, keeper, page
from huiyin.record import clock
from huiyin.record.law import routes as directory
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals


@require_safe
def routes(request: OfficeRequest) -> HttpResponse:
    """Every key that packs in force name, filled in or not, and what else the directory has."""
    places, named = directory.places(), directory.named_by_packs()
    keys = sorted({*places, *named}, key=lambda key: (key in places, key))
    context = {"lines": [(key, places.get(key), named.get(key, [])) for key in keys]}
    return render(request, "office/routes.html", page(request, "routes", context))


@require_http_methods(["GET", "HEAD", "POST"])
def route(request: OfficeRequest, key: str) -> HttpResponse:
    """One entry: who names it, what it says, what it said before."""
    today = clock.today(request.reader.zone)
    place = directory.place(key)
    form = RouteForm(request.POST if request.method == "POST" else None, initial=RouteForm.of(place, today))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = {name: str(form.cleaned_data[name] or "") for name in directory.FIELDS}
            try:
                code, actor = keeper(request)
                directory.enter(key, typed, since=form.cleaned_data["since"], body_code=code, by=actor)
            except Refusal as refusal:
                form.add_error(None, refusals.sentence(refusal))
                status = refusals.status(refusal)
            else:
                messages.success(
                    request, _("The entry is kept. Residents read it from now on; the old one stays below.")
                )
                return redirect("office:route", key=key)
    named = directory.named_by_packs().get(key, [])
    context = {"key": key, "place": place, "named": named, "form": form, "history": directory.history(key)}
    return render(request, "office/route.html", page(request, "routes", context), status=status)
