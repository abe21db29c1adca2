"""Who is rung on duty, answered from here; and an officer's own photo, if one wishes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.front.desk.forms.ringing import PhotoForm, RingForm
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.day import with_queues
from huiyin.record.bodies import portraits, ringing
from huiyin.record.cases.lists import queries
from huiyin.record.files import cleaning
from huiyin.rules.refusal import Refusal
from huiyin.stages.outreach.queries import all_villages
from huiyin.ui import refusals

either = require_http_methods(["GET", "HEAD", "POST"])


@either
def rings(request: OfficerRequest) -> HttpResponse:
    """Rings that wait for me, each with its steps; and ringing who is on duty somewhere."""
    is_answer = request.method == "POST" and request.POST.get("step") == "answer"
    form = RingForm(request.POST if request.method == "POST" and not is_answer else None, areas=all_villages())
    refusal, status = None, 200
    if is_answer:
        key = request.POST.get("key", "")
        try:
            if not (key.isascii() and key.isdecimal() and len(key) < 18):
                raise Refusal("not_found")
            ringing.answer_ring(int(key), by=request.reader)
        except Refusal as raised:
            refusal, status = raised, refusals.status(raised)
        else:
            messages.success(request, _("You see to it. Nobody else is rung."))
            return redirect("desk:rings")
    elif request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            try:
                ringing.begin_ring(typed["area"], kind=typed["kind"], by=request.reader.actor())
            except Refusal as raised:
                status = refusals.put_into(form, raised)
            else:
                messages.success(request, _("Who is on duty is rung, one after the other, until somebody answers."))
                return redirect("desk:rings")
    found = ringing.rings_of(request.reader)
    numbers = {each.case_number for each in found if each.case_number}
    context = {
        "form": form,
        "rings": found,
        "openable": {number for number in numbers if queries.may_open(number, reader=request.reader)},
        "refusal": refusal,
    }
    return render(request, "desk/rings.html", with_queues(request.reader, context), status=status)


@either
def photo(request: OfficerRequest) -> HttpResponse:
    """My photo on the pages of the areas I answer for: only if I wish, and taken away at once."""
    form, refusal, status = PhotoForm(), None, 200
    if request.method == "POST" and request.POST.get("step") == "away":
        try:
            portraits.take_portrait_away(by=request.reader)
            messages.success(request, _("Your photo is gone."))
            return redirect("desk:photo")
        except Refusal as raised:
            refusal, status = raised, refusals.status(raised)
    elif request.method == "POST":
        form, status = PhotoForm(request.POST, request.FILES), 422
        if form.is_valid():
            try:
                portraits.keep_portrait(cleaning.portrait(form.cleaned_data["photo"].read()), by=request.reader)
                messages.success(request, _("Your photo is shown where you answer for an area."))
                return redirect("desk:photo")
            except Refusal as raised:
                form.add_error("photo", refusals.sentence(raised))
                status = refusals.status(raised)
    context = {"form": form, "key": portraits.portrait_key(request.reader.officer_id), "refusal": refusal}
    return render(request, "desk/photo.html", with_queues(request.reader, context), status=status)
