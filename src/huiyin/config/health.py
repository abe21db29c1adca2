"""Is it alive, is it ready, how busy is it."""

from __future__ import annotations

from django.db import connections
from django.db.utils import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest

from huiyin.config.metrics import Outbox
from huiyin.record import keyring
from huiyin.record.ledger.triggers import missing_triggers


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Databases, keys and the ledger's triggers are there; 503 and what is missing otherwise."""
    missing: list[str] = []
    for alias in connections:
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT 1")
        except DatabaseError:
            missing.append(f"database {alias}")
    try:
        keyring.load()
    except keyring.KeyringError:
        missing.append("keys")
    if not missing:
        missing += [f"trigger {name}" for name in missing_triggers()]
    return JsonResponse(
        {"status": "ready" if not missing else "not ready", "missing": missing}, status=503 if missing else 200
    )


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus figures, for this machine alone and never through a proxy."""
    if request.META.get("REMOTE_ADDR") not in {"127.0.0.1", "::1"} or "HTTP_X_FORWARDED_FOR" in request.META:
        raise Http404
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


REGISTRY.register(Outbox())

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
