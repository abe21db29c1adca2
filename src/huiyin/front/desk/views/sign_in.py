"""In and out: the session gets a new id, the officer's language applies, the sign-in stands in the body's chain."""

from __future__ import annotations

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.front.desk.forms.sign_in import SignInForm
from huiyin.front.desk.refusing import put_into
from huiyin.record.bodies.models import Account
from huiyin.record.bodies.queries import reader_for_account
from huiyin.record.bodies.sign_ins import note_sign_in
from huiyin.rules.refusal import Refusal
from huiyin.ui.languages import LANGUAGES


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let an officer in. A wrong name and a wrong password look alike and take alike; nobody is locked out."""
    if request.user.is_authenticated and reader_for_account(request.user) is not None:
        return redirect("desk:day")
    if request.method != "POST":
        return _page(request, SignInForm(initial={"next": request.GET.get("next", "")}))
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    account = auth.authenticate(request, username=form.cleaned_data["username"], password=form.cleaned_data["password"])
    if not isinstance(account, Account):
        return _page(request, form, put_into(form, Refusal("wrong_password")))
    reader = reader_for_account(account)
    if reader is None:
        return _page(request, form, put_into(form, Refusal("no_officer_here")))
    auth.login(request, account)
    note_sign_in(reader)
    response = HttpResponseRedirect(_way_on(form.cleaned_data["next"]))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        set_language(response, account.language)
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; the next officer at this computer starts in their own language."""
    auth.logout(request)
    response = redirect("desk:sign-in")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, path=settings.LANGUAGE_COOKIE_PATH, samesite="Lax")
    return response


def set_language(response: HttpResponse, code: str) -> None:
    """Keep a language of ours for this browser."""
    if code not in {known for known, _tag, _name in LANGUAGES}:
        return
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


def _way_on(wanted: str) -> str:
    """Where the officer wanted to go, when that is on the desk; else the day."""
    day = reverse("desk:day")
    is_ours = wanted.startswith(day) and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else day


def _page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    return render(request, "desk/sign_in.html", {"form": form}, status=status)
