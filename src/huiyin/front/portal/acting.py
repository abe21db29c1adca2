"""What a complainant does with a matter: write, correct, rate, contest, agree. Each on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.front.portal import story
from huiyin.front.portal.doors import with_receipt
from huiyin.front.portal.forms import (
    ComeBackForm,
    ContactForm,
    ContestForm,
    CorrectionForm,
    DutyForm,
    MessageForm,
    RatingForm,
)
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.deeds import coming_back, duties, messages
from huiyin.record.cases.given import Given
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering.registration import Identity, text_digest
from huiyin.record.cases.shown.case_view import CaseView
from huiyin.record.cases.words import telltales
from huiyin.rules.refusal import Refusal
from huiyin.stages.followup import actions as followup
from huiyin.ui import refusals
from huiyin.ui.answers import SeeOther
from huiyin.ui.languages import page_tag
from huiyin.ui.telltales import FoundForm

Deed = Callable[[dict[str, Any]], str]
either = require_http_methods(["GET", "HEAD", "POST"])


@either
@with_receipt
def message(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Write to the office. The same words sent twice from one page arrive once."""
    view = access.open_as_complainant(holder, number)
    chosen, typed = request.POST.getlist("move"), MessageForm(request.POST)
    if request.method == "POST" and typed.is_valid() and (found := _found(request, typed.cleaned_data["text"])):
        is_anonymous = view.confidentiality == "anonymous"
        context = {"view": view, "form": typed, "seen": request.POST.get("seen", ""), "is_anonymous": is_anonymous}
        context |= {
            "found": FoundForm(found, chosen, is_anonymous=is_anonymous),
            "looked": text_digest(typed.cleaned_data["text"]),
        }
        return render(request, "portal/message.html", context)

    def write(cleaned: dict[str, Any]) -> str:
        text, _words = telltales.take_out(
            cleaned["text"], chosen, field="text", is_kept=view.confidentiality != "anonymous"
        )
        seen = request.POST.get("seen", "")
        after = int(seen) if seen.isdecimal() and len(seen) < 19 else None
        newer = [each for each in view.messages if after is not None and each.id > after]
        if not any(each.sender == "complainant" and each.text == text for each in newer):
            messages.write_as_complainant(holder, cleaned["text"], case_number=view.number, move_out=chosen)
        return _("Your message has arrived. It stands below, with the time.")

    return deed_page(request, view, "message", MessageForm, write)


def _found(request: HttpRequest, text: str) -> tuple[telltales.Found, ...]:
    """What tells who it is, in words on their way in; empty once the person has been shown it in these very words."""
    return () if request.POST.get("looked") == text_digest(text) else telltales.found_in(text=text)


