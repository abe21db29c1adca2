"""A call: the number and the status word give the state, the day and a name, and nothing else."""

from __future__ import annotations

import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from huiyin.front.desk.forms.register import EnquiryForm
from huiyin.front.desk.refusing import put_into
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.day import with_queues
from huiyin.record.cases.opening import access
from huiyin.rules.receipt import parse_case_number
from huiyin.rules.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request: OfficerRequest) -> HttpResponse:
    """What may be told by phone; the complainant sees that it was told."""
    form = EnquiryForm(request.POST) if request.method == "POST" else EnquiryForm()
    told, status = None, 200
    if request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST":
        try:
            state, due_on, name = access.tell_status(
                form.cleaned_data["number"], form.cleaned_data["word"], reader=request.reader
            )
            told = {
                "number": parse_case_number(form.cleaned_data["number"]),
                "state": state,
                "due_on": datetime.date.fromisoformat(due_on) if due_on else None,
                "name": name,
            }
        except Refusal:
            status = put_into(form, Refusal("check_word"))
    context = with_queues(request.reader, {"form": form, "told": told})
    return render(request, "desk/enquiry.html", context, status=status)
