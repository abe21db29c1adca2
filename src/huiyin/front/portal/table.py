"""The table: a dispute as one side sees it, on one page. Both sides use the same page, and each sees its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.front.portal import table_story
from huiyin.front.portal.doors import with_receipt
from huiyin.front.portal.following import RATED
from huiyin.front.portal.forms import RatingForm
from huiyin.front.portal.labels import SOLVED, said
from huiyin.front.portal.table_forms import (
    DoubtForm,
    OwnContactForm,
    SafeForm,
    SidePressureForm,
    WishesForm,
    WordsForm,
)
from huiyin.record import clock
from huiyin.record.cases.codes.receipts import COMPLAINANT, Holder
from huiyin.record.cases.moving import moves
from huiyin.record.cases.papers import letters
from huiyin.record.cases.registering.registration import Identity
from huiyin.record.cases.table import side_deeds, side_letters, side_pressure, side_view
from huiyin.record.cases.table.side_view import SideView
from huiyin.record.law import routes
from huiyin.record.notices import queries as notices
from huiyin.rules import urgency
from huiyin.rules.refusal import Refusal
from huiyin.stages.followup import actions as followup
from huiyin.stages.mediation import asked_alone, choosing, passing_on, queries, urgent
from huiyin.ui import refusals
from huiyin.ui.answers import SeeOther, letter_asked, letter_file

Typed = Mapping[str, Any]
Deed = Callable[[Holder, str, Typed], str]


@require_safe
@with_receipt
def table(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Where it stands, what the others released, what is asked now, who mediates, and the way out."""
    return _page(request, holder, number)


@require_POST
@with_receipt
def deed(request: HttpRequest, holder: Holder, number: str, deed: str) -> HttpResponse:
    """One deed at the table; shown again with what was typed where something is wrong."""
    if deed not in DEEDS:
        raise Http404
    kind, act = DEEDS[deed]
    form = kind(request.POST) if kind else None
    if form is not None and not form.is_valid():
        return _page(request, holder, number, typed={deed: form}, status=422)
    try:
        notes.success(request, act(holder, number, form.cleaned_data if form else request.POST))
    except Refusal as refusal:
        if refusal.code == "not_found":
            raise
        typed = {deed: form} if form else {}
        return _page(request, holder, number, typed=typed, refusal=refusal, status=refusals.status(refusal))
    return SeeOther(reverse("portal:table", args=[number]))


