"""What must always hold here, in plain sentences, and where holes in our own walls are reported."""

from __future__ import annotations

import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.record.cases.fairness.desks import profiles
from huiyin.record.cases.held.checking import last_check
from huiyin.record.cases.keys.sealing_standing import sealing_standing
from huiyin.rules.rights import Right, load_rights

VALID = datetime.timedelta(days=180)  # RFC 9116: less than a year


@lru_cache(maxsize=1)
def promised() -> tuple[Right, ...]:
    """The file of this release; it does not change while the program runs."""
    return load_rights(Path(settings.HUIYIN_RIGHTS_FILE).read_text(encoding="utf-8"))


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """Every sentence, whether it stands, and the last check."""
    all_of_them = promised()
    context = {
        "standing": [right for right in all_of_them if right.stands],
        "waiting": [right for right in all_of_them if not right.stands],
        "check": last_check(),
        "sealing": sealing_standing(),
        "unmet": [each for each in profiles() if each.unmet],
    }
    return render(request, "portal/rights.html", context)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116; 404 where the operator named no contact (an invented one would swallow reports)."""
    contacts = settings.HUIYIN_SECURITY_CONTACT
    if not contacts:
        raise Http404
    day = (timezone.now() + VALID).date()
    lines = [
        *(f"Contact: {each}" for each in contacts),
        f"Expires: {day}T00:00:00Z",
        "Preferred-Languages: zh, en",
        f"Canonical: {settings.HUIYIN_BASE_URL}/.well-known/security.txt",
        f"Policy: {settings.HUIYIN_SOURCE_URL}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
