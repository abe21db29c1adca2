"""What an officer signs in with, and where: factors, sessions, password. Each belongs to its owner alone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.front.desk.entering import MARK
from huiyin.front.desk.forms.security import PasswordForm
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.day import with_queues
from huiyin.record.entry import factors
from huiyin.record.entry.own_sessions import end_others, end_session, sessions_of


@require_safe
def security(request: OfficerRequest) -> HttpResponse:
    """Everything on one page."""
    standing = factors.standing(request.user)
    is_required = factors.is_required(request.reader.roles)
    context: dict[str, Any] = {
        "standing": standing,
        "is_required": is_required,
        "must_enrol": is_required and not standing.is_enrolled,
        "is_demo": settings.HUIYIN_PROFILE == "demo",
        "sessions": sessions_of(request.user, here=request.session),
        "idle_minutes": settings.HUIYIN_IDLE_MINUTES,
    }
    return render(request, "desk/security.html", with_queues(request.reader, context))


@require_POST
def session_end(request: OfficerRequest, key: int) -> HttpResponse:
    """End one of one's own sessions."""
    end_session(key, account=request.user)
    messages.success(request, _("That session has ended."))
    return redirect("desk:security")


@require_POST
def sessions_end(request: OfficerRequest) -> HttpResponse:
    """End all but this one."""
    end_others(request.user, here=request.session)
    messages.success(request, _("All other sessions have ended."))
    return redirect("desk:security")


@sensitive_post_parameters("password", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: OfficerRequest) -> HttpResponse:
    """A new password; every other session ends, this one gets a new name."""
    form = PasswordForm(request.POST if request.method == "POST" else None, account=request.user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            request.user.set_password(form.cleaned_data["new"])
            request.user.save(update_fields=["password"])
            factors.note("password_changed", by=request.reader, details={})
        close_the_rest(request)
        messages.success(request, _("The new password holds. All other sessions have ended."))
        return redirect("desk:security")
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/password.html", with_queues(request.reader, {"form": form}), status=status)


def close_the_rest(request: OfficerRequest, *, has_factor: bool | None = None) -> None:
    """After the door changed: this session under a new name, all others ended."""
    update_session_auth_hash(request, request.user)
    if has_factor is not None:
        request.session[MARK] = has_factor
    end_others(request.user, here=request.session)
