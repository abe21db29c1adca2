"""What programs fetch: checkpoint, tiles, entries, and the programs to keep; and where a witness leaves its word."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from huiyin.record.ledger import published
from huiyin.record.ledger.witnesses import NotHeard, take_cosignatures
from huiyin.rules.notes import LONGEST

PLAIN, BYTES = "text/plain; charset=utf-8", "application/octet-stream"
WIDTH = 256
LEVEL = re.compile(r"[0-9]|[1-5][0-9]|6[0-3]", re.ASCII)
YEAR = 31_536_000  # seconds: what is complete never changes
MOMENT = 5  # seconds: the newest root changes all the time
PLACE = re.compile(r"((?:x[0-9]{3}/){0,5})([0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII)
KEPT = Path(__file__).parent / "kept"
PROGRAMS = {"huiyin-verify.py": (KEPT / "huiyin-verify.py", "text/x-python"), "huiyin-verify.html": (KEPT / "huiyin-verify.html", "text/html")}  # fmt: skip


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed root with the words of the witnesses."""
    text = published.checkpoint()
    if text is None:
        raise Http404
    return _kept(HttpResponse(text, content_type=PLAIN), MOMENT)


@require_safe
def tile(request: HttpRequest, level: str, place: str) -> HttpResponse:
    """Hashes of one row of the tree."""
    if LEVEL.fullmatch(level) is None:
        raise Http404
    return _immutable(published.tile(int(level), *_place(place)))


@require_safe
def entries(request: HttpRequest, place: str) -> HttpResponse:
    """What the leaves are hashes of: hashes themselves, opaque to everybody."""
    return _immutable(published.entries(*_place(place)))


@csrf_exempt  # a program without cookies; what counts is the signature
@require_POST
def add_cosignature(request: HttpRequest) -> HttpResponse:
    """A witness leaves the checkpoint with its line below it; anybody else's is not kept."""
    try:
        kept = take_cosignatures(request.read(4 * LONGEST).decode("utf-8"))
    except NotHeard as problem:
        return HttpResponse(f"{problem}\n", status=problem.status, content_type=PLAIN)
    except UnicodeDecodeError:
        return HttpResponse("This is no text.\n", status=400, content_type=PLAIN)
    return HttpResponse(f"{kept}\n", content_type=PLAIN)


@require_safe
def verifier(request: HttpRequest, name: str) -> HttpResponse:
    """A program to keep, to be run far from here: given as a file and never shown as a page of ours."""
    response = HttpResponse(program(name), content_type=f"{PROGRAMS[name][1]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@cache
def program(name: str) -> bytes:
    """One of the programs, byte for byte as it lies in the source."""
    return PROGRAMS[name][0].read_bytes()


@cache
def digest(name: str) -> str:
    """Its SHA-256, to be compared before it is trusted."""
    return hashlib.sha256(program(name)).hexdigest()


def _place(text: str) -> tuple[int, int]:
    """Index and width from ``x001/x234/067`` or ``000.p/17``; raises Http404 for any other spelling."""
    found = PLACE.fullmatch(text)
    width = int(found[3] or WIDTH) if found else 0
    if found is None or (found[3] and width >= WIDTH) or found[1].startswith("x000/"):
        raise Http404
    return int(found[1].replace("x", "").replace("/", "") + found[2]), width


def _immutable(data: bytes | None) -> HttpResponse:
    if data is None:
        raise Http404
    response = _kept(HttpResponse(data, content_type=BYTES), YEAR)
    patch_cache_control(response, immutable=True)
    return response


def _kept(response: HttpResponse, seconds: int) -> HttpResponse:
    """May be kept by anybody on the way, for so long."""
    patch_cache_control(response, public=True, max_age=seconds)
    return response
