"""The table of a dispute on the desk: invitations, consents, who mediates, how soon help is needed, where it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from huiyin.front.desk.forms import mediation as f
from huiyin.front.desk.refusing import put_into
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.views.registering import qr
from huiyin.record import clock
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering.registration import Identity
from huiyin.record.cases.shown.timeline_of_sides import STEP_NAMES
from huiyin.record.cases.table import mediating, side_deeds
from huiyin.record.cases.table.mediating import OfficeTable
from huiyin.record.notices import queries as notices
from huiyin.rules import urgency
from huiyin.rules.receipt import parse_case_number
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation import asked_alone, choosing, inviting, passing_on, queries, urgent
from huiyin.ui.languages import page_tag

Typed = dict[str, Any]
HOW: dict[str, Promise] = {
    "own_channel": gettext_lazy("with the own code"),
    "in_person": gettext_lazy("in person"),
    "phone": gettext_lazy("by telephone"),
}
Deed = Callable[[OfficerRequest, str, Typed], str | HttpResponse]


@require_safe
def table(request: OfficerRequest, number: str) -> HttpResponse:
    """Everything about one dispute that whoever is responsible works with."""
    return _page(request, number)


@require_POST
def deed(request: OfficerRequest, number: str, deed: str) -> HttpResponse:
    """One deed; shown again with what was typed where something is wrong."""
    if deed not in DEEDS:
        raise Http404
    at = mediating.open_table(number, reader=request.reader)
    form = _forms(at, request.POST, only=deed)[deed]
    if form.is_valid():
        try:
            done = DEEDS[deed](request, number, form.cleaned_data)
        except Refusal as refusal:
            return _page(request, number, typed={deed: form}, status=put_into(form, refusal, at.view))
        if isinstance(done, HttpResponse):
            return done
        messages.success(request, done)
        return redirect("desk:table", number=number)
    return _page(request, number, typed={deed: form}, status=422)


def _page(
    request: OfficerRequest, number: str, *, typed: dict[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    at = mediating.open_table(number, reader=request.reader)
    urgency_view, tag = urgent.of_case(at.key), page_tag()
    kind = at.view.procedure.disputes.get(queries.kind_of(at.key))
    staying = [each.number for each in at.sides if each.state != "out"]
    context = {
        "at": at,
        "view": at.view,
        "kind": kind.name if kind else None,
        "today": clock.today(at.view.zone),
        "forms": {name.replace("-", "_"): form for name, form in (_forms(at) | (typed or {})).items()},
        "wrong": next(iter(typed.values())) if typed else None,
        "said": [
            (each, STEP_NAMES[each.step].in_language(tag), _("Yes") if each.answer == "yes" else _("No"), HOW[each.how])
            for each in at.consents
        ],
        "unreached": sorted(notices.unreached(number).items()),
        "agreed": [STEP_NAMES[step].in_language(tag) for step in at.asked if step in at.agreed],
        "words": sorted(at.words.items()),
        "invitations": [(each, dict(f.INVITE)[each.how]) for each in inviting.invitations(number)],
        "candidates": choosing.candidates(number),
        "urgency": urgency_view,
        "colour": urgency.COLOURS[urgency_view.colour] if urgency_view else None,
        "help": [urgency.HELP[each] for each in urgency_view.help] if urgency_view else [],
        "involved": [urgency.INVOLVED[each] for each in urgency_view.involved] if urgency_view else [],
        "safety": [(side, dict(f.SAFE)[each["safe"]]) for side, each in asked_alone.notes_of(at.key, "safety").items()],
        "wishes": sorted(asked_alone.notes_of(at.key, "wishes").items()),
        "is_family": asked_alone.is_family(number),
        "may_sit": asked_alone.may_sit_together(at.key, len(staying)),
        "passed_on": passing_on.passed_on(number),
    }
    return render(request, "desk/mediation.html", context, status=status)


def _forms(at: OfficeTable, data: Any = None, *, only: str = "") -> dict[str, forms.Form]:
    """Every form of the page; ``only`` one of them is filled with what was sent."""
    tag = page_tag()

    def given(name: str) -> Any:
        return data if name == only else None

    everybody = [(str(each.number), _("Side %(number)s") % {"number": each.number}) for each in at.sides]
    others = everybody[1:]
    steps = [(step, STEP_NAMES[step].in_language(tag)) for step in at.asked]
    posts = [(code, words.in_language(tag)) for code, words in choosing.eligible(at.view.number)]
    listed = [(each.post, each.shown.name.in_language(tag)) for each in choosing.candidates(at.view.number)]
    return {
        "invite": f.InviteForm(given("invite"), sides=others, auto_id="invite-%s"),
        "not-reached": f.NotReachedForm(given("not-reached"), sides=others, auto_id="missed-%s"),
        "reach": f.NotReachedForm(given("reach"), sides=others, auto_id="reach-%s"),
        "contact": f.ContactForm(given("contact"), sides=others, auto_id="contact-%s"),
        "consent": f.ConsentForm(given("consent"), sides=everybody, steps=steps, auto_id="consent-%s"),
        "safety": f.SafetyForm(given("safety"), sides=everybody, auto_id="safety-%s"),
        "guardian": f.GuardianForm(given("guardian"), sides=everybody, auto_id="guardian-%s"),
        "offer": f.OfferForm(given("offer"), posts=posts, auto_id="offer-%s"),
        "tie": f.TieForm(given("tie"), posts=listed, auto_id="tie-%s"),
        "choice": f.ChoiceForm(given("choice"), sides=everybody, posts=listed, auto_id="choice-%s"),
        "urgency": f.UrgencyForm(given("urgency"), auto_id="urgency-%s"),
        "look-again": forms.Form(given("look-again")),
        "hand-over": f.HandOverForm(given("hand-over"), auto_id="over-%s"),
        "parallel": f.ParallelForm(given("parallel"), auto_id="parallel-%s"),
        "accepted": forms.Form(given("accepted")),
        "declined": forms.Form(given("declined")),
        "join": f.JoinForm(given("join"), sides=others, auto_id="join-%s"),
    }


def _invite(request: OfficerRequest, number: str, typed: Typed) -> HttpResponse:
    slip = inviting.invite(number, typed["side"], typed["how"], by=request.reader)
    address = f"{settings.HUIYIN_BASE_URL}/track/"
    view = access.open_case(number, reader=request.reader, purpose="handle", what="table")
    context = {"slip": slip, "address": address, "qr": qr(address), "view": view, "by_mail": typed["how"] == "mail"}
    return render(request, "desk/invitation.html", context)


def _reach(request: OfficerRequest, number: str, typed: Typed) -> HttpResponse:
    found = access.unseal_side(number, typed["side"], reader=request.reader, reason="invite")
    return render(request, "desk/reach_side.html", {"found": found, "side": typed["side"], "number": number})


def _contact(request: OfficerRequest, number: str, typed: Typed) -> str:
    given = {name: value or "" for name, value in typed.items() if name != "side"}
    side_deeds.record_contact(number, typed["side"], Identity(**given), by=request.reader)
    return _("Sealed. What was said of this side before is gone, and it is told of every step there.")


def _not_reached(request: OfficerRequest, number: str, typed: Typed) -> str:
    inviting.note_not_reached(number, typed["side"], by=request.reader)
    return _("Noted. Whoever asked is told and may correct how the side can be reached.")


def _consent(request: OfficerRequest, number: str, typed: Typed) -> str:
    moves.record_consent(number, typed["side"], typed["step"], typed["answer"], typed["how"], by=request.reader)
    if typed["answer"] == "no" and typed["step"] == "begin":
        return _(
            "Noted. Now record on the page of the matter that a side said no, and tell who asked which ways are open."
        )
    return _("Noted under your name. Every side reads it.")


def _safety(request: OfficerRequest, number: str, typed: Typed) -> str:
    asked_alone.record_whether_safe(number, typed["side"], typed["safe"], by=request.reader)
    return _("Sealed. No other side learns of it.")


def _guardian(request: OfficerRequest, number: str, typed: Typed) -> str:
    side_deeds.set_guardian(number, typed["side"], typed["guardian"], by=request.reader)
    return _("Noted.")


def _offer(request: OfficerRequest, number: str, typed: Typed) -> str:
    choosing.offer(number, typed["post"], typed["kind"], by=request.reader)
    return _("On the list. The sides can choose once every tie was disclosed.")


def _tie(request: OfficerRequest, number: str, typed: Typed) -> str:
    choosing.disclose(
        number, typed["post"], tie=typed["tie"], words=typed["tie_words"], may_penalise=typed["may_penalise"],
        by=request.reader, is_late=typed["is_late"],
    )  # fmt: skip
    return _("Noted. The sides read it.")


def _choice(request: OfficerRequest, number: str, typed: Typed) -> str:
    choosing.record_answer(
        number, typed["post"], typed["side"], typed["answer"], how=typed["how"], heard_on=typed["heard_on"],
        by=request.reader,
    )  # fmt: skip
    return _("Noted under your name, with the day. Every side reads it.")


def _urgency(request: OfficerRequest, number: str, typed: Typed) -> str:
    urgent.set_urgency(
        number, colour=typed["colour"], reason=typed["reason"], help_needed=tuple(typed["help_needed"]),
        involved=tuple(typed["involved"]), by=request.reader,
    )  # fmt: skip
    return _("Kept under seal. The sides read what help is needed and may see it otherwise.")


def _look_again(request: OfficerRequest, number: str, typed: Typed) -> str:
    urgent.look_again(number, by=request.reader)
    return _("Noted that you looked again.")


def _hand_over(request: OfficerRequest, number: str, typed: Typed) -> str:
    passing_on.hand_over(number, typed["body_name"], number=typed["number"], by=request.reader)
    return _("Noted. It counts once that body has accepted.")


def _parallel(request: OfficerRequest, number: str, typed: Typed) -> str:
    passing_on.join_parallel(number, typed["kind"], typed["body_name"], number=typed["number"], by=request.reader)
    return _("Noted. Both go on at this table.")


def _accepted(request: OfficerRequest, number: str, typed: Typed) -> str:
    return _body_said(request, number, is_accepted=True)


def _declined(request: OfficerRequest, number: str, typed: Typed) -> str:
    return _body_said(request, number, is_accepted=False)


def _body_said(request: OfficerRequest, number: str, *, is_accepted: bool) -> str:
    key = request.POST.get("key", "")
    if not (key.isdecimal() and len(key) < 19):
        raise Refusal("not_found")
    passing_on.note_answer(number, int(key), is_accepted=is_accepted, by=request.reader)
    return _("Noted. The sides are told.")


def _join(request: OfficerRequest, number: str, typed: Typed) -> str:
    other = parse_case_number(typed["other_number"]) or ""
    mediating.join(number, other, side=typed["side"], text=typed["text"], by=request.reader)
    return _("Joined. Each side keeps its number, its code and its private words.")


DEEDS: dict[str, Deed] = {
    "invite": _invite,
    "reach": _reach,
    "not-reached": _not_reached,
    "contact": _contact,
    "consent": _consent,
    "safety": _safety,
    "guardian": _guardian,
    "offer": _offer,
    "tie": _tie,
    "choice": _choice,
    "urgency": _urgency,
    "look-again": _look_again,
    "hand-over": _hand_over,
    "parallel": _parallel,
    "accepted": _accepted,
    "declined": _declined,
    "join": _join,
}
