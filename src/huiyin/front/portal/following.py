"""Following a matter: the code form, the page of the matter, its proof, and the ways out."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.front.attached import attached_in
from huiyin.front.owed import owed_in
from huiyin.front.papers import papers_of
from huiyin.front.portal import session, story, way
from huiyin.front.portal.doors import ask_code, with_receipt
from huiyin.front.portal.fairness import fair
from huiyin.front.portal.forms import MessageForm
from huiyin.front.portal.helper_forms import MAY
from huiyin.front.portal.labels import DUTY_STATES, DUTY_STEPS, SERVED, SOLVED, said
from huiyin.front.portal.mediation import may_be_asked
from huiyin.front.portal.rights import recusal_said, withdrawal_said
from huiyin.record import clock
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.codes.receipts import OTHER_PARTY, Holder
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import letters
from huiyin.record.cases.parties import sides
from huiyin.record.cases.shown.case_view import CaseView
from huiyin.rules.receipt import parse_case_number
from huiyin.rules.refusal import Refusal
from huiyin.stages.followup.actions import rating_of
from huiyin.stages.intake import receipt_cookie
from huiyin.ui.answers import SeeOther, key_asked, letter_asked, letter_file
from huiyin.ui.names import CONFIDENTIALITY, DOCUMENTS
from huiyin.ui.source import source_of

RATED = ("followup", "ended")


@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Number and code; a wrong number and a wrong code get the same page."""
    if request.method != "POST":
        return ask_code(request, "")
    number = request.POST.get("case_number", "")
    try:
        holder = access.open_receipt(number, request.POST.get("receipt_code", ""), source=source_of(request))
    except Refusal as refusal:
        return ask_code(request, number, refusal=refusal)
    number = parse_case_number(number) or holder.number
    page = "portal:table" if sides.has_table(holder, number) else "portal:case"
    response = SeeOther(reverse(page, args=[number]))
    session.keep(response, holder)
    return response


@require_safe
@with_receipt
def case(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """The whole matter on one page; another side of a dispute has its table and nothing else."""
    if holder.side == OTHER_PARTY:
        return SeeOther(reverse("portal:table", args=[holder.number]))
    view = access.open_as_complainant(holder, number)
    if view.erased:
        return render(request, "portal/erased.html", {"view": view, "entries": view.timeline})
    is_own = holder.number == view.number
    rating = rating_of(holder) if is_own else None
    today = clock.today(view.zone)
    acting = next((each for each in view.helpers if each.number == holder.helper), None)
    context = {
        "view": view,
        "acting": acting,
        "today": today,
        "sentence": story.sentence(view),
        "way": story.way(view),
        "is_late": bool(view.next_term and view.next_term.due_on < today),
        "entries": story.story(view),
        "looks": story.looks(view, own=False),
        "own_looks": story.looks(view, own=True),
        "deeds": story.deeds(view),
        "withdrawal": view.withdrawal,
        "withdrawal_said": withdrawal_said(view),
        "recusal_said": recusal_said(view),
        "fair": fair(view),
        "may_come_back": story.may_come_back(view),
        "owed": owed_in(view, DUTY_STATES, DUTY_STEPS),
        "answer_title": said(DOCUMENTS, view.answer.kind) if view.answer else "",
        "letters": story.letters(view),
        "papers": papers_of(view, DOCUMENTS, SERVED),
        "attached": attached_in(view.attachments),
        "may_print": letters.are_available(),
        "links": story.links(view),
        "known_as": said(CONFIDENTIALITY, view.confidentiality),
        "message_form": MessageForm(),
        "last_message": view.messages[-1].id if view.messages else 0,
        "rating": rating,
        "rating_said": said(SOLVED, rating.solved) if rating else "",
        "acting_may": said(MAY, acting.may) if acting else "",
        "is_own": is_own,
        "may_rate": is_own and (view.answer is not None or rates_a_table(view)),
        "has_table": view.procedure.kind == "mediation",
        "may_mediate": may_be_asked(view, holder),
    }
    return render(request, "portal/case.html", context)


def rates_a_table(view: CaseView) -> bool:
    """Whether a dispute has come so far that its sides can say how it was: an agreement, or an end without one."""
    return view.procedure.kind == "mediation" and view.stage in RATED


@require_safe
@with_receipt
def whole_way(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Every station of the procedure, with "you are here" and the dates of this matter: a picture, and the same in words."""
    view = access.open_as_complainant(holder, number)
    context = {
        "view": view,
        "sentence": story.sentence(view),
        "picture": way.drawn(view),
        "stations": way.stations(view),
    }
    return render(request, "portal/way.html", context)


@require_safe
@with_receipt
def letter(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """One of the letters, as it was set or as it was signed by hand, or the acknowledgment; the reading stands in the ledger."""
    signed, (asked, form) = key_asked(request.GET, "signed"), letter_asked(request.GET)
    if signed is not None:
        file = letters.signed_copy_as_complainant(holder, signed, case_number=number)
    elif asked is None:
        file = letters.acknowledgment_as_complainant(holder, case_number=number, form=form)
    else:
        file = letters.letter_as_complainant(holder, asked, case_number=number, form=form)
    return letter_file(file.data, file.name, file.media_type)


@require_POST
def sign_off(request: HttpRequest) -> HttpResponse:
    """Done for now: the session ends here and on every other device."""
    response = SeeOther(reverse("portal:start"))
    _end(request, response)
    return response


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """The quick exit: sessions end, this browser forgets, and an everyday page opens.

    Cookies are ended one by one too: browsers heed Clear-Site-Data over https only.
    """
    response = HttpResponseRedirect(settings.HUIYIN_EXIT_URL)
    _end(request, response)
    for name in request.COOKIES:
        response.delete_cookie(name)
    response["Clear-Site-Data"] = '"cache", "storage"'
    add_never_cache_headers(response)
    return response


def _end(request: HttpRequest, response: HttpResponse) -> None:
    holder = session.holder_of(request)
    if holder is not None:
        receipts.end_sessions(holder)
    session.forget(response)
    receipt_cookie.forget(response)