@require_http_methods(["GET", "HEAD", "POST"])
@with_receipt
def pressure(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Another side says that it was put under pressure; what it gets is a matter of its own, outside."""
    view = side_view.open_as_side(holder, number)
    if view.kind == COMPLAINANT:
        return SeeOther(reverse("portal:pressure", args=[view.number]))
    form, refusal, status = SidePressureForm(), None, 200
    if request.method == "POST":
        form, status = SidePressureForm(request.POST), 422
        if form.is_valid():
            try:
                made = side_pressure.report(holder, form.cleaned_data["text"], case_number=number)
                return render(request, "portal/table_pressed.html", {"view": view, "made": made, "number": number})
            except Refusal as raised:
                if raised.code == "not_found":
                    raise
                refusal, status = raised, refusals.status(raised)
    context = {"view": view, "form": form, "refusal": refusal, "number": number}
    return render(request, "portal/table_pressure.html", context, status=status)


@require_safe
@with_receipt
def letter(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """One letter of the dispute, as it is for this side; the reading stands in the ledger."""
    asked, form = letter_asked(request.GET)
    if asked is None:
        raise Refusal("not_found")
    file = side_letters.letter_as_side(holder, asked, case_number=number, form=form)
    return letter_file(file.data, file.name, file.media_type)


@require_http_methods(["GET", "HEAD", "POST"])
@with_receipt
def rating(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Each side's own judgement; no officer and no other side sees it."""
    view = side_view.open_as_side(holder, number)
    if not may_rate(view, holder):
        raise Refusal("not_found")
    own = followup.rating_of(holder)
    form = RatingForm(initial={"solved": own.solved, "score": own.score, "comment": own.comment} if own else None)
    refusal, status = None, 200
    if request.method == "POST":
        form, status = RatingForm(request.POST), 422
        if form.is_valid():
            try:
                followup.rate(holder, **form.cleaned_data)
                notes.success(request, _("Your rating is kept. No officer sees it for your matter."))
                return SeeOther(reverse("portal:table", args=[number]))
            except Refusal as raised:
                if raised.code == "not_found":
                    raise
                refusal, status = raised, refusals.status(raised)
    context = {"view": view, "form": form, "refusal": refusal, "number": number, "own": own}
    return render(request, "portal/table_rating.html", context, status=status)


def may_rate(view: SideView, holder: Holder) -> bool:
    """Whether it has come so far that a side can say how it was; each rates under its own code, once."""
    return view.stage in RATED and view.number == holder.number and not holder.helper


def _page(
    request: HttpRequest,
    holder: Holder,
    number: str,
    *,
    typed: Mapping[str, forms.Form] | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    view = side_view.open_as_side(holder, number)
    inner = side_deeds.number_of(holder, number)
    key, side = side_deeds.key_and_side(holder, number)
    today = clock.today(view.zone)
    urgency_view = urgent.of_case(key)
    is_family = asked_alone.is_family(inner)
    kind = view.procedure.disputes.get(queries.kind_of(key))
    initial: dict[str, forms.Form] = {
        "words": WordsForm(initial={"released": view.own_released, "words": view.own_words}),
        "safe": SafeForm(initial=asked_alone.note_of(key, side, "safety")),
        "wishes": WishesForm(initial=asked_alone.note_of(key, side, "wishes")),
        "doubt": DoubtForm(),
        "contact": OwnContactForm(initial={"language": view.language}),
    }
    own_rating = followup.rating_of(holder) if may_rate(view, holder) else None
    ways = [view.procedure.routes[each] for each in kind.routes] if kind else []
    context = {
        "view": view,
        "number": number,
        "forms": initial | dict(typed or {}),
        "refusal": refusal,
        "is_alarm": bool(refusal or typed),
        "today": today,
        "sentence": table_story.sentence(view),
        "overdue": table_story.overdue(view, today),
        "levels": table_story.levels(view),
        "steps": [table_story.asked(view, each) for each in view.steps],
        "entries": table_story.story(view),
        "looks": table_story.looks(view),
        "running": [term for term in view.terms if term.state == "running"],
        "candidates": [table_story.candidate(each, side) for each in choosing.candidates(inner)],
        "may_choose": view.is_open and view.side_state != "out" and view.stage in {"intake", "mediation"},
        "urgency": urgency_view,
        "colour": urgency.COLOURS[urgency_view.colour] if urgency_view else None,
        "help": [urgency.HELP[each] for each in urgency_view.help] if urgency_view else [],
        "involved": [urgency.INVOLVED[each] for each in urgency_view.involved] if urgency_view else [],
        "own_doubt": urgency_view.doubts.get(side, "") if urgency_view else "",
        "is_family": is_family,
        "own_safe": asked_alone.note_of(key, side, "safety").get("safe", ""),
        "offered": passing_on.offered_level(view, today),
        "passed_on": passing_on.passed_on(inner),
        "dispute_kind": kind.name if kind else None,
        "ways": [(way, routes.place(way.address)) for way in ways],
        "has_own_contact": view.has_contact and table_story.left_contact(view),
        "unreached": side in notices.unreached(inner),
        "papers": table_story.papers(view),
        "may_print": letters.are_available(),
        "may_rate": may_rate(view, holder),
        "rating": own_rating,
        "rating_said": said(SOLVED, own_rating.solved) if own_rating else "",
        "is_asker": view.kind == COMPLAINANT,
        "may_leave": any(each.move.id == "leave" and each.refusal is None for each in view.offers),
    }
    return render(request, "portal/table.html", context, status=status)


def _yes(holder: Holder, number: str, typed: Typed) -> str:
    moves.consent_as_side(holder, str(typed.get("step", "")), "yes", case_number=number)
    return _("You said yes. It is on record; you may still leave at any time.")


def _no(holder: Holder, number: str, typed: Typed) -> str:
    """A no to mediation itself ends it, from either side; a no to anything else stands until it is taken back."""
    step = str(typed.get("step", ""))
    if step == "begin":
        moves.move_as_side(holder, "leave" if holder.side == COMPLAINANT else "refuse", case_number=number)
        return _("You said no. It is over, and nothing follows from it for you.")
    moves.consent_as_side(holder, step, "no", case_number=number)
    return _("You said no. It is on record, and nothing follows from it for you.")


def _leave(holder: Holder, number: str, typed: Typed) -> str:
    moves.move_as_side(holder, "leave", case_number=number)
    return _("You have left. The ways that are open stand below.")


def _words(holder: Holder, number: str, typed: Typed) -> str:
    side_deeds.say_own(holder, case_number=number, released=typed["released"], words=typed["words"])
    return _("Kept. The other side reads only what you let it read.")


def _safe(holder: Holder, number: str, typed: Typed) -> str:
    asked_alone.say_whether_safe(holder, typed["safe"], case_number=number)
    return _("Kept under seal. The other side does not learn of it.")


def _wishes(holder: Holder, number: str, typed: Typed) -> str:
    asked_alone.say_wishes(holder, interpreter=typed["interpreter"], companion=typed["companion"], case_number=number)
    return _("Kept. The mediator sees to it.")


def _doubt(holder: Holder, number: str, typed: Typed) -> str:
    urgent.doubt(holder, typed["doubt"], case_number=number)
    return _("Your words stand beside it. Whoever set it looks again.")


def _mediator(holder: Holder, number: str, typed: Typed) -> str:
    said = str(typed.get("answer", ""))
    choosing.answer(holder, str(typed.get("post", "")), said, case_number=number)
    return (
        _("Kept. You may change your mind until the mediation begins.")
        if said == "accept"
        else _("Kept. This person will not mediate; you need not say why.")
    )


def _contact(holder: Holder, number: str, typed: Typed) -> str:
    side_deeds.give_contact(holder, Identity(**{name: typed[name] or "" for name in typed}), case_number=number)
    return _("Your contact is sealed. What was said of you before is gone.")


DEEDS: dict[str, tuple[type[forms.Form] | None, Deed]] = {
    "yes": (None, _yes),
    "no": (None, _no),
    "leave": (None, _leave),
    "words": (WordsForm, _words),
    "safe": (SafeForm, _safe),
    "wishes": (WishesForm, _wishes),
    "doubt": (DoubtForm, _doubt),
    "mediator": (None, _mediator),
    "contact": (OwnContactForm, _contact),
}
