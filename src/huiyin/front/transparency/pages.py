"""Pages that say in plain words what the public history proves, what it does not, and how anybody checks it."""

from __future__ import annotations

import base64
import datetime
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.front.transparency import files
from huiyin.record import clock
from huiyin.record.cases.held.checking import last_check
from huiyin.record.ledger.checkpoints import checkpoint_text, newest_checkpoint, verifier_key
from huiyin.record.ledger.witnesses import newest_of_each


@dataclass(frozen=True, slots=True)
class Root:
    """A signed root as it is shown: how many lines it covers, the root itself in base64, when it was signed."""

    size: int
    root: str
    at: datetime.datetime
    note: str


@dataclass(frozen=True, slots=True)
class Witness:
    """An outside body that is heard, and its newest word; ``at`` is None while it has said nothing."""

    name: str
    key: str
    size: int = 0
    at: datetime.datetime | None = None
    signature: str = ""


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What this history is, what it proves and does not prove, who watches it, how to check it."""
    context = {
        "origin": settings.HUIYIN_ORIGIN,
        "key": verifier_key(),
        "addresses": [f"{prefix()}/{name}" for name in ("checkpoint", "tile/0/000", "tile/entries/000")],
        "newest": _newest(),
        "witnesses": _witnesses(),
        "check": last_check(),
        "programs": [(name, files.digest(name)) for name in files.PROGRAMS],
    }
    return render(request, "transparency/start.html", context)


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The root of the day as a sheet for the notice board."""
    newest = _newest()
    if newest is None:
        raise Http404
    context = {"origin": settings.HUIYIN_ORIGIN, "newest": newest, "line": _line(newest), "key": verifier_key()}
    return render(request, "transparency/today.html", context)


@require_safe
def today_line(request: HttpRequest) -> HttpResponse:
    """The same in one line, for a newspaper or a message."""
    newest = _newest()
    if newest is None:
        raise Http404
    return HttpResponse(_line(newest) + "\n", content_type=files.PLAIN)


def prefix() -> str:
    """The address below which programs find checkpoint and tiles."""
    return f"{settings.HUIYIN_BASE_URL}/transparency"


def _newest() -> Root | None:
    row = newest_checkpoint()
    if row is None:
        return None
    return Root(row.size, base64.b64encode(bytes(row.root)).decode(), row.at, checkpoint_text(row))


def _line(root: Root) -> str:
    """Day, place, number of lines and root, as short as they can be printed."""
    on = clock.today(settings.TIME_ZONE).isoformat()
    return f"{on} {settings.HUIYIN_ORIGIN} {root.size} {root.root}"


def _witnesses() -> list[Witness]:
    found = []
    for key, word in newest_of_each():
        said = (word.size, word.at, base64.b64encode(bytes(word.signature)).decode()) if word else ()
        found.append(Witness(key.name, str(key), *said))
    return found
