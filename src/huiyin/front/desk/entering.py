"""From a right password to an open desk: the second step in between, a new session name at each step."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from huiyin.record.bodies.models import Account
from huiyin.record.bodies.queries import reader_for_account
from huiyin.record.bodies.sign_ins import note_sign_in
from huiyin.record.entry import factors
from huiyin.record.entry.own_sessions import device_of
from huiyin.record.entry.sessions import DEVICE
from huiyin.rules.refusal import Refusal
from huiyin.ui import languages

PENDING, MARK = "first_step", "second_factor"
PATIENCE = 10 * 60  # seconds between the password and the second step


def first_step_done(request: HttpRequest, account: Account, way: str) -> HttpResponse:
    """The password, or another house, was right: ask for the second step, or open the desk where there is none.

    Raises Refusal("no_officer_here").
    """
    if reader_for_account(account) is None:
        raise Refusal("no_officer_here")
    if not factors.is_shown(account):
        return let_in(request, account, way, has_factor=False)
    request.session.cycle_key()
    request.session[PENDING] = {"account": account.pk, "at": int(time.time()), "way": way}
    return redirect("desk:second-step")


def waiting_for(request: HttpRequest) -> tuple[Account, str] | None:
    """Whose second step this browser owes, and where they wanted to go; None where nobody's."""
    first = request.session.get(PENDING)
    if first is not None and 0 <= time.time() - first["at"] <= PATIENCE:
        account = Account.objects.filter(pk=first["account"], is_active=True).first()
        return (account, str(first["way"])) if account else None
    if isinstance(request.user, Account) and not request.session.get(MARK):
        return request.user, ""
    return None


def let_in(request: HttpRequest, account: Account, way: str, *, has_factor: bool) -> HttpResponse:
    """Open the desk under a new session name, and note it in the chain of the body."""
    reader = reader_for_account(account)
    if reader is None:
        raise Refusal("no_officer_here")
    request.session.pop(PENDING, None)
    auth.login(request, account)
    request.session.cycle_key()  # also where the account was signed in already
    request.session[DEVICE] = device_of(request.headers.get("User-Agent", ""))
    request.session[MARK] = has_factor
    note_sign_in(reader)
    response = HttpResponseRedirect(way_on(way))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        languages.keep(response, account.language)
    return response


def has_shown(request: HttpRequest) -> bool:
    """Whether this session came through a second step, or its account has none."""
    return bool(request.session.get(MARK)) or not factors.is_shown(request.user)  # type: ignore[arg-type]


def way_on(wanted: str) -> str:
    """Where the officer wanted to go, when that is on the desk; else the day."""
    day = reverse("desk:day")
    is_ours = wanted.startswith(day) and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else day


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in first; a page that was only to be read comes next. What was asked of it stays out of the address."""
    there = reverse("desk:sign-in")
    return redirect(f"{there}?{urlencode({'next': request.path})}" if request.method == "GET" else there)
