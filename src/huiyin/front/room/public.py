"""Calculators for everybody: wages that are owed, and a sum paid in parts. Nothing typed here is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.front.room.calculator_forms import InstalmentForm, WagesForm
from huiyin.front.room.forms import put_into
from huiyin.rules import reckoning
from huiyin.rules.refusal import Refusal


@require_safe
def calculators(request: HttpRequest) -> HttpResponse:
    """Both on one page, asked by GET: the address can be kept, and holds numbers alone."""
    asked, owed, plan = request.GET.get("sum", ""), "", []
    wages = WagesForm(request.GET if asked == "wages" else None)
    parts = InstalmentForm(request.GET if asked == "parts" else None)
    try:
        if asked == "wages" and wages.is_valid():
            owed = reckoning.money(wages.owed())
        if asked == "parts" and parts.is_valid():
            plan = [(each, reckoning.money(each.cents), reckoning.money(each.left_cents)) for each in parts.plan()]
    except Refusal as refusal:
        put_into(wages if asked == "wages" else parts, refusal)
    return render(request, "room/calculators.html", {"wages": wages, "parts": parts, "owed": owed, "plan": plan})
