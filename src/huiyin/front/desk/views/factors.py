"""Adding and removing second factors, in the officer's own hands."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from huiyin.front.desk.entering import has_shown
from huiyin.front.desk.forms.security import AppForm, KeyForm, OwnPasswordForm
from huiyin.front.desk.refusing import put_into
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.day import with_queues
from huiyin.front.desk.views.security import close_the_rest
from huiyin.record.entry import factors, security_keys
from huiyin.rules.refusal import Refusal

CHALLENGE = "key_to_add"


@sensitive_post_parameters("code", "sealed")
@require_http_methods(["GET", "HEAD", "POST"])
def app_codes(request: OfficerRequest) -> HttpResponse:
    """An app that shows codes: scan, type the first one. The secret is kept when the code was right, not before."""
    if not has_shown(request):
        return redirect("desk:second-step")
    form, status = AppForm(initial={"sealed": factors.new_app_secret(request.user)}), 200
    if request.method == "POST":
        form, status = AppForm(request.POST), 422
        if form.is_valid():
            try:
                factors.add_app(request.user, form.cleaned_data["sealed"], form.cleaned_data["code"], by=request.reader)
                return _added(request)
            except Refusal as refusal:
                status = put_into(form, refusal)
    try:
        address, secret = factors.app_address(request.user, str(form["sealed"].value() or ""))
    except Refusal:
        return redirect("desk:app-codes")
    context = {"form": form, "picture": _picture(address), "secret": secret}
    return render(request, "desk/app_codes.html", with_queues(request.reader, context), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def security_key(request: OfficerRequest) -> HttpResponse:
    """A security key: the browser asks it, the library checks what it said."""
    if not has_shown(request):
        return redirect("desk:second-step")
    form, refusal, status = KeyForm(), None, 200
    if request.method == "POST":
        form, status = KeyForm(request.POST), 422
        state = request.session.pop(CHALLENGE, {})
        if form.is_valid():
            answer = request.POST.get("answer", "")
            try:
                security_keys.add_key(request.user, state, answer, label=form.cleaned_data["label"], by=request.reader)
                return _added(request)
            except Refusal as problem:
                refusal, status = problem, 422
    options, request.session[CHALLENGE] = security_keys.begin_adding(request.user)
    context = {"form": form, "options": options, "refusal": refusal}
    return render(request, "desk/security_key.html", with_queues(request.reader, context), status=status)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: OfficerRequest) -> HttpResponse:
    """New recovery codes, after the password; shown on this one answer."""
    standing = factors.standing(request.user)
    if not has_shown(request) or not standing.is_enrolled:
        return redirect("desk:security")
    form = OwnPasswordForm(request.POST if request.method == "POST" else None, account=request.user)
    if request.method == "POST" and form.is_valid():
        return _codes(request)
    context = {"form": form, "left": standing.recovery_codes_left}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/recovery_codes.html", with_queues(request.reader, context), status=status)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def factor_remove(request: OfficerRequest, key: int) -> HttpResponse:
    """Take one away, after the password."""
    standing = factors.standing(request.user)
    factor = next((each for each in (standing.app, *standing.keys) if each is not None and each.pk == key), None)
    if factor is None or not has_shown(request):
        raise Refusal("not_found")
    form, status = OwnPasswordForm(request.POST if request.method == "POST" else None, account=request.user), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                factors.remove(key, account=request.user, by=request.reader)
            except Refusal as refusal:
                status = put_into(form, refusal)
            else:
                messages.success(request, _("It is removed and opens nothing any more."))
                return redirect("desk:security")
    context: dict[str, Any] = {"form": form, "factor": factor}
    return render(request, "desk/factor_remove.html", with_queues(request.reader, context), status=status)


def _added(request: OfficerRequest) -> HttpResponse:
    """A factor more; with the first one come recovery codes, and every other session ends."""
    standing = factors.standing(request.user)
    close_the_rest(request, has_factor=True)
    messages.success(request, _("From now on you are asked for it when you sign in."))
    return redirect("desk:security") if standing.recovery_codes_left else _codes(request)


def _codes(request: OfficerRequest) -> HttpResponse:
    made = factors.make_recovery_codes(request.user, by=request.reader)
    return render(request, "desk/recovery_codes.html", with_queues(request.reader, {"made": made}))


def _picture(address: str) -> SafeString:
    """The QR code, drawn into the page: no picture address holds the secret."""
    drawn = segno.make(address, error="m").svg_inline(scale=4, border=4, light="#fff", dark="#000")
    return mark_safe(drawn)  # noqa: S308 - paths drawn by the library, no word of anybody's in it
