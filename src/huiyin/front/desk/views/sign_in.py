"""In and out: the session gets a new id, the officer's language applies, the sign-in stands in the body's chain."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.front.desk.entering import first_step_done, let_in, waiting_for
from huiyin.front.desk.forms.sign_in import CodeForm, SignInForm
from huiyin.front.desk.refusing import put_into
from huiyin.record.bodies.models import Account
from huiyin.record.bodies.queries import reader_for_account
from huiyin.record.entry import factors, outside, security_keys, turnstile
from huiyin.rules.refusal import Refusal
from huiyin.ui.source import source_of

ASKED, CHALLENGE, WAY = "asked_outside", "key_challenge", "way"


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
    try:
        account = _known(request, form.cleaned_data["username"], form.cleaned_data["password"])
        return first_step_done(request, account, form.cleaned_data["next"])
    except Refusal as refusal:
        return _page(request, form, put_into(form, refusal))


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """A code of the app, a recovery code, or a security key; the session gets another new name."""
    owed = waiting_for(request)
    if owed is None:
        return redirect("desk:sign-in")
    account, way = owed
    if request.method != "POST":
        return _second(request, account, CodeForm())
    answer = request.POST.get("answer", "")
    form = CodeForm(request.POST if not answer else None)
    try:
        if answer:
            security_keys.check_key(account, request.session.pop(CHALLENGE, {}), answer)
            return let_in(request, account, way, has_factor=True)
        if not form.is_valid():
            return _second(request, account, form, status=422)
        kind = factors.try_code(account, form.cleaned_data["code"])
    except Refusal as refusal:
        if answer:
            return _second(request, account, form, refusal=refusal, status=401)
        return _second(request, account, form, status=put_into(form, refusal))
    if kind == "handed":
        let_in(request, account, "", has_factor=False)
        return redirect("desk:security")
    return let_in(request, account, way, has_factor=True)


@require_safe
def other_house(request: HttpRequest) -> HttpResponse:
    """Go to the house that knows the officer. A link, not a form: our policy lets no form leave this address."""
    if not outside.is_set_up():
        raise Refusal("not_found")
    there, asked = outside.begin(back_to=_back())
    request.session[ASKED] = {"state": asked.state, "nonce": asked.nonce, "verifier": asked.verifier}
    request.session[WAY] = request.GET.get("next", "")[:400]
    return HttpResponseRedirect(there)


@require_safe
def other_house_back(request: HttpRequest) -> HttpResponse:
    """The other house sent them back with a code; our own second step follows all the same."""
    asked = request.session.pop(ASKED, None)
    if not outside.is_set_up() or asked is None:
        raise Refusal("not_found")
    account = outside.account_of(
        outside.Question(**asked),
        state=request.GET.get("state", ""),
        code=request.GET.get("code", ""),
        back_to=_back(),
    )
    return first_step_done(request, account, str(request.session.pop(WAY, "")))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, on the server too; the next officer at this computer starts in their own language."""
    auth.logout(request)
    response = redirect("desk:sign-in")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, path=settings.LANGUAGE_COOKIE_PATH, samesite="Lax")
    return response


def _known(request: HttpRequest, username: str, password: str) -> Account:
    """Whose name and password these are. Raises Refusal("wrong_password") or Refusal("busy")."""
    source = source_of(request)
    with turnstile.place(source):
        account = auth.authenticate(request, username=username, password=password)
    if not isinstance(account, Account):
        turnstile.failed(source)
        raise Refusal("wrong_password")
    return account


def _back() -> str:
    return f"{settings.HUIYIN_BASE_URL}{reverse('desk:other-house-back')}"


def _page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "other_house": settings.HUIYIN_OIDC_NAME if outside.is_set_up() else ""}
    return render(request, "desk/sign_in.html", context, status=status)


def _second(
    request: HttpRequest, account: Account, form: CodeForm, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    """The page, with a fresh question for the keys of the account where it has some."""
    context: dict[str, Any] = {"form": form, "refusal": refusal, "standing": factors.standing(account)}
    begun = security_keys.begin_asking(account)
    if begun is not None:
        context["options"], request.session[CHALLENGE] = begun
    return render(request, "desk/second_step.html", context, status=status)
