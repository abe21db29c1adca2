"""Pages to read before anything is filed: what happens here, who is there, what protects you, what runs."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.front.portal import law, source_archive
from huiyin.record.bodies import queries as bodies
from huiyin.record.law import routes, versions
from huiyin.stages.intake.forms import ReachForm
from huiyin.ui.languages import page_tag
from huiyin.ui.names import DOCUMENTS, STAGE_NAMES
from huiyin.ui.pictures import picture


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What one can do here, and what happens then."""
    return render(request, "portal/start.html", _promised() | {"has_mediation": bool(versions.mediations_in_force())})


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The service guide: who, what, how, how long, what it costs, what comes after."""
    procedure = law.current()
    context = _promised() | {
        "procedure": procedure,
        "categories": versions.categories(),
        "route": procedure.review_route,
        "routes": [(route, routes.place(route.address)) for route in procedure.routes.values()],
    }
    return render(request, "portal/guide.html", context)


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Bodies with address, hours and telephone."""
    return render(request, "portal/contact.html", {"bodies": _places()})


@require_safe
def protection(request: HttpRequest) -> HttpResponse:
    """How people are protected here, and where that ends."""
    engine = settings.DATABASES["default"]["ENGINE"]
    return render(request, "portal/protection.html", {"has_database_roles": "postgresql" in str(engine)})


@require_safe
def source(request: HttpRequest) -> HttpResponse:
    """Where the source of what runs here is had."""
    elsewhere = (
        settings.HUIYIN_SOURCE_URL if not settings.HUIYIN_SOURCE_URL.startswith(settings.HUIYIN_BASE_URL) else ""
    )
    context = {"elsewhere": elsewhere, "version": settings.HUIYIN_VERSION, "size": len(source_archive.packed())}
    return render(request, "portal/source.html", context)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """The very files this server runs, as one archive."""
    response = HttpResponse(source_archive.packed(), content_type="application/gzip")
    response["Content-Disposition"] = f'attachment; filename="huiyin-{settings.HUIYIN_VERSION}.tar.gz"'
    return response


@require_safe
def paper_form(request: HttpRequest) -> HttpResponse:
    """A form to print, for those who rather write by hand."""
    labels = [
        ReachForm.base_fields[name].label for name in ("name", "phone", "email", "address", "needs", "safe_times")
    ]
    context = {
        "categories": versions.categories(),
        "bodies": [each for each in _places() if each["address"] and each["receives_online"]],
        "lines": range(12),
        "labels": labels,
    }
    return render(request, "portal/paper_form.html", context)


@require_safe
def procedure(request: HttpRequest) -> HttpResponse:
    """How it goes: every station and every term of the current procedure, as a list."""
    current = law.current()
    states = [
        {
            "state": state,
            "stage": STAGE_NAMES[state.stage],
            "moves": [
                {"move": move, "to": current.states[move.to_state].name, "document": DOCUMENTS.get(move.makes or "")}
                for move in current.moves.values()
                if state.id in move.from_states
            ],
        }
        for state in current.states.values()
    ]
    terms = [
        {"term": term, "length": law.length(term), "origin": law.origin(term), "by_you": term.owed_by == "complainant"}
        for term in current.terms.values()
    ]
    context = {"procedure": current, "states": states, "terms": terms, "picture": picture(current)}
    return render(request, "portal/procedure.html", context)


def _promised() -> dict[str, object]:
    """The terms everybody asks for, as words."""
    found = law.promises(law.current())
    return {
        "inform_within": law.length(found.inform) if found.inform else "",
        "answer_within": law.length(found.answer) if found.answer else "",
        "window": law.length(found.window) if found.window else "",
    }


def _places() -> list[dict[str, object]]:
    """Every body with how it is reached, in the page's language."""
    is_chinese = page_tag() == "zh-Hans"
    return [
        {
            "name": body.name,
            "address": body.address_zh if is_chinese else body.address_en,
            "hours": body.hours_zh if is_chinese else body.hours_en,
            "phone": body.phone,
            "receives_online": body.receives_online,
        }
        for body in sorted(bodies.public_bodies(), key=lambda body: not body.receives_online)
    ]
