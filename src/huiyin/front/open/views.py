"""Open data: read by programs, the same for everybody, nothing of any matter."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.front.open import hsds

VERSION = "3.1.1"
LARGEST = 100


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What there is, and where."""
    where = {name: _address("open:hsds-list", name) for name in hsds.RESOURCES}
    return _json({"version": VERSION, "publisher": settings.HUIYIN_ORIGIN, "resources": where})


@require_safe
def collection(request: HttpRequest, resource: str) -> HttpResponse:
    """One page of a collection; ``page`` counts from 1, ``per_page`` is at most 100."""
    if resource not in hsds.RESOURCES:
        raise Http404
    number, size = _number(request, "page", 1, 1_000_000), _number(request, "per_page", 50, LARGEST)
    if number is None or size is None:
        return _json({"title": "page and per_page are whole numbers from 1; per_page is at most 100."}, status=400)
    return _json(hsds.page_of(hsds.resources()[resource], number, size))


@require_safe
def item(request: HttpRequest, resource: str, ident: uuid.UUID) -> HttpResponse:
    """One entry by its id."""
    found = hsds.found(hsds.resources()[resource], str(ident)) if resource in hsds.RESOURCES else None
    if found is None:
        raise Http404
    return _json(found)


def _number(request: HttpRequest, name: str, otherwise: int, most: int) -> int | None:
    typed = request.GET.get(name, str(otherwise))
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > 9:
        return None
    return int(typed) if 1 <= int(typed) <= most else None


def _address(name: str, *args: str) -> str:
    return f"{settings.HUIYIN_BASE_URL}{reverse(name, args=args)}"


def _json(value: dict[str, object], *, status: int = 200) -> HttpResponse:
    return JsonResponse(value, status=status, json_dumps_params={"ensure_ascii": False})
