"""What belongs to the officer alone: keys for programs, language, keyboard."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.front.desk.forms.sign_in import SettingsForm, TokenForm
from huiyin.front.desk.refusing import put_into
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.day import with_queues
from huiyin.record import clock
from huiyin.record.bodies import tokens as keys_of_programs
from huiyin.rules.refusal import Refusal
from huiyin.ui import languages

KEPT = ("language", "has_desk_keys", "morning_mail")


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: OfficerRequest) -> HttpResponse:
    """Make a key for a program; it is shown on this one answer and never again."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    made, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = _make(request, form)
                form, status = TokenForm(), 200
            except Refusal as refusal:
                status = put_into(form, refusal)
    context: dict[str, Any] = {
        "form": form,
        "made": made,
        "now": clock.now(),
        "my_tokens": keys_of_programs.tokens_of(request.user),
    }
    return render(request, "desk/tokens.html", with_queues(request.reader, context), status=status)


def _make(request: OfficerRequest, form: TokenForm) -> str:
    if not request.reader.posts:
        raise Refusal("not_allowed")
    typed = form.cleaned_data
    return keys_of_programs.make_token(request.user, by=request.reader, label=typed["label"], days=typed["days"])


@require_POST
def end_token(request: OfficerRequest, key: int) -> HttpResponse:
    """End a key of one's own at once."""
    keys_of_programs.revoke(key, account=request.user, by=request.reader)
    messages.success(request, _("The token has ended. Programs that use it are refused from now on."))
    return redirect("desk:tokens")


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: OfficerRequest) -> HttpResponse:
    """Language of the desk, single keys on or off, the mail of the morning."""
    account = request.user
    initial = {name: getattr(account, name) for name in KEPT}
    form = SettingsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        for name in KEPT:
            setattr(account, name, form.cleaned_data[name])
        account.save(update_fields=KEPT)
        with override(account.language):
            messages.success(request, _("Your settings are kept."))
        response = redirect("desk:settings")
        languages.keep(response, account.language)
        return response
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/settings.html", with_queues(request.reader, {"form": form}), status=status)


@require_safe
def keys(request: OfficerRequest) -> HttpResponse:
    """Every key and what it opens."""
    return render(request, "desk/keys.html", with_queues(request.reader, {}))
