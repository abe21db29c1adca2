"""Where a request comes from, so that a queue can be fair: never kept, never logged, never shown."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def source_of(request: HttpRequest) -> str:
    """The address at the other end; behind a proxy we trust, the last hop that is not one of ours."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    trusted = frozenset(settings.HUIYIN_TRUSTED_PROXIES)
    if address not in trusted:
        return address
    hops = (hop.strip() for hop in reversed(str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")))
    return next((hop for hop in hops if hop and hop not in trusted), address)
