"""One matter on the desk: what is known, what happened, what I can do now. Every look stands in its ledger."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiyin.front.attached import attached_in
from huiyin.front.desk.labels import (
    ABOUT,
    CHANNELS,
    CLASSES,
    DUTY_STATES,
    DUTY_STEPS,
    LINKS,
    MAY,
    ROLES,
    SERVED,
    UNSEAL_REASONS,
    said,
)
from huiyin.front.desk.platform import platform_text
from huiyin.front.desk.refusing import spoken
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.story import FILTERS, story
from huiyin.front.owed import owed_in
from huiyin.front.papers import papers_of
from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.deeds import unsealing
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import identity_files, letters
from huiyin.record.cases.shown.case_view import CaseView, LinkView
from huiyin.record.notices import queries as notices
from huiyin.rules.lifecycle import Offer
from huiyin.rules.procedure import Move
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals
from huiyin.ui.answers import text_file
from huiyin.ui.helping import WHEREABOUTS, WHO
from huiyin.ui.names import CONFIDENTIALITY, DOCUMENTS


def open_for(reader: Reader, number: str, *, what: str = "case") -> CaseView:
    """Open a case; why, follows from where it stands."""
    return access.open_case(number, reader=reader, purpose="", what=what)


@require_safe
def case(request: OfficerRequest, number: str) -> HttpResponse:
    """Facts and people, the story, what I can do now."""
    view = open_for(request.reader, number)
    return render(request, "desk/case.html", _context(request, view))


@require_safe
def case_print(request: OfficerRequest, number: str) -> HttpResponse:
    """The whole matter on paper, without the identity."""
    view = open_for(request.reader, number)
    context = facts(view) | {"view": view, "story": [each for each in story(view) if each.kind != "looks"]}
    return render(request, "desk/case_print.html", context)


@require_safe
def platform(request: OfficerRequest, number: str) -> HttpResponse:
    """The answer and its dates to copy into another platform, without the identity."""
    view = open_for(request.reader, number, what="platform")
    text = platform_text(view)
    rows = min(30, 2 + sum(1 + len(line) // 40 for line in text.splitlines()))
    return render(request, "desk/platform.html", {"view": view, "text": text, "rows": rows})


@require_safe
def platform_file(request: OfficerRequest, number: str) -> HttpResponse:
    """The same as a text file."""
    view = open_for(request.reader, number, what="platform")
    return text_file(platform_text(view), f"{view.number}.txt")


@require_POST
def unseal(request: OfficerRequest, number: str) -> HttpResponse:
    """Show the sealed name once, for a reason; the complainant sees this look. The page is kept by no cache."""
    reason = request.POST.get("reason", "")
    try:
        identity = access.unseal_identity(number, reader=request.reader, reason=reason)
    except Refusal as refusal:
        if refusal.code == "not_found":
            raise
        context = _context(request, open_for(request.reader, number)) | {"unseal_refusal": refusals.sentence(refusal)}
        return render(request, "desk/case.html", context, status=refusals.status(refusal))
    context = {"identity": identity, "number": number, "reason": said(UNSEAL_REASONS, reason), "code": reason}
    context["files"] = identity_files.numbers(number, reader=request.reader)
    response = render(request, "desk/identity.html", context)
    response["Cache-Control"] = "no-store"
    return response


def facts(view: CaseView) -> dict[str, Any]:
    """The words for what is known of a matter."""
    return {
        "today": clock.today(view.zone),
        "channel": said(CHANNELS, view.channel),
        "confidentiality": said(CONFIDENTIALITY, view.confidentiality),
        "matter_class": said(CLASSES, view.matter_class) if view.matter_class else "",
        "links": [{"link": link, "kind": _link_word(link)} for link in view.links],
        "about": [{"name": each.name, "kind": said(ABOUT, each.kind)} for each in view.about],
        "owed": owed_in(view, DUTY_STATES, DUTY_STEPS),
        "papers": papers_of(view, DOCUMENTS, SERVED),
        "attached": attached_in(view.attachments),
        "may_set": letters.are_available(),
        "whereabouts": said(WHEREABOUTS, view.whereabouts) if view.whereabouts else "",
        "helpers": [{"helper": each, "who": said(WHO, each.who), "may": said(MAY, each.may)} for each in view.helpers],
    }


def _link_word(link: LinkView) -> str:
    """What another matter is to this one."""
    comes_back = link.kind == "joined" and not link.is_later
    return _("Comes back to") if comes_back else said(LINKS, link.kind)


def _context(request: OfficerRequest, view: CaseView) -> dict[str, Any]:
    only = request.GET.get("show", "all")
    only = only if only in FILTERS else "all"
    here = reverse("desk:case", args=[view.number])
    offers = [each for offer in view.offers if (each := _beside_a_draft(offer, view)) is not None]
    return facts(view) | {
        "view": view,
        "story": story(view, only),
        "filters": [
            {"word": word, "url": f"{here}?show={name}#story", "is_current": name == only}
            for name, word in FILTERS.items()
        ],
        "possible": [offer.move for offer in offers if offer.refusal is None],
        "closed": [
            {"move": offer.move, "why": _why_not(offer.move, offer.refusal, view)}
            for offer in offers
            if offer.refusal is not None
        ],
        "is_returned": bool(view.draft and view.draft.waiting.step_number == 0),
        "clocks": [
            {
                "term": term,
                "met_on": term.ended_on if term.state in {"met", "met_late"} else None,
                "has_ended": term.state == "ended",
            }
            for term in sorted(view.terms, key=lambda term: term.state != "running")
        ],
        "unseal_reasons": list(UNSEAL_REASONS.items()),
        "unsealing": _unsealing(request.reader, view),
        "unreached_since": _unreached_since(request.reader, view),
    }


def _unsealing(reader: Reader, view: CaseView) -> str:
    """For whoever may ask for a second person: whether somebody was asked, and agreed."""
    return unsealing.standing_of(view.number, reader=reader) if view.confidentiality != "anonymous" else ""


def _unreached_since(reader: Reader, view: CaseView) -> datetime.datetime | None:
    """Since when no mail reaches the person: for the responsible officer, who can do something about it."""
    is_mine = view.responsible is not None and view.responsible.post in {post.code for post in reader.posts}
    return notices.undelivered_since(view.number) if is_mine else None


def _beside_a_draft(offer: Offer, view: CaseView) -> Offer | None:
    """While a draft is under way no second one begins; the one that came back is offered where its note stands."""
    if view.waiting is None or offer.refusal is not None or len(offer.move.sign_off) < 2:
        return offer
    if view.waiting.step_number == 0 and view.waiting.move == offer.move.id:
        return None
    return Offer(offer.move, Refusal("sign_off_waits"))


def _why_not(move: Move, refusal: Refusal, view: CaseView) -> str:
    """The reason in words; where the step is another's, whose it is."""
    if refusal.code != "not_your_move":
        return refusals.sentence(spoken(refusal, view))
    roles = [said(ROLES, role) for role in move.roles]
    return _("This step is for %(roles)s.") % {"roles": _(" or ").join(roles)}