@either
@with_receipt
def correction(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Say what is wrong in the officer's summary."""
    view = access.open_as_complainant(holder, number)

    def write(cleaned: dict[str, Any]) -> str:
        messages.write_as_complainant(holder, cleaned["text"], case_number=view.number, kind="correction")
        return _("Your correction has arrived. It stands beside our summary.")

    return deed_page(request, view, "correction", CorrectionForm, write)


@either
@with_receipt
def contact_details(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Put new contact details in place of the old ones, which nobody reads back."""
    view = access.open_as_complainant(holder, number)
    if view.confidentiality == "anonymous":
        raise Refusal("not_found")

    def replace(cleaned: dict[str, Any]) -> str:
        access.replace_contact(holder, Identity(**{name: cleaned[name] or "" for name in cleaned}))
        return _("The new contact details are in place; the old ones are gone.")

    return deed_page(request, view, "contact_details", ContactForm, replace, {"language": view.language})


@either
@with_receipt
def rating(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """One's own judgement; no officer sees it for a single matter."""
    view = access.open_as_complainant(holder, number)
    if view.number != holder.number:
        raise Refusal("not_found")
    own = followup.rating_of(holder)
    initial = {"solved": own.solved, "score": own.score, "comment": own.comment} if own else {}

    def rate(cleaned: dict[str, Any]) -> str:
        followup.rate(holder, solved=cleaned["solved"], score=cleaned["score"], comment=cleaned["comment"])
        return _("Your rating is kept. No officer sees it for your matter.")

    return deed_page(request, view, "rating", RatingForm, rate, initial, {"own": own})


@either
@with_receipt
def contest(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Ask that somebody else looks again: opens a linked review at another body."""
    view = access.open_as_complainant(holder, number)
    deeds = story.deeds(view)

    def ask(cleaned: dict[str, Any]) -> str:
        if deeds.contest is None:
            raise Refusal("not_found")
        given = Given(reason=cleaned["grounds"])
        moves.move_as_complainant(holder, deeds.contest.move.id, case_number=view.number, given=given)
        return _("A review was opened. Other people look at your matter again; you follow it with the same code.")

    return deed_page(request, view, "contest", ContestForm, ask, extra={"deeds": deeds})


@either
@with_receipt
def content(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Agree with the answer."""
    view = access.open_as_complainant(holder, number)
    offer = story.deeds(view).content
    if offer is None and request.method != "POST":
        return SeeOther(reverse("portal:case", args=[view.number]))

    def agree(cleaned: dict[str, Any]) -> str:
        if offer is None:
            raise Refusal("not_allowed_now")
        moves.move_as_complainant(holder, offer.move.id, case_number=view.number)
        return _("You agreed with the answer.")

    return deed_page(request, view, "content", forms.Form, agree, extra={"offer": offer})


@either
@with_receipt
def duty(request: HttpRequest, holder: Holder, number: str, key: int) -> HttpResponse:
    """Say whether a promise was kept. Nobody has to; a yes can be taken back."""
    view = access.open_as_complainant(holder, number)
    owed = next((each for each in view.duties if each.number == key), None)
    if owed is None:
        raise Refusal("not_found")
    if not owed.deeds and request.method != "POST":
        return SeeOther(reverse("portal:case", args=[view.number]))

    def say(cleaned: dict[str, Any]) -> str:
        if cleaned["answer"] == "confirm":
            duties.confirm_done(holder, key, case_number=view.number, text=cleaned["text"])
            return _("You said that it is done. You can take this back at any time.")
        duties.deny_done(holder, key, case_number=view.number, text=cleaned["text"])
        return _("You said that it is not done. It is open again, and the office reads why.")

    return deed_page(request, view, "duty", partial(DutyForm, deeds=owed.deeds), say, extra={"duty": owed})


@either
@with_receipt
def come_back(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Come back to a matter that has ended, with what is new; it becomes a matter of its own under the same code."""
    view = access.open_as_complainant(holder, number)
    if not story.may_come_back(view) and request.method != "POST":
        return SeeOther(reverse("portal:case", args=[view.number]))

    def go_on(cleaned: dict[str, Any]) -> str:
        made = coming_back.come_back(holder, case_number=view.number, what_is_new=cleaned["text"])
        return _(
            "What is new has the number %(number)s. The same code opens it; it stands under “Belongs together”."
        ) % {"number": made}

    return deed_page(request, view, "come_back", ComeBackForm, go_on)


def deed_page(
    request: HttpRequest,
    view: CaseView,
    name: str,
    kind: Callable[..., forms.Form],
    deed: Deed,
    initial: dict[str, Any] | None = None,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page of one deed: shown, done, or shown again with what was typed and what is wrong."""
    form, refusal, status = kind(initial=initial), None, 200
    if request.method == "POST":
        form = kind(request.POST)
        status = 422
        if form.is_valid():
            try:
                notes.success(request, deed(form.cleaned_data))
                return SeeOther(reverse("portal:case", args=[view.number]))
            except Refusal as raised:
                if raised.code == "not_found":
                    raise
                refusal = _in_words(raised, view)
                status = refusals.status(raised)
    context = {"view": view, "form": form, "refusal": refusal, "seen": request.POST.get("seen", "")} | (extra or {})
    return render(request, f"portal/{name}.html", context, status=status)


def _in_words(refusal: Refusal, view: CaseView) -> Refusal:
    """The refusal with the pack's words in place of its ids."""
    params = dict(refusal.params)
    move = view.procedure.moves.get(str(params.get("move", "")))
    if move is not None:
        params["move"] = move.name.in_language(page_tag())
    last = next((term.due_on for term in reversed(view.terms) if term.id == params.get("term")), None)
    if last is not None:
        params["last_day"] = last
    return Refusal(refusal.code, **params)
